import { describe, expect, it } from "vitest";

import type { Topic } from "../topics.ts";
import type { Understood } from "./reader.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const TRIGGERED = RECEIVED - 5_000;

function hear(topic: Topic, body: object): Understood {
  const text = JSON.stringify(body);
  return understand({ topic, body: text, triggeredAt: TRIGGERED, receivedAt: RECEIVED });
}

/** Every refusal, and everything that changes nothing, has to say why. */
function kindOf(topic: Topic, body: object): string {
  const understood = hear(topic, body);
  if (understood.kind === "refused") expect(understood.detail).toMatch(/\w/);
  if (understood.kind === "nothing") expect(understood.why).toMatch(/\w/);
  return understood.kind === "refused" ? understood.reason : understood.kind;
}

describe("what the law orders", () => {
  it("is carried over with everything it names, and the time it was triggered", () => {
    const who = { shop_id: 1, shop_domain: "shop.example" };
    const customer = { id: 7, email: " ADA@example.com", phone: "+14155552671" };
    expect(hear("customers/redact", { ...who, customer, orders_to_redact: [1, null, 2] })).toEqual({
      kind: "privacy",
      at: TRIGGERED,
      order: {
        kind: "customer_redact",
        shopDomain: "shop.example",
        customer: "7",
        email: "ada@example.com",
        orders: ["1", "2"],
      },
    });
    expect(hear("customers/data_request", { ...who, customer, orders_requested: [1] })).toEqual({
      kind: "privacy",
      at: TRIGGERED,
      order: { kind: "data_request", shopDomain: "shop.example", customer: "7" },
    });
    expect(hear("shop/redact", who)).toEqual({
      kind: "privacy",
      at: TRIGGERED,
      order: { kind: "shop_redact", shopDomain: "shop.example" },
    });
  });

  it("is an order also where it names no customer", () => {
    expect(hear("customers/redact", { shop_domain: "shop.example" })).toMatchObject({
      order: { customer: null, email: null, orders: [] },
    });
    expect(hear("customers/data_request", {})).toMatchObject({
      order: { shopDomain: null, customer: null },
    });
  });
});

describe("an app that was removed", () => {
  it("was removed when that was triggered, never later than it was heard", () => {
    expect(hear("app/uninstalled", { id: 1 })).toEqual({ kind: "uninstalled", at: TRIGGERED });
    const envelope = { topic: "app/uninstalled", body: "{}", receivedAt: RECEIVED } as const;
    for (const triggeredAt of [RECEIVED + 1, null])
      expect(understand({ ...envelope, triggeredAt })).toEqual({
        kind: "uninstalled",
        at: RECEIVED,
      });
  });
});

describe("what names nobody", () => {
  const GID = "gid://shopify/Customer/7";

  it.each<[Topic, object]>([
    ["customers/update", { email: "ada@example.com" }],
    ["checkouts/update", { cart_token: "CART" }],
    ["orders/updated", { name: "#1" }],
    ["customers/delete", { email: "ada@example.com" }],
    ["fulfillments/create", { order_id: 1, created_at: "2026-01-01" }],
    ["fulfillments/create", { id: 5, created_at: "2026-01-01" }],
    ["fulfillments/create", { id: 5, order_id: 1 }],
    ["refunds/create", { order_id: 1, created_at: "2026-01-01" }],
    ["refunds/create", { id: 6, created_at: "2026-01-01" }],
    ["refunds/create", { id: 6, order_id: 1 }],
    ["fulfillment_events/create", { status: "delivered" }],
    ["fulfillment_events/create", { fulfillment_id: 5 }],
    ["customers/merge", { admin_graphql_api_customer_kept_id: GID, status: "completed" }],
    ["customers/merge", { admin_graphql_api_customer_deleted_id: GID, status: "completed" }],
    ["customers_marketing_consent/update", { sms_marketing_consent: { state: "subscribed" } }],
  ])("is refused as %s: %j", (topic, body) => {
    expect(kindOf(topic, body)).toBe("names_nothing");
  });
});

