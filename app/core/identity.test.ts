import { describe, expect, it } from "vitest";

import type { CheckoutSaid, OrderSaid, Saying } from "./heard.ts";
import * as identity from "./identity.ts";

const { identitiesNamed, readEmail, whoIsNamed } = identity;

describe("an email", () => {
  it("is one identity whatever its case and the blanks around it", () => {
    expect(readEmail("  Ada.Lovelace+ring@Example.COM\n")).toBe("ada.lovelace+ring@example.com");
  });

  it("has one @, something before it, and a dot after it with something on both sides", () => {
    for (const text of ["ada", "@example.com", "ada@", "ada@example", "ada@.com", "ada@example."])
      expect(readEmail(text), text).toBeNull();
    for (const text of ["a@b@c.de", "", " ", "Ada <ada@example.com>", "ada@example.com, b@c.de"])
      expect(readEmail(text), text).toBeNull();
    expect(readEmail("a@b.c")).toBe("a@b.c");
    expect(readEmail(null)).toBeNull();
  });

  it("has no sign that would end it elsewhere, in any of its three parts", () => {
    for (const sign of [
      " ",
      "\t",
      "\u0000",
      "\u200b",
      "\ufffd",
      '"',
      "<",
      ">",
      "(",
      ")",
      ",",
      ";",
      ":",
      "\\",
    ]) {
      for (const text of [`a${sign}b@c.de`, `a@b${sign}c.de`, `a@b.c${sign}d`])
        expect(readEmail(text), JSON.stringify(text)).toBeNull();
    }
  });

  it("has at most 150 bytes, as they are sent", () => {
    const host = "@example.com";
    expect(readEmail("a".repeat(138) + host)).toHaveLength(150);
    expect(readEmail("a".repeat(139) + host)).toBeNull();
    expect(readEmail("ä".repeat(69) + host)).not.toBeNull();
    expect(readEmail("ä".repeat(70) + host)).toBeNull();
  });
});

describe("an identity's key", () => {
  it("says of what kind it is, so that equal ids of two kinds are two", () => {
    expect([
      identity.customerKey("7"),
      identity.emailKey("7"),
      identity.checkoutKey("7"),
      identity.cartKey("7"),
      identity.orderKey("7"),
      identity.fulfillmentKey("7"),
      identity.refundKey("7"),
      identity.formKey("7"),
      identity.importKey("7"),
      identity.supportKey("7"),
      identity.preferenceKey("email:7"),
      identity.consentKey("7"),
    ]).toEqual([
      "customer:7",
      "email:7",
      "checkout:7",
      "cart:7",
      "order:7",
      "fulfillment:7",
      "refund:7",
      "form:7",
      "import:7",
      "support:7",
      "preference:email:7",
      "consent:7",
    ]);
  });
});

const PURCHASE = {
  cart: "CART",
  customer: "7",
  customerName: null,
  customerCountry: null,
  email: "ada@example.com",
  phone: "+14155552671",
  billing: null,
  shipping: null,
  forSomebodyElse: false,
  locale: null,
  channel: "online",
  createdAt: null,
  items: [],
  value: 0,
  currency: null,
  url: null,
} as const;

const ORDER: OrderSaid = {
  ...PURCHASE,
  items: [],
  kind: "order",
  order: "1",
  name: null,
  checkout: "CHECKOUT",
  channelName: null,
  test: false,
  cancelledAt: null,
  cancelReason: null,
  created: true,
};

const CHECKOUT: CheckoutSaid = {
  ...PURCHASE,
  items: [],
  kind: "checkout",
  checkout: "CHECKOUT",
  ticked: false,
  smsPhone: null,
  completedAt: null,
};

const NOTHING_ELSE = { phone: null, name: null, firstName: null, lastName: null, address: null };
const CUSTOMER = { kind: "customer", customer: "7", createdAt: null, ...NOTHING_ELSE } as const;

