import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, HOUR, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const { checkout, checkoutGone, order, customer, shipment, delivery, refund } = createTeller(
  () => ({}),
);
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const recovery = {
  abandoned_checkout_url: "https://shop.example/recover",
  total_price: "12.50",
  currency: "USD",
};

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear(messages, { asOf: at(900), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const namesAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world)
    .events.map(({ name }) => name)
    .sort();

describe("events of orders", () => {
  const placed = order(10, at(0), { ...ada, total_price: "40.00", currency: "USD" });

  it("an order is placed once, whichever topics tell of it", () => {
    const topics = ["orders/create", "orders/updated", "orders/paid", "orders/fulfilled"] as const;
    const told = topics.map((topic, index) =>
      order(10, at(0), { ...ada, updated_at: iso(at(0, index)) }, topic),
    );
    expect(namesAfter(told)).toEqual(["order_placed"]);
  });

  it("is placed by an order/updated heard soon, never by an old order merely updated", () => {
    const updated = (days: number) =>
      order(10, at(0), { ...ada, updated_at: iso(at(days)) }, "orders/updated");
    expect(namesAfter([updated(1)])).toEqual(["order_placed"]);
    expect(namesAfter([updated(30)])).toEqual([]);
  });

  it("carries the order as it was made, with the order's own immutable time", () => {
    const [event] = adaAfter([placed]).events;
    expect(event).toMatchObject({
      name: "order_placed",
      resource: "10",
      at: at(0),
      happenedAt: at(0),
      body: { order_id: "10", value: 40, currency: "USD", is_first_order: true },
    });
  });

  it("a cancellation is told whatever the order's age, and not again for an old one", () => {
    const cancelled = (told: number, days: number) =>
      order(
        10,
        at(0),
        { ...ada, cancelled_at: iso(at(days)), updated_at: iso(at(told)) },
        "orders/cancelled",
      );
    expect(namesAfter([placed, cancelled(20, 20)])).toEqual(["order_cancelled", "order_placed"]);
    expect(namesAfter([cancelled(20, 20)])).toEqual(["order_cancelled"]);
    expect(namesAfter([cancelled(300, 20)])).toEqual([]);
  });

  it("shipped, delivered and refunded are told of an order that is known, once each", () => {
    const told = [
      shipment(5, 10, at(1), {}),
      delivery(5, 10, at(3)),
      delivery(5, 10, at(3)),
      refund(6, 10, at(9)),
    ];
    const all = ["order_delivered", "order_placed", "order_shipped", "refund_initiated"];
    expect(namesAfter([placed, ...told])).toEqual(all);
    expect(
      hear(told, { asOf: at(9) })
        .values()
        .flatMap(({ events }) => events)
        .toArray(),
    ).toEqual([]);
  });

  it("a shipment is told once it was under way, whichever message comes first", () => {
    const under = shipment(5, 10, at(1), {});
    const stopped = shipment(5, 10, at(1), { status: "cancelled", updated_at: iso(at(2)) });
    expect(namesAfter([placed, stopped])).toEqual(["order_placed"]);
    expect(namesAfter([placed, stopped, under])).toEqual(["order_placed", "order_shipped"]);
  });

  it("an old shipment whose tracking is edited is no news", () => {
    const edited = shipment(5, 10, at(1), { updated_at: iso(at(60)) });
    expect(namesAfter([placed, edited])).toEqual(["order_placed"]);
  });

  it("nothing is told of a test order, nor of its checkout, shipment and refund", () => {
    const test = order(10, at(0, 5), { ...ada, checkout_token: "c1", test: true });
    const begun = checkout("c1", at(0), ada);
    const told = adaAfter([test, begun, shipment(5, 10, at(1), {}), refund(6, 10, at(2))]);
    expect(told.events).toEqual([]);
    expect(told.attributes).toMatchObject({ orders_count: 0, checkout_open: false });
    expect(told.address).toBeNull();
    const listed = { settings: { test_list: ["ada@example.com"] } };
    expect(adaAfter([test], listed).address).toBe("email:ada@example.com");
  });
});

describe("checkout_started", () => {
  const begun = checkout("c1", at(0), { ...ada, ...recovery });
  const heardAt = begun.receivedAt;

  it("waits for five quiet minutes, at the latest fifteen after the first contact data", () => {
    expect(namesAfter([begun], { asOf: heardAt + 299_000 })).toEqual([]);
    expect(namesAfter([begun], { asOf: heardAt + 300_000 })).toEqual(["checkout_started"]);
    const busy = [
      begun,
      ...[4, 8, 12, 14].map((minute) =>
        checkout("c1", at(0, minute), { ...ada, created_at: iso(at(0)) }),
      ),
    ];
    expect(namesAfter(busy, { asOf: heardAt + 14.9 * MINUTE })).toEqual([]);
    expect(namesAfter(busy, { asOf: heardAt + 15 * MINUTE })).toEqual(["checkout_started"]);
  });

  it("is told with the cart as it is then", () => {
    const more = checkout("c1", at(0, 2), {
      ...ada,
      ...recovery,
      total_price: "99.00",
      created_at: iso(at(0)),
    });
    expect(adaAfter([begun, more]).events[0]).toMatchObject({
      at: at(0),
      body: { value: 99, checkout_token: "c1" },
    });
  });

  it("is not told of a checkout completed, deleted, answered by an order, or followed by one", () => {
    const carted = checkout("c1", at(0), { ...ada, cart_token: "k1" });
    expect(namesAfter([checkout("c1", at(0), { ...ada, completed_at: iso(at(0)) })])).toEqual([]);
    expect(namesAfter([carted, checkoutGone("k1", at(1))])).toEqual([]);
    expect(namesAfter([begun, order(10, at(0, 3), { ...ada, checkout_token: "c1" })])).toEqual([
      "order_placed",
    ]);
    expect(namesAfter([begun, order(10, at(0, 3), ada)])).toEqual(["order_placed"]);
  });

  it("is told of a checkout begun after the last order, or after its cart was deleted", () => {
    expect(namesAfter([order(10, at(-1), ada), begun])).toEqual([
      "checkout_started",
      "order_placed",
    ]);
    const again = checkout("c2", at(2), { ...ada, cart_token: "k1" });
    expect(namesAfter([checkoutGone("k1", at(1)), again])).toEqual(["checkout_started"]);
  });

  it("is not told where nobody could be told", () => {
    const [told] = hear([checkout("c1", at(0), {})], { asOf: at(1) }).values();
    expect(told?.events).toEqual([]);
  });

  it("carries a recovery link only with a number that is the shopper's own", () => {
    const url = (messages: Message[]) =>
      adaAfter(messages).events.find(({ name }) => name === "checkout_started")?.body[
        "recovery_url"
      ];
    expect(url([begun])).toBe("https://shop.example/recover");
    expect(url([checkout("c1", at(0), { ...ada, ...recovery, phone: null })])).toBeNull();
  });
});

describe("the figures of a shopper", () => {
  it("leave out cancelled orders and what was paid back", () => {
    const told = adaAfter([
      order(10, at(0), { ...ada, total_price: "40.10", currency: "USD" }),
      order(11, at(1), { ...ada, total_price: "9.95", currency: "USD" }),
      order(12, at(2), { ...ada, total_price: "70.00", cancelled_at: iso(at(2)) }),
    ]);
    expect(told.attributes).toMatchObject({ orders_count: 2, total_spent: 50.05, currency: "USD" });
    expect(told.attributes).toMatchObject({
      first_order_at: at(0) / 1000,
      last_order_at: at(1) / 1000,
    });
  });

  it("an open checkout is closed by an order of anyone who has the number", () => {
    const people = (messages: Message[]) => hear(messages, { asOf: at(9) });
    const hers = checkout("c1", at(0), { email: "she@example.com", phone: A });
    const his = (when: number) => order(10, when, { email: "he@example.com", phone: A });
    const open = (messages: Message[]) =>
      people(messages).get("email:she@example.com")?.attributes["checkout_open"];
    expect(open([hers])).toBe(true);
    expect(open([hers, his(at(0) + HOUR)])).toBe(false);
    expect(open([hers, his(at(0) - HOUR)])).toBe(true);
  });

  it("a customer told by tests alone is told to nobody, a real one with a test order is", () => {
    const test = order(10, at(0), { ...ada, test: true });
    expect(adaAfter([test]).address).toBeNull();
    expect(adaAfter([test, customer(1, at(0), { email: "ada@example.com" })]).address).toBe(
      "email:ada@example.com",
    );
  });

  it("a shopper is addressed by email, else by customer id, never by phone", () => {
    const addressAfter = (message: Message, world: Partial<World> = {}) =>
      [...hear([message], { asOf: at(9), ...world }).values()].map(({ address }) => address);
    expect(addressAfter(order(10, at(0), ada))).toEqual(["email:ada@example.com"]);
    expect(addressAfter(order(10, at(0), { ...ada, email: null }))).toEqual(["id:1"]);
    expect(addressAfter(order(10, at(0), ada), { settings: { address_by: "id" } })).toEqual([
      "id:1",
    ]);
    expect(addressAfter(checkout("c1", at(0), { phone: A, ...ticked(A) }))).toEqual([null]);
  });
});
