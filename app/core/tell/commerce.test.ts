// What was begun, bought and paid back, and what no longer counts as open.

import { describe, expect, it } from "vitest";

import type { Message, Told } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, iso, MINUTE, START } from "../testing/tell.ts";

const { checkout, checkoutGone, consent, customer, form, imported, merge, ...teller } =
  createTeller(() => ({}));
const { noted, order, preference, tell } = teller;
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1) };
const bought = (id: number, day: number, total_price: string, currency = "USD", more = {}) =>
  order(id, at(day), { ...ada, total_price, currency, ...more });
const paidBack = (id: number, of: number, day: number, amount: string) =>
  tell("refunds/create", at(day), {
    ...{ id, admin_graphql_api_id: `gid://shopify/Refund/${id}`, order_id: of },
    ...{ created_at: iso(at(day)), refund_line_items: [] },
    transactions: [{ kind: "refund", status: "success", amount, currency: "USD" }],
  });

/** Of customer 1, the same whatever was heard first. */
function adaAfter(messages: Message[]): Told {
  const [told, again] = [messages, messages.toReversed()].map((heard) =>
    hear(heard, { asOf: at(300) }).get("customer:1"),
  );
  if (!told) throw new Error("nobody is customer 1");
  expect(again?.decision.profile.commerce).toEqual(told.decision.profile.commerce);
  return told;
}

const commerceAfter = (messages: Message[]) => adaAfter(messages).decision.profile.commerce;
const openSince = (messages: Message[]) => commerceAfter(messages).checkoutOpenSince;

describe("the figures of a shopper", () => {
  it("are dated by the first and last order that counts, and the last of any kind", () => {
    const told = [
      bought(10, 0, "10.00", "CAD"),
      bought(11, 1, "20.00", "USD"),
      bought(12, 2, "30.00", "EUR"),
      bought(13, 3, "40.00", "GBP", { cancelled_at: iso(at(3)) }),
      ...["c1", "c2", "c3"].map((token, day) => checkout(token, at(day, 5), ada)),
    ];
    expect(commerceAfter(told)).toEqual({
      checkoutOpenSince: null,
      lastOrderedAt: at(3),
      lastCheckoutAt: at(2, 5),
      firstOrderAt: at(0),
      lastOrderAt: at(2),
      ordersCount: 3,
      totalSpent: 60,
      currency: "EUR",
    });
  });

  it("leave out all that was paid back of an order, and never more than it cost", () => {
    const told = [bought(10, 0, "40.00"), bought(11, 1, "10.00")];
    const once = paidBack(1, 10, 2, "15.50");
    expect(commerceAfter([...told, once]).totalSpent).toBe(34.5);
    expect(commerceAfter([...told, once, paidBack(2, 10, 3, "4.50")]).totalSpent).toBe(30);
    expect(commerceAfter([...told, paidBack(3, 11, 4, "99.00")]).totalSpent).toBe(40);
  });

  it("take purchases in the order of their times, at one moment of their names", () => {
    const orders = [bought(12, 1, "1"), bought(11, 1, "1"), bought(13, 0, "1")];
    const carts = [
      checkout("c2", at(3), ada),
      checkout("c1", at(3), ada),
      checkout("c3", at(2), ada),
    ];
    for (const told of [[...orders, ...carts], [...orders, ...carts].toReversed()]) {
      const { purchases } = adaAfter(told).decision;
      expect(purchases.orders.map(({ says }) => says.order)).toEqual(["13", "11", "12"]);
      expect(purchases.checkouts.map(({ says }) => says.checkout)).toEqual(["c3", "c1", "c2"]);
    }
  });
});

describe("a checkout is open", () => {
  it("since it was begun, whenever it was told of", () => {
    const begun = checkout("c1", at(5), { ...ada, created_at: iso(at(1)) });
    expect(openSince([begun])).toBe(at(1));
    const future = checkout("c1", at(5), { ...ada, created_at: iso(at(9)) });
    expect(openSince([future])).toBe(at(5));
    expect(openSince([checkout("c1", at(5), { ...ada, created_at: null })])).toBe(at(5));
  });

  it("until an order made since it was begun, or at that moment", () => {
    const begun = checkout("c1", at(5), { ...ada, created_at: iso(at(1)) });
    expect(openSince([begun, bought(10, 0, "1")])).toBe(at(1));
    expect(openSince([begun, bought(10, 1, "1")])).toBeNull();
    expect(openSince([begun, bought(10, 3, "1")])).toBeNull();
  });

  it("until the order it led to, also where that is dated before it", () => {
    const answer = bought(10, 0, "1", "USD", { checkout_token: "c1" });
    expect(openSince([checkout("c1", at(1), ada), answer])).toBeNull();
    expect(openSince([checkout("c2", at(1), ada), answer])).toBe(at(1));
  });

  it("until its cart is deleted, also at the moment it was told last", () => {
    const carted = checkout("c1", at(1), { ...ada, cart_token: "k1" });
    const gone = { ...checkoutGone("k1", at(1)), triggeredAt: at(1) };
    expect(openSince([carted, gone])).toBeNull();
    expect(openSince([carted, checkoutGone("k1", at(0))])).toBe(at(1));
    expect(openSince([carted, checkoutGone("k2", at(2))])).toBe(at(1));
  });

  it("as the youngest of several", () => {
    expect(openSince([checkout("c1", at(1), ada), checkout("c2", at(2), ada)])).toBe(at(2));
  });

  it("only while somebody can be told about it", () => {
    const named = checkout("c1", at(1), { ...ada, cart_token: "k1", completed_at: iso(at(1)) });
    const silent = checkout("c2", at(2), { cart_token: "k1" });
    expect(openSince([named, silent])).toBeNull();
    expect(
      openSince([named, checkout("c2", at(2), { cart_token: "k1", phone: "+14155552671" })]),
    ).toBe(at(2));
    expect(openSince([named, checkout("c2", at(2), { email: ada.email })])).toBe(at(2));
  });
});

describe("somebody known from test orders", () => {
  const test = order(10, at(0), { ...ada, checkout_token: "c1", test: true });
  const onlyTests = (messages: Message[]) => adaAfter(messages).decision.profile.onlyTests;

  it("alone is told to nobody, with the checkout they came from", () => {
    expect(onlyTests([test, checkout("c1", at(0), ada)])).toBe(true);
    expect(adaAfter([test]).address).toBeNull();
  });

  it("is somebody by anything else that names them", () => {
    const who = { customer: "1", phone: "+14155552671" };
    for (const other of [
      bought(11, 1, "1"),
      order(11, at(1), { ...ada, checkout_token: "c1" }),
      checkout("c2", at(1), ada),
      customer(1, at(1), { email: ada.email }),
      consent(1, at(1), "subscribed", "+14155552671"),
      form("f1", at(1), { ...who, ticked: false }),
      imported("1", at(1), who),
      noted("n1", at(1), who),
      preference(at(1), { customer: "1", channel: "sms", subscribed: true }),
    ]) {
      expect(onlyTests([test, other])).toBe(false);
    }
  });

  it("keeps the checkout that a real order came from as well", () => {
    const real = order(11, at(1), { ...ada, checkout_token: "c1" });
    const told = adaAfter([test, real, checkout("c1", at(0), ada)]);
    expect(told.decision.purchases.checkouts).toHaveLength(1);
  });

  it("is nobody who was never tested", () => {
    expect(onlyTests([merge(1, 2, at(0))])).toBe(false);
    expect(adaAfter([merge(1, 2, at(0))]).address).toBe("id:1");
  });
});
