/** Who the profile is about, for other systems to find. */
import type { AttributeGroup } from "./entry.ts";

export const IDENTITY = {
  name: "identity",
  title: "Identity",
  intro: "Who the profile is about. `email` keeps its name: Customer.io knows people by it.",
  belongsTo: "ringtrue",
  attributes: [
    {
      name: "shopify_customer_id",
      type: "string",
      meaning: "The shopper's number in Shopify.",
      removedWhen: "while they have no account",
      example: "7320019468522",
    },
    {
      name: "email",
      type: "string",
      meaning: "The shopper's email address.",
      removedWhen: "while none is known",
      example: "ada@example.com",
    },
  ],
} as const satisfies AttributeGroup;
