import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";

import { allTopics } from "../core/topics.ts";
import { entranceAt, readEnvelope, readSignature, type Entrance } from "./envelope.ts";

const classic: IncomingHttpHeaders = {
  "x-shopify-hmac-sha256": "sig",
  "x-shopify-topic": "orders/create",
  "x-shopify-shop-domain": "One.MyShopify.com",
  "x-shopify-webhook-id": "w-1",
  "x-shopify-event-id": "e-1",
  "x-shopify-api-version": "2026-10",
  "x-shopify-triggered-at": "2026-11-20T10:00:00.123456789Z",
};

function entrance(path: string): Entrance {
  const found = entranceAt(path);
  if (found === undefined) throw new Error(`no entrance at ${path}`);
  return found;
}

function problemOf(changes: IncomingHttpHeaders, path = "/webhooks/orders/create"): string | null {
  const reading = readEnvelope({ ...classic, ...changes }, entrance(path));
  return reading.ok ? null : reading.problem;
}

test("every topic has a path, and nothing else has", () => {
  for (const topic of allTopics()) expect(entranceAt(`/webhooks/${topic}`)).toEqual({ topic });
  for (const path of [
    "/webhooks/",
    "/webhooks/products/create",
    "/webhooks/constructor",
    "/webhooks/orders/create/",
  ]) {
    expect(entranceAt(path)).toBeUndefined();
  }
});

test("both header families say the same", () => {
  const events = Object.fromEntries(
    Object.entries(classic).map(([name, value]) => [name.replace("x-shopify-", "shopify-"), value]),
  );
  const expected = {
    ok: true,
    envelope: {
      shop: "one.myshopify.com",
      topic: "orders/create",
      webhookId: "w-1",
      eventId: "e-1",
      apiVersion: "2026-10",
      triggeredAt: "2026-11-20T10:00:00.123456789Z",
    },
  };
  expect(readEnvelope(classic, entrance("/webhooks/orders/create"))).toEqual(expected);
  expect(readEnvelope(events, entrance("/webhooks/orders/create"))).toEqual(expected);
  expect([readSignature(classic), readSignature(events), readSignature({})]).toEqual([
    "sig",
    "sig",
    null,
  ]);
});

test.each(["x-shopify-topic", "x-shopify-shop-domain", "x-shopify-webhook-id"])(
  "without %s a message is refused",
  (name) => {
    expect(problemOf({ [name]: "" })).toBe(`${name} is missing`);
  },
);

test("a header that names another topic than the path is refused", () => {
  expect(problemOf({ "x-shopify-topic": "orders/paid" })).toContain("not the topic of this path");
  expect(problemOf({ "x-shopify-topic": "ORDERS/CREATE" })).toBeNull();
});

test("the compliance path takes the three compliance topics and no other", () => {
  const path = "/webhooks/compliance";
  for (const topic of ["customers/data_request", "customers/redact", "shop/redact"]) {
    expect(problemOf({ "x-shopify-topic": topic }, path)).toBeNull();
  }
  expect(problemOf({ "x-shopify-topic": "orders/create" }, path)).not.toBeNull();
});

test.each([
  "evil.com",
  "myshopify.com",
  "a.myshopify.com.evil.com",
  "a b.myshopify.com",
  "-.myshopify.com/x",
])("%s is no shop", (shop) => {
  expect(problemOf({ "x-shopify-shop-domain": shop })).toContain("not a myshopify.com domain");
});

test("headers that become keys are bounded", () => {
  expect(problemOf({ "x-shopify-webhook-id": "w".repeat(128) })).toBeNull();
  expect(problemOf({ "x-shopify-webhook-id": "w".repeat(129) })).toContain("longer than 128");
  expect(problemOf({ "x-shopify-shop-domain": `${"a".repeat(250)}.myshopify.com` })).not.toBeNull();
});

test("what decides nothing is left out when it is out of bounds", () => {
  const reading = readEnvelope(
    { ...classic, "x-shopify-event-id": "e".repeat(500), "x-shopify-triggered-at": "t".repeat(65) },
    entrance("/webhooks/orders/create"),
  );
  expect(reading).toMatchObject({ ok: true, envelope: { eventId: null, triggeredAt: null } });
});
