import { describe, expect, test } from "vitest";
import { createSettableClock } from "../clock.ts";
import type { Webhook } from "../model.ts";
import { createShop, type Shop } from "../shop.ts";
import { isObject } from "../../control/json.ts";
import { readTemplate } from "../templates.ts";
import { perform } from "../verbs.ts";

// The paths of all fields of a body; elements of an array count as one. Fields of an empty array or
// of null are unknown, so they are compared only where both sides have them.
function fieldPaths(value: unknown, path = ""): Set<string> {
  if (Array.isArray(value))
    return new Set(value.flatMap((inner) => [...fieldPaths(inner, `${path}[]`)]));
  if (!isObject(value)) return new Set();
  return new Set(
    Object.entries(value).flatMap(([name, inner]) => [
      `${path}.${name}`,
      ...fieldPaths(inner, `${path}.${name}`),
    ]),
  );
}

function comparable(paths: Set<string>, other: Set<string>): string[] {
  return [...paths].filter((path) => {
    const parent = path.slice(0, path.lastIndexOf("."));
    return parent === "" || [...other].some((known) => known.startsWith(`${parent}.`));
  });
}

function oneOfEach(): Map<string, Webhook> {
  const told = new Map<string, Webhook>();
  const clock = createSettableClock(new Date("2026-11-20T18:00:00Z"));
  const shop: Shop = createShop({
    domain: "one.myshopify.com",
    clock,
    onWebhook: (webhook) => told.set(webhook.topic, webhook),
  });
  const place = { name: "Ana Ruiz", phone: "415-555-2671" };
  perform(shop, {
    verb: "startCheckout",
    args: {
      as: "c",
      email: "ana@example.com",
      phone: "415-555-2671",
      billing: place,
      shipping: place,
    },
  });
  perform(shop, { verb: "tickSms", args: { checkout: "c" } });
  perform(shop, { verb: "completeCheckout", args: { checkout: "c", as: "o", customerAs: "ana" } });
  perform(shop, { verb: "fulfil", args: { order: "o" } });
  perform(shop, { verb: "fulfilmentEvent", args: { order: "o", status: "delivered" } });
  perform(shop, { verb: "refund", args: { order: "o" } });
  perform(shop, { verb: "cancel", args: { order: "o" } });
  perform(shop, { verb: "editCustomer", args: { customer: "ana", phone: "415-555-2672" } });
  perform(shop, { verb: "setEmailConsent", args: { customer: "ana", state: "subscribed" } });
  perform(shop, {
    verb: "createCustomer",
    args: { as: "bo", name: "Bo Ek", email: "bo@example.com", address: place },
  });
  perform(shop, { verb: "mergeCustomers", args: { kept: "ana", deleted: "bo", fails: true } });
  perform(shop, { verb: "deleteCustomer", args: { customer: "bo" } });
  perform(shop, { verb: "deleteCheckout", args: { checkout: "c" } });
  perform(shop, { verb: "requestData", args: { customer: "ana" } });
  perform(shop, { verb: "changeScopes", args: { scopes: ["read_orders"] } });
  perform(shop, { verb: "redactCustomer", args: { customer: "ana" } });
  perform(shop, { verb: "uninstall", args: {} });
  perform(shop, { verb: "redactShop", args: {} });
  return told;
}

const TEMPLATES: [string, string][] = [
  ["checkouts/create", "checkouts-create"],
  ["checkouts/update", "checkouts-create"],
  ["checkouts/delete", "checkouts-delete"],
  ["orders/create", "orders-create"],
  ["orders/updated", "orders-create"],
  ["orders/paid", "orders-create"],
  ["orders/cancelled", "orders-create"],
  ["orders/fulfilled", "orders-create"],
  ["fulfillments/create", "fulfillments-create"],
  ["fulfillments/update", "fulfillments-create"],
  ["fulfillment_events/create", "fulfillment-events-create"],
  ["refunds/create", "refunds-create"],
  ["customers/create", "customers-create"],
  ["customers/update", "customers-create"],
  ["customers/delete", "customers-delete"],
  ["customers/merge", "customers-merge"],
  ["customers_marketing_consent/update", "customers-marketing-consent-update"],
  ["customers_email_marketing_consent/update", "customers-email-marketing-consent-update"],
  ["app/uninstalled", "app-uninstalled"],
  ["app/scopes_update", "app-scopes-update"],
  ["customers/data_request", "customers-data-request"],
  ["customers/redact", "customers-redact"],
  ["shop/redact", "shop-redact"],
];

describe("webhook bodies", () => {
  const told = oneOfEach();

  test.each(TEMPLATES)("%s has exactly the fields of Shopify's sample", (topic, template) => {
    const body: unknown = JSON.parse(told.get(topic)?.body.toString() ?? "null");
    const ours = fieldPaths(body);
    const theirs = fieldPaths(readTemplate(template));
    const hasOnlyOurs = comparable(ours, theirs).filter((path) => !theirs.has(path));
    const lacks = comparable(theirs, ours).filter((path) => !ours.has(path));
    expect({ hasOnlyOurs, lacks }).toEqual({ hasOnlyOurs: [], lacks: [] });
    expect(ours.size).toBeGreaterThan(0);
  });

  test("no order or customer body carries an SMS consent", () => {
    for (const [topic, webhook] of told) {
      if (/^(orders|customers)\//.test(topic))
        expect(webhook.body.toString()).not.toMatch(/sms_marketing/);
    }
  });
});
