import { describe, expect, it } from "vitest";

import type { Saying } from "../heard.ts";
import type { Topic } from "../topics.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const CREATED = Date.UTC(2026, 10, 20, 9);
const UPDATED = Date.UTC(2026, 10, 20, 10);
const iso = (at: number): string => new Date(at).toISOString();

function said(topic: Topic, body: object): { document: string; says: Saying; toldAt: number }[] {
  const envelope = { topic, triggeredAt: RECEIVED - 1, receivedAt: RECEIVED };
  const understood = understand({ ...envelope, body: JSON.stringify(body) });
  if (understood.kind !== "told") throw new Error(`understood as ${JSON.stringify(understood)}`);
  return understood.told.map(({ document, says, toldAt }) => ({ document, says, toldAt }));
}

const TIMES = { created_at: iso(CREATED), updated_at: iso(UPDATED) };

const ITEM = {
  product_id: 11,
  variant_id: 12,
  sku: "RING-1",
  title: "Ring",
  presentment_title: "Anneau",
  quantity: 2,
  price: "19.90",
};
const ITEM_SAID = {
  product_id: "11",
  variant_id: "12",
  sku: "RING-1",
  title: "Ring",
  quantity: 2,
  price: 19.9,
};

const BILLING = {
  phone: "+1 billing",
  country_code: "us",
  province_code: "CA",
  company: "Engines",
};
const SHIPPING = { phone: "+1 shipping", country_code: "CA", name: "Ben", first_name: "B" };
const BILLING_SAID = {
  phone: "+1 billing",
  country: "US",
  province: "CA",
  name: null,
  company: "Engines",
};
const SHIPPING_SAID = {
  phone: "+1 shipping",
  country: "CA",
  province: null,
  name: "Ben",
  company: null,
};

const PURCHASE = {
  ...TIMES,
  cart_token: "CART",
  email: " Ada@Example.com",
  phone: "+1 contact",
  customer_locale: "en-US",
  currency: "USD",
  source_name: "web",
  billing_address: BILLING,
  shipping_address: SHIPPING,
  line_items: [ITEM],
  total_price: "39.80",
  customer: {
    id: 7,
    first_name: "Ada",
    last_name: "Lovelace",
    default_address: { country_code: "GB" },
  },
};
const PURCHASE_SAID = {
  cart: "CART",
  customer: "7",
  customerName: "Ada Lovelace",
  customerCountry: "GB",
  email: "ada@example.com",
  phone: "+1 contact",
  billing: BILLING_SAID,
  shipping: SHIPPING_SAID,
  forSomebodyElse: false,
  locale: "en-US",
  channel: "online",
  createdAt: CREATED,
  items: [ITEM_SAID],
  value: 39.8,
  currency: "USD",
};

