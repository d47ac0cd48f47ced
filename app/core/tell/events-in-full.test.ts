// Everything an event carries, and the moments that decide whether and when it is told.

import { describe, expect, it } from "vitest";

import { NOTHING_KNOWN } from "../numbers/known.ts";
import type { Message, World } from "../testing/hear.ts";
import { hear, policyOf } from "../testing/hear.ts";
import { buyer, createTeller, DAY, HOUR, iso, MINUTE, START } from "../testing/tell.ts";
import { eventsOf } from "./events.ts";

const A = "+14155552671";
const { checkout, delivery, order, shipment, tell } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const hat = { product_id: 7, variant_id: 8, sku: "HAT", title: "Hat", quantity: 2, price: "20.00" };
const toldHat = {
  ...{ product_id: "7", variant_id: "8", sku: "HAT", title: "Hat", quantity: 2, price: 20 },
  ...{ url: null, image_url: null },
};
const sale = {
  ...{ ...ada, total_price: "40.00", currency: "USD", name: "#1001", line_items: [hat] },
  ...{ checkout_token: "c9", order_status_url: "https://shop.example/o/10" },
};
const placed = order(10, at(0), sale);

function eventsAfter(messages: Message[], world: Partial<World> = {}) {
  const told = hear(messages, { asOf: at(900), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told.events;
}

const named = (name: string, messages: Message[]) =>
  eventsAfter(messages).filter((event) => event.name === name);

describe("what an event carries", () => {
  it("of an order: the order as it was made, by its own time", () => {
    const [event] = eventsAfter([placed]);
    expect(event).toEqual({
      name: "order_placed",
      ...{ resource: "10", at: at(0), happenedAt: at(0), dueAt: at(0) },
      body: {
        ...{ order_id: "10", order_name: "#1001", checkout_token: "c9", items: [toldHat] },
        ...{ value: 40, currency: "USD", order_status_url: "https://shop.example/o/10" },
        ...{ channel: "web", is_first_order: true },
      },
    });
    const later = named("order_placed", [placed, order(11, at(1), ada)]);
    expect(later.map(({ resource, body }) => [resource, body["is_first_order"]])).toEqual([
      ["10", true],
      ["11", false],
    ]);
  });

  it("of a cancellation: the order, the whole of its value, and why, when it was cancelled", () => {
    const says = { ...sale, cancelled_at: iso(at(2)), cancel_reason: "customer" };
    const cancelled = (day: number, told: number) => ({
      ...order(
        10,
        at(0),
        { ...says, cancelled_at: iso(at(day)), updated_at: iso(at(told)) },
        "orders/cancelled",
      ),
    });
    const [event] = named("order_cancelled", [placed, cancelled(2, 3)]);
    expect(event).toMatchObject({ resource: "10", at: at(0), happenedAt: at(2) });
    expect(event?.body).toEqual({
      ...{ order_id: "10", order_name: "#1001", items: [toldHat], value: 40, currency: "USD" },
      ...{ amount: 40, reason: "customer" },
    });
    expect(named("order_cancelled", [placed, cancelled(5, 3)])[0]?.happenedAt).toBe(at(3));
  });

  it("of a refund: what was paid back of which order", () => {
    const refund = tell("refunds/create", at(4), {
      ...{ id: 6, admin_graphql_api_id: "gid://shopify/Refund/6", order_id: 10, note: "Torn" },
      created_at: iso(at(4)),
      refund_line_items: [{ quantity: 1, subtotal: "20.00", line_item: hat }],
      transactions: [{ kind: "refund", status: "success", amount: "20.00", currency: "USD" }],
    });
    const [event] = named("refund_initiated", [placed, refund]);
    expect(event).toEqual({
      name: "refund_initiated",
      ...{ resource: "6", at: at(4), happenedAt: at(4), dueAt: at(4) },
      body: {
        ...{ order_id: "10", refund_id: "6", items: [{ ...toldHat, quantity: 1 }] },
        ...{ amount: 20, currency: "USD", reason: "Torn" },
      },
    });
  });

  it("of a parcel: who carries it and what is in it, shipped and delivered alike", () => {
    const parcel = shipment(5, 10, at(1), {
      ...{ tracking_company: "UPS", tracking_number: "1Z", line_items: [hat] },
      tracking_url: "https://ups.example/1Z",
    });
    const body = {
      ...{ order_id: "10", fulfillment_id: "5", carrier: "UPS", tracking_number: "1Z" },
      ...{ tracking_url: "https://ups.example/1Z", items: [toldHat] },
    };
    const told = [placed, parcel, delivery(5, 10, at(3))];
    const common = { resource: "5", at: at(1), dueAt: at(1), body };
    expect(named("order_shipped", told)).toEqual([
      { name: "order_shipped", happenedAt: at(1), ...common },
    ]);
    expect(named("order_delivered", told)).toEqual([
      { name: "order_delivered", happenedAt: at(3), ...common },
    ]);
  });
});

describe("an event is told", () => {
  it("of an order heard as created however late, or told within three days", () => {
    const told = (days: number, topic: "orders/create" | "orders/updated") =>
      named("order_placed", [order(10, at(0), { ...ada, updated_at: iso(at(days)) }, topic)])
        .length;
    expect(told(30, "orders/create")).toBe(1);
    expect(told(3, "orders/updated")).toBe(1);
    expect(told(3.01, "orders/updated")).toBe(0);
  });

  it("of a cancellation within three days of it", () => {
    const told = (days: number) =>
      named("order_cancelled", [
        order(10, at(0), { ...ada, cancelled_at: iso(at(1)), updated_at: iso(at(days)) }),
      ]).length;
    expect(told(4)).toBe(1);
    expect(told(4.01)).toBe(0);
  });

  it("of a parcel that went out: not one that failed, but one of no known state", () => {
    const shipped = (status: string | null) =>
      named("order_shipped", [placed, shipment(5, 10, at(1), { status })]).length;
    for (const status of ["cancelled", "error", "failure"]) expect(shipped(status)).toBe(0);
    for (const status of ["success", "open", null]) expect(shipped(status)).toBe(1);
  });

  it("of a delivery as of its first report, and of no other report of the parcel", () => {
    const parcel = shipment(5, 10, at(1), {});
    const reported = (id: number, status: string, happened: number | null, told: number) =>
      tell("fulfillment_events/create", at(told), {
        ...{ id, fulfillment_id: 5, order_id: 10, status },
        happened_at: happened === null ? null : iso(at(happened)),
        ...{ created_at: iso(at(told)), updated_at: iso(at(told)) },
      });
    const deliveredAt = (...reports: Message[]) =>
      named("order_delivered", [placed, parcel, ...reports])[0]?.happenedAt;
    expect(deliveredAt(reported(50, "in_transit", 2, 2))).toBeUndefined();
    expect(deliveredAt(reported(50, "delivered", 3, 5))).toBe(at(3));
    expect(deliveredAt(reported(50, "delivered", 9, 5))).toBe(at(5));
    expect(deliveredAt(reported(50, "delivered", 3, 5), reported(51, "delivered", 4, 6))).toBe(
      at(3),
    );
  });
});

describe("checkout_started", () => {
  const told = (minute: number, email: string | null) =>
    checkout("c1", at(0, minute), { email, created_at: iso(at(0)) });
  const namesAfter = (messages: Message[], asOf: number) =>
    [...hear(messages, { asOf }).values()].flatMap(({ events }) => events.map(({ name }) => name));

  it("waits fifteen minutes at the latest from the first telling that names somebody", () => {
    const named = [12, 16, 20, 24].map((minute) => told(minute, ada.email));
    const busy = [told(0, null), told(4, null), told(8, null), ...named];
    const heardAt = named[0]?.receivedAt ?? 0;
    expect(namesAfter(busy, heardAt + 15 * MINUTE - 1)).toEqual([]);
    expect(namesAfter(busy, heardAt + 15 * MINUTE)).toEqual(["checkout_started"]);
  });

  it("names the moment the next one is due, of several the first", () => {
    const carts = ["c1", "c2", "c3"].map((token, index) =>
      checkout(token, at(0, [3, 1, 2][index]), ada),
    );
    const asOf = at(0, 4);
    const one = hear(carts, { asOf }).get("customer:1");
    if (!one) throw new Error("nobody is customer 1");
    const policy = policyOf({});
    const nextAt = (when: number) =>
      eventsOf(one.person, one.decision, NOTHING_KNOWN, policy, when).nextAt;
    const [third, first, second] = carts.map(({ receivedAt }) => receivedAt + 5 * MINUTE);
    expect(nextAt(asOf)).toBe(first);
    expect(nextAt(first ?? 0)).toBe(second);
    expect(nextAt(second ?? 0)).toBe(third);
    expect(nextAt(asOf + HOUR)).toBeNull();
  });
});