describe("what a telling names besides its own document", () => {
  it("is everything an order or a checkout joins, and no more", () => {
    const both = ["customer:7", "email:ada@example.com", "cart:CART"];
    expect(identitiesNamed(ORDER)).toEqual([...both, "checkout:CHECKOUT"]);
    expect(identitiesNamed(CHECKOUT)).toEqual(both);
    const anonymous = { customer: null, email: null, cart: null };
    expect(identitiesNamed({ ...CHECKOUT, ...anonymous })).toEqual([]);
    expect(identitiesNamed({ ...ORDER, ...anonymous, checkout: null })).toEqual([]);
  });

  it("is a customer with the email of their account, if it has one", () => {
    expect(identitiesNamed({ ...CUSTOMER, email: "a@b.de" })).toEqual([
      "customer:7",
      "email:a@b.de",
    ]);
    expect(identitiesNamed({ ...CUSTOMER, email: null })).toEqual(["customer:7"]);
  });

  it.each<[Saying, string[]]>([
    [
      {
        kind: "consent",
        customer: "7",
        phone: null,
        state: null,
        level: null,
        collectedFrom: null,
      },
      ["customer:7"],
    ],
    [{ kind: "customer_gone", customer: "7" }, ["customer:7"]],
    [{ kind: "merge", kept: "7", gone: "8" }, ["customer:7", "customer:8"]],
    [{ kind: "checkout_gone", cart: "CART" }, ["cart:CART"]],
    [
      { kind: "fulfillment_event", fulfillment: "5", order: "1", status: "x", happenedAt: null },
      ["order:1"],
    ],
    [
      { kind: "fulfillment_event", fulfillment: "5", order: null, status: "x", happenedAt: null },
      [],
    ],
    [
      { kind: "preference", customer: "7", email: null, channel: "sms", subscribed: true },
      ["customer:7"],
    ],
    [
      { kind: "preference", customer: null, email: "a@b.de", channel: "sms", subscribed: true },
      ["email:a@b.de"],
    ],
  ])("is for %j: %j", (says, named) => {
    expect(identitiesNamed(says)).toEqual(named);
  });

  it("is the order for what happens to an order", () => {
    const shared = { order: "1", createdAt: 0, items: [] };
    const tracking = { status: null, carrier: null, trackingNumber: null, trackingUrl: null };
    expect(
      identitiesNamed({ kind: "fulfillment", fulfillment: "5", ...shared, ...tracking }),
    ).toEqual(["order:1"]);
    const paid = { amount: 1, currency: null, reason: null };
    expect(identitiesNamed({ kind: "refund", refund: "6", ...shared, ...paid })).toEqual([
      "order:1",
    ]);
  });

  it("is a customer or else an email at our own doors, never both and never a number", () => {
    const email = "ada@example.com";
    expect(whoIsNamed({ customer: "7", email })).toBe("customer:7");
    expect(whoIsNamed({ customer: null, email })).toBe(`email:${email}`);
    expect(whoIsNamed({ customer: null, email: null })).toBeNull();
    const note = {
      note: "4",
      text: "Called.",
      phone: null,
      verifies: null,
      bars: null,
      resolves: null,
    };
    expect(identitiesNamed({ kind: "support", ...note, customer: null, email })).toEqual([
      `email:${email}`,
    ]);
    const evidence = { page: null, ip: null, userAgent: null, locale: null };
    const entry = { entry: "5", form: "popup", phone: "+14155552671", country: null, evidence };
    const answer = { ticked: true, disclosure: null };
    expect(identitiesNamed({ kind: "form", ...entry, ...answer, customer: null, email })).toEqual([
      `email:${email}`,
    ]);
    expect(
      identitiesNamed({ kind: "form", ...entry, ...answer, customer: null, email: null }),
    ).toEqual([]);
    const row = { row: "3", phone: "+14155552671", country: null };
    const consent = { consentedAt: null, consentSource: null, wording: null };
    expect(identitiesNamed({ kind: "import", ...row, ...consent, customer: "7", email })).toEqual([
      "customer:7",
    ]);
    expect(
      identitiesNamed({ kind: "import", ...row, ...consent, customer: null, email: null }),
    ).toEqual([]);
  });
});