describe("what changes nothing by its meaning", () => {
  const customers = {
    admin_graphql_api_customer_kept_id: "gid://shopify/Customer/7",
    admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/8",
  };

  it("is a merge that has not ended well, or of one customer", () => {
    for (const status of ["failed", "in_progress", null, ""])
      expect(kindOf("customers/merge", { ...customers, status }), `${status}`).toBe("nothing");
    for (const status of ["completed", "COMPLETED", "success"])
      expect(kindOf("customers/merge", { ...customers, status }), status).toBe("told");
    const admin_graphql_api_customer_deleted_id = "gid://shopify/Customer/7";
    const same = { ...customers, status: "completed", admin_graphql_api_customer_deleted_id };
    expect(kindOf("customers/merge", same)).toBe("nothing");
  });

  it("is a deleted checkout without a cart, by which nobody finds it", () => {
    expect(kindOf("checkouts/delete", { id: 3 })).toBe("nothing");
    expect(kindOf("checkouts/delete", { id: 3, cart_token: "" })).toBe("nothing");
  });

  it("is a consent without a state, and one to emails", () => {
    const topic = "customers_marketing_consent/update";
    expect(kindOf(topic, { id: 7 })).toBe("nothing");
    expect(kindOf(topic, { id: 7, sms_marketing_consent: { opt_in_level: "x" } })).toBe("nothing");
    expect(kindOf("customers_email_marketing_consent/update", { customer_id: 7 })).toBe("nothing");
  });

  it("is a change of what the app may do", () => {
    expect(kindOf("app/scopes_update", { id: 1, current: ["read_orders"] })).toBe("nothing");
  });
});

describe("an SMS consent", () => {
  it("in a state nobody knows is kept for a person, not taken for a yes or a no", () => {
    const body = { id: 7, sms_marketing_consent: { state: "paused" } };
    expect(hear("customers_marketing_consent/update", body)).toEqual({
      kind: "refused",
      reason: "wrong_shape",
      detail: "sms_marketing_consent.state: is unknown",
    });
  });

  it("without a time counts from its receipt when it gives, from its trigger when it takes", () => {
    const times = (state: string) => {
      const body = { id: 7, sms_marketing_consent: { state } };
      const understood = hear("customers_marketing_consent/update", body);
      return understood.kind === "told" ? understood.told.map(({ toldAt }) => toldAt) : [];
    };
    for (const state of ["subscribed", "pending"]) expect(times(state), state).toEqual([RECEIVED]);
    for (const state of ["unsubscribed", "not_subscribed", "redacted"])
      expect(times(state), state).toEqual([TRIGGERED]);
  });
});

describe("a document without a time of its own", () => {
  it("counts from its first receipt, so that hearing it again changes nothing", () => {
    for (const [topic, body] of [
      ["customers/update", { id: 7 }],
      ["orders/create", { id: 1 }],
    ] as const)
      expect(hear(topic, body), topic).toMatchObject({
        told: [{ toldAt: RECEIVED, statedAt: null, occasion: null }],
      });
  });
});

describe("a body of a wrong shape", () => {
  it("is refused by the path of the first wrong field, without what stands in it", () => {
    expect(
      hear("orders/create", { id: 1, created_at: "a secret", total_price: "another" }),
    ).toEqual({
      kind: "refused",
      reason: "wrong_shape",
      detail: "created_at: is no time this side of the year 10000",
    });
  });

  it("is refused by the whole path where the field stands within a list", () => {
    expect(hear("customers/redact", { orders_to_redact: [1, "a secret"] })).toMatchObject({
      detail: "orders_to_redact.1: is no id",
    });
  });

  it("that is no JSON or no object is refused as that", () => {
    const envelope = { topic: "orders/create", triggeredAt: null, receivedAt: RECEIVED } as const;
    const detail = (body: string) => understand({ ...envelope, body });
    const refused = { kind: "refused", reason: "not_json" };
    expect(detail("{")).toEqual({ ...refused, detail: "is not JSON" });
    expect(detail("[]")).toEqual({ ...refused, detail: "is not an object" });
  });
});

describe("the customer within an order or a checkout", () => {
  const customer = { id: 7, phone: "+14155552671", updated_at: "2026-01-01T00:00:00Z" };
  const documents = (topic: Topic, body: object): string[] => {
    const understood = hear(topic, { id: 1, token: "CHECKOUT", ...body });
    return understood.kind === "told" ? understood.told.map(({ document }) => document) : [];
  };

  it("is told of as well, as of their own time", () => {
    expect(documents("checkouts/create", { customer })).toEqual([
      "checkout:CHECKOUT",
      "customer:7",
    ]);
    expect(hear("orders/create", { id: 1, customer })).toMatchObject({
      told: [{}, { toldAt: Date.UTC(2026, 0, 1), statedAt: Date.UTC(2026, 0, 1) }],
    });
  });

  it("is not told of without a time or an id, nor by a test order", () => {
    const timeless = { ...customer, updated_at: null };
    const nameless = { ...customer, id: null };
    for (const one of [timeless, nameless, null, undefined])
      expect(documents("checkouts/create", { customer: one })).toEqual(["checkout:CHECKOUT"]);
    expect(documents("orders/create", { customer, test: true })).toEqual(["order:1"]);
  });
});
