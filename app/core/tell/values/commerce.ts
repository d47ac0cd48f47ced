/** What was begun and bought, dated by the sources. */
import type { COMMERCE } from "../catalogue/commerce.ts";
import type { ValuesOf } from "./subject.ts";
import { secondsOrNull } from "./subject.ts";

export const COMMERCE_VALUES: ValuesOf<typeof COMMERCE> = {
  // An order by anyone with the number closes it for all who have it.
  checkout_open: ({ profile, holders }) => {
    const since = profile.commerce.checkoutOpenSince;
    return since !== null && since > (holders.othersOrderedAt ?? Number.NEGATIVE_INFINITY);
  },
  last_checkout_at: ({ profile }) => secondsOrNull(profile.commerce.lastCheckoutAt),
  first_order_at: ({ profile }) => secondsOrNull(profile.commerce.firstOrderAt),
  last_order_at: ({ profile }) => secondsOrNull(profile.commerce.lastOrderAt),
  orders_count: ({ profile }) => profile.commerce.ordersCount,
  total_spent: ({ profile }) => profile.commerce.totalSpent,
  currency: ({ profile }) => profile.commerce.currency,
};
