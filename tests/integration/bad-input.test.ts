// Whatever a signed webhook carries: it is acknowledged, and then handled or a dead letter with a
// reason. It is never refused, never lost, and spoils nobody else's.
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { allTopics, type Topic } from "#app/core/topics.ts";
import { readMessage } from "#app/pipeline/merge/read-messages.ts";
import { readSamples, sampleOf, type Sample } from "../support/fixtures.ts";
import { readLedger } from "../support/ledger.ts";
import { mutationsOf } from "../support/mutations.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterEach(async () => {
  await pipeline.pool.query(
    `TRUNCATE message, pending, dead_letter, identity, observation, person, profile, person_number,
              consent_entry, outbox, told, delivery, delivery_state, privacy_request`,
  );
  pipeline.customerio.control.reset();
});
afterAll(() => pipeline.close());

const ORDERS = "orders/create";
const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const LEAVING: readonly Topic[] = ["app/uninstalled", "shop/redact"];

async function reasonsOfDeath(): Promise<string[]> {
  const { rows } = await pipeline.pool.query<{ reason: string }>(
    "SELECT reason FROM dead_letter WHERE shop = $1 ORDER BY id",
    [SHOP],
  );
  return rows.map(({ reason }) => reason);
}

/** received = applied + dead + pending, and nothing is pending when everything was done. */
async function expectBalance(received: number): Promise<void> {
  const ledger = await readLedger(pipeline.pool, SHOP);
  expect(ledger).toMatchObject({ received, pending: 0, lost: [] });
  expect(ledger.applied + ledger.dead).toBe(received);
}

test.each([
  { says: "nothing", body: "", reason: "not_json" },
  { says: "no JSON", body: "hello", reason: "not_json" },
  { says: "a truncated object", body: '{"id": 1, "email": "maya@exa', reason: "not_json" },
  { says: "bytes that are no UTF-8", body: Buffer.from([0xff, 0xfe, 0x7b]), reason: "not_json" },
  { says: "a list", body: "[]", reason: "not_json" },
  { says: "null", body: "null", reason: "not_json" },
  { says: "a text", body: '"order"', reason: "not_json" },
  { says: "a number", body: "7", reason: "not_json" },
  { says: "20,000 nested lists", body: nested(20_000), reason: "not_json" },
  { says: "an object with nothing in it", body: "{}", reason: "names_nothing" },
  { says: "a wrong type", body: '{"id": {"a": 1}}', reason: "wrong_shape" },
  {
    says: "a time that is none",
    body: '{"id": 1, "updated_at": "yesterday"}',
    reason: "wrong_shape",
  },
  {
    says: "the year 300000",
    body: '{"id": 1, "updated_at": "+300000-01-01T00:00:00Z"}',
    reason: "wrong_shape",
  },
])("a body with $says is acknowledged and becomes a dead letter", async ({ body, reason }) => {
  expect(await pipeline.send({ topic: ORDERS, body })).toBe(200);
  expect(await pipeline.send({ topic: ORDERS, body: sampleOf("orders_create--1") })).toBe(200);
  await pipeline.settle();
  expect(await reasonsOfDeath()).toEqual([reason]);
  await expectBalance(2);
});

test("nesting that means nothing, 20,000 deep, spoils nothing", async () => {
  const body = `{"id": 9, "email": "deep@example.com", "created_at": "2026-11-20T10:00:00Z", "extra": ${nested(20_000)}}`;
  expect(await pipeline.send({ topic: ORDERS, body })).toBe(200);
  await pipeline.settle();
  await expectBalance(1);
});

test("customers whose ids differ only beyond 2^53 are two customers", async () => {
  for (const id of ["9007199254740993", "9007199254740992"]) {
    const body = `{"id": ${id}, "email": "c${id}@example.com", "created_at": "2026-11-20T10:00:00Z"}`;
    expect(await pipeline.send({ topic: "customers/create", body })).toBe(200);
  }
  await pipeline.settle();
  const { rows } = await pipeline.pool.query("SELECT customer_id FROM person ORDER BY customer_id");
  expect(rows).toEqual([{ customer_id: "9007199254740992" }, { customer_id: "9007199254740993" }]);
});

test.each(["", null, [], {}])("%j where an object was expected says nothing", async (nothing) => {
  const body = sampleOf("orders_create--1");
  for (const field of ["customer", "billing_address", "shipping_address"]) body[field] = nothing;
  expect(await pipeline.send({ topic: ORDERS, body })).toBe(200);
  await pipeline.settle();
  expect(await reasonsOfDeath()).toEqual([]);
  await expectBalance(1);
});

