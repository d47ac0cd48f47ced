/** What is told only where the shop has switched it on. */
import type { OPTIONAL } from "../catalogue/optional.ts";
import type { ValuesOf } from "./subject.ts";

export const OPTIONAL_VALUES: ValuesOf<typeof OPTIONAL> = {
  timezone: ({ place }) => place.timezone,
  locale: ({ profile }) => profile.shopper.locale,
  first_name: ({ profile }) => profile.shopper.firstName,
  last_name: ({ profile }) => profile.shopper.lastName,
  country: ({ profile }) => profile.shopper.country,
  sms_unsubscribed: ({ profile }) => profile.consent.stopped,
};
