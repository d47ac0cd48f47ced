// The contract of the commerce events, held against Shopify's own bodies: what the workspace is told
// fits the published schema, once, whatever the order in which the webhooks arrive.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

type Body = Record<string, unknown>;
type Telling = { topic: string; body: Body };

const SCHEMAS = JSON.parse(
  readFileSync(new URL("../../docs/events.schema.json", import.meta.url), "utf8"),
);

function sample(name: string): Body {
  const path = new URL(`../fixtures/shopify/${name}--1.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Throws what is wrong with an event's data, by the schema that is published. */
function checkAgainstSchema(name: string, data: unknown): void {
  const { $defs } = SCHEMAS;
  z.fromJSONSchema({ ...$defs[name], $defs: { item: $defs.item } }).parse(data);
}

/** One shopper's order from its checkout to its refund: Shopify's samples with ids that fit together. */
function wayOf(nth: number): Telling[] {
  const email = `shopper${nth}@example.com`;
  const id = 9_000 + nth;
  const minute = (back: number): string => new Date(startedAt - back * 60_000).toISOString();
  const customer = { id: 500 + nth, email, first_name: "Ada", last_name: "L" };
  const cart = { cart_token: `cart${nth}`, email, customer, phone: `+1415555260${nth}` };
  const times = { created_at: minute(30), updated_at: minute(30) };
  const started = { ...sample("checkouts_create"), ...cart, ...times, token: `co${nth}` };
  const order = {
    ...sample("orders_create"),
    ...cart,
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    test: false,
    source_name: "web",
    checkout_token: `co${nth}`,
    created_at: minute(20),
    updated_at: minute(20),
    cancelled_at: null,
    cancel_reason: null,
  };
  const shipment = {
    ...sample("fulfillments_create"),
    id: 7_000 + nth,
    admin_graphql_api_id: `gid://shopify/Fulfillment/${7_000 + nth}`,
    order_id: id,
    status: "success",
    created_at: minute(15),
    updated_at: minute(15),
  };
  const arrival = {
    ...sample("fulfillment_events_create"),
    fulfillment_id: 7_000 + nth,
    order_id: id,
    status: "delivered",
    happened_at: minute(10),
  };
  const refund = {
    ...sample("refunds_create"),
    id: 6_000 + nth,
    admin_graphql_api_id: `gid://shopify/Refund/${6_000 + nth}`,
    order_id: id,
    created_at: minute(5),
    processed_at: minute(5),
  };
  const cancelled = { cancelled_at: minute(2), cancel_reason: "customer", updated_at: minute(2) };
  return [
    { topic: "checkouts/create", body: started },
    { topic: "orders/create", body: order },
    { topic: "fulfillments/create", body: shipment },
    { topic: "fulfillment_events/create", body: arrival },
    { topic: "refunds/create", body: refund },
    { topic: "orders/cancelled", body: { ...order, ...cancelled } },
  ];
}

const startedAt = Date.now();

/** Five orders of arrival. */
const ORDERS: ((way: Telling[]) => Telling[])[] = [
  (way) => way,
  (way) => way.toReversed(),
  (way) => [...way.slice(3), ...way.slice(0, 3)],
  (way) => way.toSorted((a, b) => (a.topic < b.topic ? -1 : 1)),
  (way) => [...way.slice(1).toReversed(), ...way.slice(0, 1)],
];

test("five times, in five orders: each event once, the same, and as the published schema says", async () => {
  for (const [nth, arrange] of ORDERS.entries()) {
    for (const telling of arrange(wayOf(nth))) {
      for (let time = 0; time < 5; time += 1) await pipeline.send(telling);
    }
    await pipeline.settle();
  }
  const { events, people } = pipeline.customerio.control.snapshot();
  const told = events.filter(({ name }) => /^order_|^refund_|^checkout_/.test(name));
  for (const { name, data } of told) checkAgainstSchema(name, data);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  const namesOf = (who: string): string[] =>
    told.flatMap(({ name, person }) => (person === who ? [name] : [])).toSorted();
  for (const nth of ORDERS.keys()) {
    expect(namesOf(`shopper${nth}@example.com`)).toEqual([
      "order_cancelled",
      "order_delivered",
      "order_placed",
      "order_shipped",
      "refund_initiated",
    ]);
    const placed = told.find(({ name, person }) => {
      return name === "order_placed" && person === `shopper${nth}@example.com`;
    });
    expect(placed?.data).toMatchObject({
      order_id: String(9_000 + nth),
      checkout_token: `co${nth}`,
      order_name: expect.any(String),
      currency: expect.any(String),
      value: expect.any(Number),
      order_status_url: expect.any(String),
      is_first_order: true,
      schema_version: 1,
      source: "shopify",
      items: expect.arrayContaining([
        expect.objectContaining({ title: expect.any(String), price: expect.any(Number) }),
      ]),
    });
    const person = people.find(({ email }) => email === `shopper${nth}@example.com`);
    expect(person?.attributes).toMatchObject({ checkout_open: false });
  }
});

test("a checkout left alone is told once it is quiet, with its link and what is in it", async () => {
  const [started] = wayOf(8);
  if (started) await pipeline.send(started);
  await pipeline.settle();
  pipeline.advance(25 * 3_600_000);
  await pipeline.settle();
  const { events, people } = pipeline.customerio.control.snapshot();
  const [told, ...more] = events.filter(({ name }) => name === "checkout_started");
  expect(more).toEqual([]);
  checkAgainstSchema("checkout_started", told?.data);
  expect(told?.data).toMatchObject({ checkout_token: "co8", recovery_url: expect.any(String) });
  const person = people.find(({ email }) => email === "shopper8@example.com");
  expect(person?.attributes).toMatchObject({ checkout_open: true });
});
