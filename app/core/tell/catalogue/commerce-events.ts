/** What shoppers do in the shop: each told once, dated by Shopify, whatever message it was learnt from. */
import type { EventEntry } from "./entry.ts";
import { CHECKOUT_TOKEN, CURRENCY, ITEMS, ORDER_ID, ORDER_NAME, VALUE } from "./fields.ts";

const SHIPMENT = [
  ORDER_ID,
  {
    name: "fulfillment_id",
    type: "string",
    meaning: "The shipment in Shopify; an order may have several.",
    example: "4567890123456",
  },
  { name: "carrier", type: "string", meaning: "Who brings it.", example: "UPS", optional: true },
  {
    name: "tracking_number",
    type: "string",
    meaning: "The parcel's number with the carrier.",
    example: "1Z999AA10123456784",
    optional: true,
  },
  {
    name: "tracking_url",
    type: "string",
    meaning: "Where the shopper can see how far it is.",
    example: "https://carrier.example/track/1Z999AA10123456784",
    optional: true,
  },
  ITEMS,
] as const;

const SEEN = [
  {
    name: "product_id",
    type: "string",
    meaning: "The product in Shopify.",
    example: "8135701692618",
  },
  {
    name: "product_title",
    type: "string",
    meaning: "What it is called.",
    example: "Red kite",
    optional: true,
  },
  {
    name: "variant_id",
    type: "string",
    meaning: "The variant in Shopify.",
    example: "44329851224266",
    optional: true,
  },
  { name: "price", type: "number", meaning: "The price of one.", example: 29.5, optional: true },
  CURRENCY,
  {
    name: "url",
    type: "string",
    meaning: "The page it was on.",
    example: "https://northwind.example/products/kite",
    optional: true,
  },
] as const;

const WITH_CONSENT_TO_TRACKING = "at once, for shoppers who are known and allow it.";

export const COMMERCE_EVENTS = [
  {
    name: "product_viewed",
    from: "web pixel",
    meaning: "The shopper looked at a product.",
    told: WITH_CONSENT_TO_TRACKING,
    planned: true,
    fields: SEEN,
  },
  {
    name: "added_to_cart",
    from: "web pixel",
    meaning: "The shopper put a product into the cart.",
    told: WITH_CONSENT_TO_TRACKING,
    planned: true,
    fields: SEEN,
  },
  {
    name: "checkout_started",
    from: "checkouts",
    meaning: "The shopper began a checkout and left it at that.",
    told:
      "after 5 quiet minutes, at the latest 15 after the first contact data (both are settings), with the cart as it is then. " +
      "Not when the checkout was completed, deleted, or followed by an order.",
    fields: [
      CHECKOUT_TOKEN,
      {
        name: "recovery_url",
        type: "string",
        meaning:
          "The link back to the checkout; only where the number is the shopper's own, because it signs its bearer in.",
        example: "https://northwind.example/checkouts/recover",
        optional: true,
      },
      ITEMS,
      VALUE,
      CURRENCY,
    ],
  },
  {
    name: "order_placed",
    from: "orders/create",
    meaning: "The shopper ordered.",
    told: "at once, with the order as it was made. Not for test orders, nor for an old order heard of for the first time.",
    fields: [
      ORDER_ID,
      ORDER_NAME,
      { ...CHECKOUT_TOKEN, meaning: "The checkout it came from.", optional: true },
      ITEMS,
      VALUE,
      CURRENCY,
      {
        name: "order_status_url",
        type: "string",
        meaning: "Where the shopper can see how far the order is.",
        example: "https://northwind.example/orders/1042",
        optional: true,
      },
      {
        name: "channel",
        type: "string",
        meaning: "Where it was ordered, as Shopify names it.",
        example: "web",
        optional: true,
      },
      {
        name: "is_first_order",
        type: "boolean",
        meaning: "Whether it is the first order Ringtrue knows of this shopper.",
        example: true,
      },
    ],
  },
  {
    name: "order_shipped",
    from: "fulfillments",
    meaning: "A parcel of an order is on its way.",
    told: "at once, for each parcel. Not when an old one is merely edited.",
    fields: SHIPMENT,
  },
  {
    name: "order_delivered",
    from: "fulfillment events",
    meaning: "A parcel of an order has arrived.",
    told: "at once, for each parcel, where the carrier says so.",
    fields: SHIPMENT,
  },
  {
    name: "order_cancelled",
    from: "orders/cancelled",
    meaning: "An order was cancelled.",
    told: "at once, whatever the order's age.",
    fields: [
      ORDER_ID,
      ORDER_NAME,
      ITEMS,
      VALUE,
      CURRENCY,
      { name: "amount", type: "number", meaning: "What was called off.", example: 29.5 },
      {
        name: "reason",
        type: "string",
        meaning: "Why, as Shopify records it.",
        example: "customer",
        optional: true,
      },
    ],
  },
  {
    name: "refund_initiated",
    from: "refunds/create",
    meaning: "Money is being paid back.",
    told: "at once, for each refund.",
    fields: [
      ORDER_ID,
      {
        name: "refund_id",
        type: "string",
        meaning: "The refund in Shopify.",
        example: "3456789012345",
      },
      ITEMS,
      { name: "amount", type: "number", meaning: "What is paid back.", example: 29.5 },
      CURRENCY,
      {
        name: "reason",
        type: "string",
        meaning: "The note that was left with it.",
        example: "Arrived broken",
        optional: true,
      },
    ],
  },
] as const satisfies readonly EventEntry[];