describe("every word of a body arrives where it belongs", () => {
  it("for a checkout", () => {
    const body = {
      ...PURCHASE,
      token: "CHECKOUT",
      abandoned_checkout_url: "https://shop.example/recover",
      buyer_accepts_sms_marketing: true,
      sms_marketing_phone: "+1 ticked",
      completed_at: iso(UPDATED),
    };
    const says = {
      ...PURCHASE_SAID,
      kind: "checkout",
      checkout: "CHECKOUT",
      url: "https://shop.example/recover",
      ticked: true,
      smsPhone: "+1 ticked",
      completedAt: UPDATED,
    };
    const told = [{ document: "checkout:CHECKOUT", says, toldAt: UPDATED }];
    expect(said("checkouts/create", body)).toEqual(told);
    expect(said("checkouts/update", body)).toEqual(told);
  });

  it("for an order", () => {
    const body = {
      ...PURCHASE,
      id: 1001,
      name: "#1001",
      checkout_token: "CHECKOUT",
      order_status_url: "https://shop.example/status",
      test: false,
      cancelled_at: iso(UPDATED),
      cancel_reason: "customer",
    };
    const says = {
      ...PURCHASE_SAID,
      kind: "order",
      order: "1001",
      name: "#1001",
      channelName: "web",
      url: "https://shop.example/status",
      checkout: "CHECKOUT",
      test: false,
      cancelledAt: UPDATED,
      cancelReason: "customer",
    };
    const document = "order:1001";
    expect(said("orders/create", body)).toEqual([
      { document, says: { ...says, created: true }, toldAt: UPDATED },
    ]);
    for (const topic of ["updated", "paid", "cancelled", "fulfilled"] as const)
      expect(said(`orders/${topic}`, body)).toEqual([
        { document, says: { ...says, created: false }, toldAt: UPDATED },
      ]);
  });

  it("for a customer", () => {
    const body = {
      ...TIMES,
      id: 7,
      email: "ADA@example.com",
      phone: "+1 account",
      first_name: "Ada",
      last_name: "Lovelace",
      default_address: { ...BILLING, first_name: "Charles", last_name: "Babbage" },
    };
    const says = {
      kind: "customer",
      customer: "7",
      email: "ada@example.com",
      phone: "+1 account",
      name: "Ada Lovelace",
      firstName: "Ada",
      lastName: "Lovelace",
      address: { ...BILLING_SAID, name: "Charles Babbage" },
      createdAt: CREATED,
    };
    for (const topic of ["customers/create", "customers/update"] as const)
      expect(said(topic, body)).toEqual([{ document: "customer:7", says, toldAt: UPDATED }]);
  });

  it("for a fulfillment and what happens to it", () => {
    const body = {
      ...TIMES,
      id: 5,
      order_id: 1001,
      status: "success",
      tracking_company: "DHL",
      tracking_number: "T-1",
      tracking_url: "https://dhl.example/T-1",
      line_items: [ITEM],
    };
    const says = {
      kind: "fulfillment",
      fulfillment: "5",
      order: "1001",
      status: "success",
      createdAt: CREATED,
      carrier: "DHL",
      trackingNumber: "T-1",
      trackingUrl: "https://dhl.example/T-1",
      items: [ITEM_SAID],
    };
    for (const topic of ["fulfillments/create", "fulfillments/update"] as const)
      expect(said(topic, body)).toEqual([{ document: "fulfillment:5", says, toldAt: UPDATED }]);
    const event = { ...TIMES, id: 9, fulfillment_id: 5, order_id: 1001, status: "delivered" };
    const told = {
      kind: "fulfillment_event",
      fulfillment: "5",
      order: "1001",
      status: "delivered",
    };
    expect(said("fulfillment_events/create", event)).toEqual([
      { document: "fulfillment:5", says: { ...told, happenedAt: CREATED }, toldAt: UPDATED },
    ]);
    const happened = { ...event, updated_at: null, happened_at: iso(CREATED - 1000) };
    expect(said("fulfillment_events/create", happened)).toEqual([
      { document: "fulfillment:5", says: { ...told, happenedAt: CREATED - 1000 }, toldAt: CREATED },
    ]);
  });

  it("for a refund", () => {
    const body = {
      created_at: iso(CREATED),
      id: 6,
      order_id: 1001,
      note: "too small",
      refund_line_items: [{ quantity: 1, subtotal: "19.90", line_item: ITEM }, { quantity: 1 }],
      transactions: [{ amount: "24.90", currency: "EUR", kind: "refund", status: "success" }],
    };
    const says = {
      kind: "refund",
      refund: "6",
      order: "1001",
      createdAt: CREATED,
      amount: 24.9,
      currency: "EUR",
      reason: "too small",
      items: [{ ...ITEM_SAID, quantity: 1 }],
    };
    expect(said("refunds/create", body)).toEqual([{ document: "refund:6", says, toldAt: CREATED }]);
  });

  it("for an end: of an account, of a checkout, of one of two accounts", () => {
    const toldAt = RECEIVED - 1;
    for (const body of [{ id: 7 }, { admin_graphql_api_id: "gid://shopify/Customer/7" }])
      expect(said("customers/delete", body)).toEqual([
        { document: "customer:7", says: { kind: "customer_gone", customer: "7" }, toldAt },
      ]);
    expect(said("checkouts/delete", { id: 3, cart_token: "CART" })).toEqual([
      { document: "gone:cart:CART", says: { kind: "checkout_gone", cart: "CART" }, toldAt },
    ]);
    const merge = {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/7",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/8",
      status: "completed",
    };
    expect(said("customers/merge", merge)).toEqual([
      { document: "merge:8:7", says: { kind: "merge", kept: "7", gone: "8" }, toldAt },
    ]);
  });

  it("for a consent", () => {
    const body = {
      id: 7,
      phone: "+14155552671",
      sms_marketing_consent: {
        state: "SUBSCRIBED",
        opt_in_level: "SINGLE_OPT_IN",
        consent_updated_at: iso(CREATED),
        consent_collected_from: "SHOPIFY",
      },
    };
    const says = {
      kind: "consent",
      customer: "7",
      phone: "+14155552671",
      state: "subscribed",
      level: "single_opt_in",
      collectedFrom: "shopify",
    };
    expect(said("customers_marketing_consent/update", body)).toEqual([
      { document: "consent:7", says, toldAt: CREATED },
    ]);
  });
});
