/** The consent as it stands for the number; what is not known is not told. */
import type { CONSENT } from "../catalogue/consent.ts";
import type { ValuesOf } from "./subject.ts";
import { secondsOrNull } from "./subject.ts";

export const CONSENT_VALUES: ValuesOf<typeof CONSENT> = {
  sms_consent: ({ profile: { consent } }) =>
    consent.status === "subscribed" && consent.purposes.includes("marketing"),
  sms_consent_status: ({ profile }) => profile.consent.status,
  sms_consent_timestamp: ({ profile }) => secondsOrNull(profile.consent.at),
  sms_consent_source: ({ profile }) => profile.consent.source,
  sms_consent_level: ({ profile }) => profile.consent.level,
  sms_consent_disclosure: ({ profile }) => profile.consent.disclosure,
};
