/** What SMS journeys branch on: checkouts and orders, without tests (SEMANTICS §6). */
import type { AttributeGroup } from "./entry.ts";

const NO_ORDER = "while there is no order";

export const COMMERCE = {
  name: "commerce",
  title: "Checkouts and orders",
  intro: "Test orders count for nothing; a cancelled order counts no longer.",
  belongsTo: "ringtrue",
  attributes: [
    {
      name: "checkout_open",
      type: "boolean",
      meaning:
        "Whether a checkout waits to be completed; an order by anyone with the same number closes it.",
      removedWhen: null,
      example: true,
    },
    {
      name: "last_checkout_at",
      type: "unix_seconds",
      meaning: "When their latest checkout was begun.",
      removedWhen: "while there was no checkout",
      example: 1_772_445_600,
    },
    {
      name: "first_order_at",
      type: "unix_seconds",
      meaning: "When they ordered first.",
      removedWhen: NO_ORDER,
      example: 1_756_720_800,
    },
    {
      name: "last_order_at",
      type: "unix_seconds",
      meaning: "When they ordered last.",
      removedWhen: NO_ORDER,
      example: 1_772_445_900,
    },
    {
      name: "orders_count",
      type: "integer",
      meaning: "How many orders of theirs Ringtrue knows.",
      removedWhen: null,
      example: 3,
    },
    {
      name: "total_spent",
      type: "number",
      meaning: "What these orders came to, less what was paid back.",
      removedWhen: null,
      example: 129.95,
    },
    {
      name: "currency",
      type: "string",
      meaning: "The currency of their latest order (ISO 4217).",
      removedWhen: NO_ORDER,
      example: "USD",
    },
  ],
} as const satisfies AttributeGroup;
