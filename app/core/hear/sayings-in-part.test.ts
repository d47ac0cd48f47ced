import { describe, expect, it } from "vitest";

import type { OrderSaid, RefundSaid, Saying } from "../heard.ts";
import type { Topic } from "../topics.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const TIMES = { created_at: "2026-11-20T09:00:00Z", updated_at: "2026-11-20T10:00:00Z" };

function firstTold(topic: Topic, body: object): { document: string; says: Saying } {
  const envelope = { topic, triggeredAt: RECEIVED - 1, receivedAt: RECEIVED };
  const understood = understand({ ...envelope, body: JSON.stringify(body) });
  if (understood.kind !== "told") throw new Error(`understood as ${JSON.stringify(understood)}`);
  const [first] = understood.told;
  if (first === undefined) throw new Error("told nothing");
  return first;
}

function orderSaid(body: object): OrderSaid {
  const { says } = firstTold("orders/create", { ...TIMES, id: 1, ...body });
  if (says.kind !== "order") throw new Error("expected an order");
  return says;
}

function refundSaid(body: object): RefundSaid {
  const { says } = firstTold("refunds/create", { ...TIMES, id: 6, order_id: 1, ...body });
  if (says.kind !== "refund") throw new Error("expected a refund");
  return says;
}

describe("where a body says a thing twice or in part", () => {
  it("Shopify's own global id goes before the bare one", () => {
    const gid = (kind: string, id: number) => ({
      admin_graphql_api_id: `gid://shopify/${kind}/${id}`,
    });
    expect(orderSaid(gid("Order", 2))).toMatchObject({ order: "2" });
    expect(orderSaid({ customer: { id: 7, ...gid("Customer", 8) } })).toMatchObject({
      customer: "8",
    });
    const customer = firstTold("customers/update", { id: 7, ...gid("Customer", 8) });
    expect(customer.document).toBe("customer:8");
    const fulfillment = { ...TIMES, id: 5, ...gid("Fulfillment", 6), order_id: 1 };
    expect(firstTold("fulfillments/create", fulfillment).document).toBe("fulfillment:6");
    const refund = { ...TIMES, id: 5, ...gid("Refund", 6), order_id: 1 };
    expect(firstTold("refunds/create", refund).document).toBe("refund:6");
  });

  it("an order's email goes before the contact's, which serves where there is none", () => {
    const both = { email: "ada@example.com", contact_email: "ben@example.com" };
    expect(orderSaid(both).email).toBe("ada@example.com");
    expect(orderSaid({ ...both, email: null }).email).toBe("ben@example.com");
  });

  it("an order without a customer or addresses names none", () => {
    const none = { customer: null, billing_address: null, shipping_address: null };
    for (const body of [none, {}])
      expect(orderSaid(body)).toMatchObject({
        customer: null,
        customerName: null,
        customerCountry: null,
        billing: null,
        shipping: null,
      });
  });

  it("half a name is a name, and none is none", () => {
    const nameOf = (customer: object) =>
      orderSaid({ customer: { id: 7, ...customer } }).customerName;
    expect(nameOf({ first_name: "Ada" })).toBe("Ada");
    expect(nameOf({ last_name: "Lovelace" })).toBe("Lovelace");
    expect(nameOf({})).toBeNull();
  });

  it("an item's usual title goes before the one shown, and one without any has an empty one", () => {
    const titles = [
      { title: "Ring", presentment_title: "Anneau" },
      { presentment_title: "Anneau" },
    ];
    const { items } = orderSaid({ line_items: [...titles, {}] });
    expect(items.map(({ title }) => title)).toEqual(["Ring", "Anneau", ""]);
  });

  it("only the first hundred items are told", () => {
    const line_items = Array.from({ length: 101 }, () => ({ title: "Ring" }));
    expect(orderSaid({ line_items }).items).toHaveLength(100);
  });
});

describe("somebody else's delivery", () => {
  const isForSomebodyElse = (body: object): boolean => orderSaid(body).forSomebodyElse;
  const shippedBy = (line: object): boolean => isForSomebodyElse({ shipping_lines: [line] });
  const withProperties = (properties: unknown): boolean =>
    isForSomebodyElse({ line_items: [{ title: "A" }, { title: "B", properties }] });

  it("is a pickup, by its category as a whole or by a word in its code or title", () => {
    for (const category of ["pickup", "PICK_UP", "pick-up", "pick up"])
      expect(shippedBy({ delivery_category: category }), category).toBe(true);
    expect(shippedBy({ delivery_category: "pickup_excluded" })).toBe(false);
    expect(shippedBy({ delivery_category: "no pickup" })).toBe(false);
    for (const words of ["Store Pickup", "pick_up point 3", "Click & Pick-Up", "pick up"])
      expect([shippedBy({ code: words }), shippedBy({ title: words })], words).toEqual([
        true,
        true,
      ]);
    expect(shippedBy({ title: "Pick your own time, upstairs" })).toBe(false);
    expect(shippedBy({})).toBe(false);
  });

  it("is a gift mark on the order or on any item, and no attribute without a name", () => {
    expect(isForSomebodyElse({ note_attributes: [{ name: null }, { name: "Is a GIFT?" }] })).toBe(
      true,
    );
    expect(isForSomebodyElse({ note_attributes: [{ name: "engraving" }, {}] })).toBe(false);
    expect(withProperties([{ name: "size" }, { name: "Gift wrap", value: "" }])).toBe(true);
  });

  it("is not made of properties in an unknown form", () => {
    for (const odd of [
      null,
      "gift",
      { name: "gift" },
      [null],
      ["gift"],
      [{ name: ["gift"] }],
      [{ gift: 1 }],
    ])
      expect(withProperties(odd), JSON.stringify(odd)).toBe(false);
  });
});

describe("what a refund paid back", () => {
  const amountOf = (body: object): number => refundSaid(body).amount;
  const lines = { refund_line_items: [{ subtotal: "10.10" }, { subtotal: "20.20" }] };

  it("is what its transactions moved, to the cent", () => {
    const paid = (amount: string, status: string | null = "success", kind = "refund") => ({
      ...{ amount, status, kind },
    });
    const transactions = [
      paid("0.10"),
      paid("0.20", null),
      paid("5", "failure"),
      paid("6", "error"),
    ];
    expect(amountOf({ ...lines, transactions })).toBe(0.3);
    expect(amountOf({ ...lines, transactions: [paid("7", "success", "void")] })).toBe(30.3);
  });

  it("is the worth of its items where no transaction is told, and else nothing", () => {
    expect(amountOf(lines)).toBe(30.3);
    expect(amountOf({})).toBe(0);
  });

  it("has the currency of its first transaction, and none without one", () => {
    const currencyOf = (transactions: object[]) => refundSaid({ transactions }).currency;
    expect(currencyOf([{ currency: "EUR" }, { currency: "USD" }])).toBe("EUR");
    expect(currencyOf([])).toBeNull();
  });
});
