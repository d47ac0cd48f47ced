import { describe, expect, test } from "vitest";
import { createSettableClock } from "../clock.ts";
import type { Webhook } from "../model.ts";
import { createShop } from "../shop.ts";
import { perform, type Act } from "../verbs.ts";

function play(...acts: Act[]): {
  topics: string[];
  bodies: Record<string, unknown>[];
  webhooks: Webhook[];
} {
  const webhooks: Webhook[] = [];
  const clock = createSettableClock(new Date("2026-11-20T18:00:00Z"));
  const shop = createShop({
    domain: "one.myshopify.com",
    clock,
    onWebhook: (webhook) => webhooks.push(webhook),
  });
  for (const act of acts) {
    clock.advance(5000);
    perform(shop, act);
  }
  return {
    topics: webhooks.map(({ topic }) => topic),
    bodies: webhooks.map(({ body }) => JSON.parse(body.toString())),
    webhooks,
  };
}

const BEGIN: Act = {
  verb: "startCheckout",
  args: {
    as: "c",
    email: "ana@example.com",
    phone: "(415) 555-2671",
    billing: { name: "Ana Ruiz" },
    shipping: { name: "Ana Ruiz" },
  },
};
const PAY: Act = { verb: "completeCheckout", args: { checkout: "c", as: "o", customerAs: "ana" } };

describe("paying", () => {
  test("a ticked checkout is followed by Shopify's own record of the consent", () => {
    const { topics, bodies } = play(BEGIN, { verb: "tickSms", args: { checkout: "c" } }, PAY);
    expect(topics).toEqual([
      "checkouts/create",
      "checkouts/update",
      "checkouts/update",
      "customers/create",
      "orders/create",
      "orders/paid",
      "customers_marketing_consent/update",
    ]);
    expect(bodies.at(-1)).toMatchObject({
      phone: "+14155552671",
      sms_marketing_consent: { state: "subscribed" },
    });
  });

  test("a checkout that was not ticked leads to no consent record", () => {
    const { topics } = play(BEGIN, PAY);
    expect(topics).not.toContain("customers_marketing_consent/update");
  });

  test("un-ticking leaves neither a tick nor a number in the SMS field", () => {
    const { bodies } = play(
      BEGIN,
      { verb: "tickSms", args: { checkout: "c" } },
      { verb: "untickSms", args: { checkout: "c" } },
    );
    expect(bodies.at(-1)).toMatchObject({
      buyer_accepts_sms_marketing: false,
      sms_marketing_phone: null,
    });
  });

  test("a second shopper who ticks the same number gets no record, since a phone belongs to one customer", () => {
    const other: Act = {
      verb: "buyNow",
      args: {
        email: "bo@example.com",
        phone: "4155552671",
        ticked: true,
        billing: { name: "Bo Ek" },
      },
    };
    const { topics } = play(BEGIN, { verb: "tickSms", args: { checkout: "c" } }, PAY, other);
    expect(topics.filter((topic) => topic === "customers_marketing_consent/update")).toHaveLength(
      1,
    );
  });

  test("an order names its checkout, and the same email is the same customer", () => {
    const { webhooks, bodies } = play(BEGIN, PAY, {
      verb: "buyNow",
      args: { email: "ana@example.com", billing: { name: "Ana Ruiz" } },
    });
    const orders = bodies.filter((_, index) => webhooks[index]?.topic === "orders/create");
    expect(orders[0]).toMatchObject({
      checkout_token: bodies[0]?.["token"],
      cart_token: bodies[0]?.["cart_token"],
    });
    expect(orders[1]?.["customer"]).toMatchObject({ email: "ana@example.com" });
    expect(
      new Set(orders.map((order) => JSON.stringify(order["customer"]).match(/"id":(\d+)/)?.[1]))
        .size,
    ).toBe(1);
  });

  test("one action's webhooks share an event id and have webhook ids of their own", () => {
    const { webhooks } = play(BEGIN, PAY);
    const paid = webhooks.slice(1);
    expect(new Set(paid.map(({ eventId }) => eventId)).size).toBe(1);
    expect(new Set(webhooks.map(({ webhookId }) => webhookId)).size).toBe(webhooks.length);
  });

  test("ids have 13 to 16 digits, money is a string and times carry an offset", () => {
    const { bodies } = play(BEGIN, PAY);
    const order = bodies.at(-1);
    expect(String(order?.["id"])).toMatch(/^\d{13,16}$/);
    expect(order).toMatchObject({ total_price: "40.00", created_at: "2026-11-20T13:00:10-05:00" });
    expect(order?.["admin_graphql_api_id"]).toBe(`gid://shopify/Order/${order?.["id"]}`);
  });
});
