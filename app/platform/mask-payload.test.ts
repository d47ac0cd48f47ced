import fc from "fast-check";
import { expect, test } from "vitest";
import { maskPayload, maskShape } from "./mask-payload.ts";

const ORDER = {
  id: 5678901234567,
  admin_graphql_api_id: "gid://shopify/Order/5678901234567",
  name: "#1042",
  email: "ada@example.com",
  phone: "+14155552671",
  created_at: "2026-11-16T10:00:00-05:00",
  total_price: "29.50",
  currency: "USD",
  token: "b1946ac92492d2347c6235b4d2611184",
  test: false,
  customer: { id: 42, first_name: "Ada", last_name: "Lovelace", note: null },
  billing_address: {
    address1: "12 High Street",
    zip: "94103",
    latitude: 37.77,
    phone: 14155552671,
  },
  order_status_url: "https://shop.example/orders/secret?key=abc",
  note_attributes: [{ name: "reach me", value: "4155552671" }],
  reason: "call 415 555 2671",
};

test("of a message an operator sees the structure and what names nobody, and nothing else", () => {
  expect(maskPayload(ORDER)).toEqual({
    id: 5678901234567,
    admin_graphql_api_id: "gid://shopify/Order/5678901234567",
    name: "#***",
    email: "a***@e***.com",
    phone: "+141*****71",
    created_at: "2026-11-16T10:00:00-05:00",
    total_price: "29.50",
    currency: "USD",
    token: "b***",
    test: false,
    customer: { id: 42, first_name: "***", last_name: "L***", note: null },
    billing_address: { address1: "1***", zip: "9***", latitude: "#####", phone: "#####" },
    order_status_url: "https://shop.example/***",
    note_attributes: [{ name: "r***", value: "4155*****71" }],
    reason: "c***",
  });
});

test("whatever its field is called, a number or an address never comes through whole", () => {
  const secret = fc.constantFrom(
    "+14155552671",
    "(415) 555-2671",
    "ada@example.com",
    "Ada Lovelace",
  );
  fc.assert(
    fc.property(fc.string(), secret, (key, text) => {
      expect(JSON.stringify(maskPayload({ [key]: text }))).not.toContain(text);
      expect(JSON.stringify(maskPayload([{ deep: [{ [text]: 1 }] }]))).not.toContain(text);
    }),
  );
});

test("of what is no JSON only the shape is seen", () => {
  expect(maskShape('{"phone": "+14155", "é": Ada')).toBe('{"xxxxx": "+00000", "x": xxx');
});
