/** Whom the profile is about. */
import type { IDENTITY } from "../catalogue/identity.ts";
import type { ValuesOf } from "./subject.ts";

export const IDENTITY_VALUES: ValuesOf<typeof IDENTITY> = {
  shopify_customer_id: ({ profile }) => profile.customerId,
  email: ({ profile }) => profile.email,
};
