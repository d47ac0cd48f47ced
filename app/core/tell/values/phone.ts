/** The number as it is told. Where to send is told whatever the shop does with the number itself. */
import type { PHONE } from "../catalogue/phone.ts";
import type { Phone } from "../../profile/phone.ts";
import type { Subject, ValuesOf } from "./subject.ts";
import { mayBeTexted, seconds, secondsOrNull } from "./subject.ts";

export const PHONE_VALUES: ValuesOf<typeof PHONE> = {
  phone: (subject) => toldPhone(subject)?.e164 ?? null,
  phone_country: (subject) => toldPhone(subject)?.country ?? null,
  phone_type: (subject) => toldPhone(subject)?.type ?? null,
  phone_source: (subject) => toldPhone(subject)?.sourceName ?? null,
  phone_updated_at: (subject) => secondsOrNull(toldPhone(subject)?.givenAt ?? null),
  phone_verified: (subject) => toldPhone(subject) && subject.profile.verified !== null,
  phone_verified_at: (subject) => {
    const { verified } = subject.profile;
    return toldPhone(subject) && verified && seconds(verified.at);
  },
  phone_verified_by: (subject) => {
    const { verified } = subject.profile;
    return toldPhone(subject) && verified && verified.by;
  },
  phone_candidate: ({ profile, settings }) =>
    settings.phone_attribute === "never" ? null : (profile.candidate?.e164 ?? null),
  phone_shared: (subject) => toldPhone(subject) && subject.holders.count > 1,
  sms_marketing_phone: (subject) =>
    mayBeTexted(subject) ? (subject.profile.phone?.e164 ?? null) : null,
  sms_transactional_phone: ({ profile, eligibility }) =>
    eligibility.transactional.length === 0 ? (profile.phone?.e164 ?? null) : null,
};

/** The number as far as the shop wants it written. */
function toldPhone({ profile, eligibility, settings }: Subject): Phone | null {
  switch (settings.phone_attribute) {
    case "always":
      return profile.phone;
    case "never":
      return null;
    case "when_textable": {
      const { marketing, transactional } = eligibility;
      return marketing.length === 0 || transactional.length === 0 ? profile.phone : null;
    }
  }
}