test.each([
  { says: "an email of 9 kB", fields: { email: `${"x".repeat(9_000)}@example.com` } },
  { says: "a NUL in the phone", fields: { phone: "415\u0000555 2671" } },
  { says: "a NUL in the email", fields: { email: "a\u0000@example.com" } },
  { says: "a lone surrogate in the name", fields: { name: "#\ud800" } },
  { says: "a lone surrogate in the email", fields: { email: "\udc00@example.com" } },
  { says: "a NUL in the currency", fields: { currency: "U\u0000D" } },
  { says: "an endless amount", fields: { total_price: "1e400" } },
])("$says is handled or dead, and the rest of the batch is merged", async ({ fields }) => {
  const spoilt = { ...sampleOf("orders_create--1"), id: 31, ...fields };
  expect(await pipeline.send({ topic: ORDERS, body: order(30) })).toBe(200);
  expect(await pipeline.send({ topic: ORDERS, body: spoilt })).toBe(200);
  expect(await pipeline.send({ topic: ORDERS, body: order(32) })).toBe(200);
  await pipeline.settle();
  await expectBalance(3);
  const people = pipeline.customerio.control.snapshot().people.map(({ email }) => email);
  expect(people).toEqual(
    expect.arrayContaining(["shopper30@example.com", "shopper32@example.com"]),
  );
  expect((await reasonsOfDeath()).length).toBeLessThanOrEqual(1);
});

function order(id: number): object {
  return {
    id,
    email: `shopper${id}@example.com`,
    created_at: "2026-11-20T10:00:00Z",
    line_items: [],
  };
}

test("wrong in any one field of any shape: reading never throws, and says why it refuses", () => {
  let read = 0;
  for (const { topic, body } of oneOfEachShape()) {
    for (const mutation of mutationsOf(JSON.parse(body.toString()))) {
      const message = messageOf(topic, JSON.stringify(mutation.body));
      const { dead, observations, privacy } = readMessage(message, SHOP);
      for (const letter of dead)
        expect(letter.reason).toMatch(/^(not_json|wrong_shape|names_nothing|other_shop)$/);
      if (dead.length > 0) expect(observations.length + privacy.length).toBe(0);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(3_000);
});

/** Orders look alike whatever happened to them, and so do checkouts, customers and fulfillments. */
function oneOfEachShape(): Sample[] {
  const shapes = new Map<string, Sample>();
  for (const sample of readSamples()) {
    const [thing = "", what = ""] = sample.topic.split("/");
    const isAlone = /delete|merge|data_request|redact/.test(what);
    const shape = isAlone ? sample.topic : thing;
    if (!shapes.has(shape)) shapes.set(shape, sample);
  }
  return [...shapes.values()];
}

function messageOf(topic: string, body: string) {
  const receivedAt = new Date("2026-11-20T12:00:00Z");
  return {
    lane: 1,
    id: 1,
    topic,
    triggeredAt: "2026-11-20T11:59:59Z",
    receivedAt,
    text: body,
  };
}

test("hundreds of such bodies, over HTTP into one inbox: all 200, all settled, the ledger balances", async () => {
  const bodies = readSamples()
    .filter(({ topic }) => !LEAVING.includes(topic))
    .flatMap(({ topic, body }) =>
      [...mutationsOf(JSON.parse(body.toString()))].map((mutation) => ({
        topic,
        body: JSON.stringify(mutation.body),
      })),
    );
  const chosen = fc.sample(fc.constantFrom(...bodies), { numRuns: 250, seed: 20_261_120 });
  for (const sending of chosen) expect(await pipeline.send(sending)).toBe(200);
  expect(await pipeline.send({ topic: ORDERS, body: order(77) })).toBe(200);
  await pipeline.settle();
  await expectBalance(chosen.length + 1);
  expect(await reasonsOfDeath()).not.toContain("cannot_merge");
  const people = pipeline.customerio.control.snapshot().people.map(({ email }) => email);
  expect(people).toContain("shopper77@example.com");
});

test("bodies of any bytes, for any topic, are kept and settled", async () => {
  const any = fc.tuple(fc.constantFrom(...allTopics()), fc.uint8Array({ maxLength: 300 }));
  const sendings = fc.sample(any, { numRuns: 100, seed: 7 });
  for (const [topic, bytes] of sendings) {
    expect(await pipeline.send({ topic, body: Buffer.from(bytes) })).toBe(200);
  }
  await pipeline.settle();
  await expectBalance(sendings.length);
  expect(await reasonsOfDeath()).toHaveLength(sendings.length);
});
