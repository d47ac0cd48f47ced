/** Fields that several events have, declared once. */
import type { EventField } from "./entry.ts";

/** What every event carries, whatever it tells of. */
export const COMMON_FIELDS = [
  {
    name: "schema_version",
    type: "integer",
    meaning: "The version of this dictionary the event follows.",
    example: 1,
  },
  {
    name: "event_time",
    type: "iso_time",
    meaning: "When it happened, in UTC.",
    example: "2026-03-02T10:05:00.000Z",
  },
  {
    name: "shop",
    type: "string",
    meaning: "The shop it happened in.",
    example: "northwind-toys.myshopify.com",
  },
  { name: "source", type: "string", meaning: "Always `shopify`.", example: "shopify" },
] as const satisfies readonly EventField[];

/** What each of an event's items carries. */
export const ITEM_FIELDS = [
  {
    name: "product_id",
    type: "string",
    meaning: "The product in Shopify.",
    example: "8135701692618",
    optional: true,
  },
  {
    name: "variant_id",
    type: "string",
    meaning: "The variant in Shopify.",
    example: "44329851224266",
    optional: true,
  },
  {
    name: "sku",
    type: "string",
    meaning: "The shop's own number for it.",
    example: "KITE-RED",
    optional: true,
  },
  { name: "title", type: "string", meaning: "What it is called.", example: "Red kite" },
  { name: "quantity", type: "integer", meaning: "How many of it.", example: 1 },
  { name: "price", type: "number", meaning: "The price of one.", example: 29.5 },
  {
    name: "url",
    type: "string",
    meaning: "Its page in the shop.",
    example: "https://northwind.example/products/kite",
    optional: true,
  },
  {
    name: "image_url",
    type: "string",
    meaning: "Its picture.",
    example: "https://northwind.example/kite.png",
    optional: true,
  },
] as const satisfies readonly EventField[];

export const ORDER_ID = {
  name: "order_id",
  type: "string",
  meaning: "The order in Shopify.",
  example: "5678901234567",
} as const satisfies EventField;

export const ORDER_NAME = {
  name: "order_name",
  type: "string",
  meaning: "The order's number as the shopper knows it.",
  example: "#1042",
  optional: true,
} as const satisfies EventField;

export const ITEMS = {
  name: "items",
  type: "items",
  meaning: "What it is about, piece by piece.",
  example: null,
} as const satisfies EventField;

export const VALUE = {
  name: "value",
  type: "number",
  meaning: "What it comes to, in `currency`.",
  example: 29.5,
} as const satisfies EventField;

export const CURRENCY = {
  name: "currency",
  type: "string",
  meaning: "The currency of the amounts (ISO 4217).",
  example: "USD",
  optional: true,
} as const satisfies EventField;

export const CHECKOUT_TOKEN = {
  name: "checkout_token",
  type: "string",
  meaning: "The checkout; the order that completes it carries the same.",
  example: "b1946ac92492d2347c6235b4d2611184",
} as const satisfies EventField;
