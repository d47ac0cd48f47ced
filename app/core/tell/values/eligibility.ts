/** Whom to text: eligible is who has no reason against it, and the first reason is the one told. */
import type { ELIGIBILITY } from "../catalogue/eligibility.ts";
import type { ValuesOf } from "./subject.ts";
import { mayBeTexted } from "./subject.ts";

export const ELIGIBILITY_VALUES: ValuesOf<typeof ELIGIBILITY> = {
  sms_eligible: mayBeTexted,
  sms_cart_eligible: ({ eligibility }) => eligibility.cart.length === 0,
  sms_transactional_eligible: ({ eligibility }) => eligibility.transactional.length === 0,
  sms_ineligible_reason: ({ eligibility }) => eligibility.marketing[0] ?? null,
  sms_cart_ineligible_reason: ({ eligibility }) => eligibility.cart[0] ?? null,
  sms_transactional_ineligible_reason: ({ eligibility }) => eligibility.transactional[0] ?? null,
  sms_holdout: ({ eligibility: { marketing } }) =>
    marketing.length === 1 && marketing[0] === "holdout",
  sms_fallback_channel: (subject) => {
    if (mayBeTexted(subject)) return null;
    const { email, unsubscribedEverywhere } = subject.profile;
    return email && !unsubscribedEverywhere ? "email" : "none";
  },
  mms_eligible: (subject) => mayBeTexted(subject) && (subject.profile.phone?.mms ?? false),
  sms_window_start: ({ place }) => place.window?.start ?? null,
  sms_window_end: ({ place }) => place.window?.end ?? null,
};
