// Webhook in, true profile out: what is heard from a shop, and what its workspace is told of it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allTopics } from "#app/core/topics.ts";
import { readSamples } from "../support/fixtures.ts";
import { readLedger } from "../support/ledger.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

const AT = "2026-11-20T10:00:00Z";
const LATER = "2026-11-20T11:00:00Z";
const MAYA = "maya@example.com";

function checkout(fields: Record<string, unknown> = {}): object {
  return {
    token: "checkout-1",
    cart_token: "cart-1",
    email: MAYA,
    phone: "+14155552671",
    created_at: AT,
    updated_at: AT,
    currency: "USD",
    total_price: "20.00",
    line_items: [],
    ...fields,
  };
}

function order(fields: Record<string, unknown> = {}): object {
  return {
    id: 1001,
    name: "#1001",
    email: MAYA,
    phone: "+14155552671",
    checkout_token: "checkout-1",
    created_at: LATER,
    updated_at: LATER,
    currency: "USD",
    total_price: "20.00",
    line_items: [],
    ...fields,
  };
}

function customer(fields: Record<string, unknown> = {}): object {
  return { id: 77, email: MAYA, phone: null, created_at: AT, updated_at: AT, ...fields };
}

function attributesOf(who: string): Record<string, unknown> | null {
  const people = pipeline.customerio.control.snapshot().people;
  const person = people.find(({ email, id }) => email === who || id === who);
  return person ? person.attributes : null;
}

/** How many of the profiles say these numbers may be texted, or hold one at all. */
function profilesWithPhone(): string[] {
  return pipeline.customerio.control
    .snapshot()
    .people.filter(({ attributes }) => attributes["phone"] !== undefined)
    .map(({ email, id }) => email ?? id ?? "nobody");
}

function eventsNamed(name: string): unknown[] {
  return pipeline.customerio.control.snapshot().events.filter((event) => event.name === name);
}

async function hear(...sendings: { topic: string; body: object }[]): Promise<void> {
  for (const sending of sendings) expect(await pipeline.send(sending)).toBe(200);
  await pipeline.settle();
}

async function countRows(table: string): Promise<number> {
  const { rows } = await pipeline.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table}`,
  );
  return rows[0]?.n ?? 0;
}

describe("what a shop tells becomes a true profile", () => {
  test("a ticked checkout and its order: number, consent, eligibility and one event", async () => {
    const ticked = { buyer_accepts_sms_marketing: true, sms_marketing_phone: "(415) 555-2671" };
    await hear(
      { topic: "checkouts/create", body: checkout(ticked) },
      { topic: "orders/create", body: order() },
      { topic: "orders/paid", body: order() },
    );
    expect(attributesOf(MAYA)).toMatchObject({
      phone: "+14155552671",
      phone_source: "checkout_consent",
      sms_consent: true,
      sms_eligible: true,
      sms_marketing_phone: "+14155552671",
      orders_count: 1,
    });
    expect(eventsNamed("order_placed")).toHaveLength(1);
  });

  test("every body Shopify shows for a topic we hear is applied or settled, none is a dead letter", async () => {
    const samples = readSamples();
    expect(new Set(samples.map(({ topic }) => topic))).toEqual(new Set(allTopics()));
    const leaving = new Set(["app/uninstalled", "shop/redact"]);
    for (const { topic, body } of samples.filter((sample) => !leaving.has(sample.topic))) {
      expect([topic, await pipeline.send({ topic, body })]).toEqual([topic, 200]);
    }
    await pipeline.settle();
    const letters = await pipeline.pool.query("SELECT topic, reason, detail FROM dead_letter");
    expect(letters.rows).toEqual([]);
    expect(await readLedger(pipeline.pool, SHOP)).toMatchObject({ lost: [], dead: 0, pending: 0 });

    const leaves = samples.find(({ topic }) => topic === "app/uninstalled");
    expect(await pipeline.send({ topic: "app/uninstalled", body: leaves?.body ?? "" })).toBe(200);
    await pipeline.settle();
    expect(await countRows("dead_letter")).toBe(0);
    expect(await countRows("shop WHERE uninstalled_at IS NOT NULL AND credentials IS NULL")).toBe(
      1,
    );
    const erase = samples.find(({ topic }) => topic === "shop/redact");
    expect(await pipeline.send({ topic: "shop/redact", body: erase?.body ?? "" })).toBe(200);
    await pipeline.settle();
    expect(await countRows("shop")).toBe(0);
    expect(await countRows("message")).toBe(0);
  });

  test("a repeated webhook is one message, and a replay under another id changes nothing", async () => {
    const body = checkout();
    for (const webhookId of ["w-1", "w-1", "w-2"]) {
      expect(await pipeline.send({ topic: "checkouts/create", body, webhookId })).toBe(200);
    }
    await pipeline.settle();
    expect(await countRows("message")).toBe(2);
    expect(await countRows("observation")).toBe(1);
    expect(await countRows("person")).toBe(1);
  });

  test("a shop nobody installed is heard, and kept as dead letters", async () => {
    const shop = "stranger.myshopify.com";
    expect(await pipeline.send({ topic: "orders/create", body: order(), shop })).toBe(200);
    await pipeline.settle(shop);
    const { rows } = await pipeline.pool.query("SELECT shop, reason FROM dead_letter");
    expect(rows).toEqual([{ shop, reason: "unknown_shop" }]);
    expect(await countRows("pending")).toBe(0);
  });
});

describe("what cannot be decided", () => {
  beforeEach(async () => {
    await hear({ topic: "orders/create", body: order() });
    // As an older version might have left it: nothing that is read today fits.
    const content = { kind: "order", order: "1001", email: MAYA, created: true };
    await pipeline.pool.query("UPDATE observation SET content = $1", [content]);
  });

  test("a person whose moment has come is put off, and no message dies of it", async () => {
    await pipeline.pool.query("UPDATE person SET next_change_at = now() - interval '1 minute'");
    const ben = {
      id: 1002,
      email: "ben@example.com",
      phone: "+12125552368",
      checkout_token: "checkout-2",
    };
    await hear({ topic: "orders/create", body: order(ben) });
    expect(attributesOf("ben@example.com")).toMatchObject({ phone: "+12125552368" });
    expect(await countRows("dead_letter")).toBe(0);
    expect(await countRows("person WHERE next_change_at > now() + interval '30 minutes'")).toBe(1);
  });

  test("a message about such a person is a dead letter, and the messages beside it are merged", async () => {
    const ben = {
      id: 1002,
      email: "ben@example.com",
      phone: "+12125552368",
      checkout_token: "checkout-2",
    };
    await hear(
      { topic: "orders/updated", body: order({ updated_at: "2026-11-20T12:00:00Z" }) },
      { topic: "orders/create", body: order(ben) },
    );
    expect(attributesOf("ben@example.com")).toMatchObject({ phone: "+12125552368" });
    const { rows } = await pipeline.pool.query("SELECT topic, reason FROM dead_letter");
    expect(rows).toEqual([{ topic: "orders/updated", reason: "cannot_merge" }]);
  });
});

describe("who a person is told under", () => {
  test("a guest who becomes a customer with the same email stays one profile", async () => {
    await hear({ topic: "orders/create", body: order() });
    await hear({ topic: "customers/create", body: customer({ phone: "+14155552671" }) });
    await hear({
      topic: "orders/updated",
      body: order({ customer: customer(), updated_at: LATER }),
    });
    expect(profilesWithPhone()).toEqual([MAYA]);
    expect(attributesOf(MAYA)).toMatchObject({ shopify_customer_id: "77", orders_count: 1 });
    expect(eventsNamed("order_placed")).toHaveLength(1);
  });

  test("a checkout with nothing but a phone is held, and told under the email once it comes", async () => {
    await hear({ topic: "checkouts/create", body: checkout({ email: null }) });
    expect(pipeline.customerio.control.snapshot().people).toEqual([]);
    const held = await pipeline.pool.query(
      "SELECT address FROM person WHERE held_since IS NOT NULL",
    );
    expect(held.rows).toEqual([{ address: null }]);
    await hear({ topic: "checkouts/update", body: checkout({ updated_at: LATER }) });
    expect(profilesWithPhone()).toEqual([MAYA]);
  });

  test("told under the customer's id first and by email later: never two profiles, then one", async () => {
    await hear({
      topic: "customers/create",
      body: customer({ email: null, phone: "+14155552671" }),
    });
    expect(profilesWithPhone()).toEqual(["77"]);
    await hear({
      topic: "customers/update",
      body: customer({ phone: "+14155552671", updated_at: LATER }),
    });
    expect(profilesWithPhone()).toEqual([MAYA]);
    pipeline.advance(61_000);
    await pipeline.deliver(SHOP);
    await pipeline.settle();
    expect(pipeline.customerio.control.snapshot().people).toHaveLength(1);
    expect(attributesOf(MAYA)).toMatchObject({ phone: "+14155552671", shopify_customer_id: "77" });
  });
});

describe("a live workspace is somebody's business", () => {
  test("observe hears and decides everything, and writes nothing", async () => {
    await pipeline.pool.query("UPDATE shop SET mode = 'observe'");
    await pipeline.send({ topic: "orders/create", body: order() });
    await pipeline.merge(SHOP);
    await pipeline.deliver(SHOP);
    expect(pipeline.customerio.control.totals().requests).toBe(0);
    const people = await pipeline.pool.query("SELECT phone, told_version FROM person");
    expect(people.rows).toEqual([{ phone: "+14155552671", told_version: 0 }]);
    const items = await pipeline.pool.query("SELECT DISTINCT state FROM outbox");
    expect(items.rows).toEqual([{ state: "observed" }]);
  });

  test("test writes the people on the test list, and nobody else", async () => {
    const settings = `(settings::jsonb || '{"test_list": ["Maya@Example.com"]}')::json`;
    await pipeline.pool.query(`UPDATE shop SET mode = 'test', settings = ${settings}`);
    await pipeline.send({ topic: "orders/create", body: order() });
    await pipeline.send({
      topic: "orders/create",
      body: order({ id: 1002, email: "ben@example.com" }),
    });
    await pipeline.merge(SHOP);
    await pipeline.deliver(SHOP);
    const { people, events } = pipeline.customerio.control.snapshot();
    expect(people.map(({ email }) => email)).toEqual([MAYA]);
    expect(new Set(events.map(({ person }) => person))).toEqual(new Set([MAYA]));
  });

  test("two shops with the same shoppers never touch each other's rows or workspaces", async () => {
    const two = "two.myshopify.com";
    pipeline.customerio.control.addWorkspace({
      siteId: "site-two",
      apiKey: "key-two",
      appKey: null,
      region: "us",
      environmentId: 2,
    });
    const id = await pipeline.connect({ domain: two, siteId: "site-two", apiKey: "key-two" });
    const stop = {
      id: 77,
      phone: "+14155552671",
      sms_marketing_consent: { state: "unsubscribed", consent_updated_at: LATER },
    };
    const ticked = { buyer_accepts_sms_marketing: true, sms_marketing_phone: "+14155552671" };
    await hear({ topic: "checkouts/create", body: checkout(ticked) });
    const before = JSON.stringify(pipeline.customerio.control.snapshot());
    for (const sending of [
      { topic: "customers/create", body: customer({ phone: "+14155552671" }) },
      { topic: "customers_marketing_consent/update", body: stop },
      { topic: "customers/redact", body: { shop_domain: two, customer: { id: 77, email: MAYA } } },
    ]) {
      expect(await pipeline.send({ ...sending, shop: two })).toBe(200);
    }
    await pipeline.settle(two);
    await pipeline.settle();
    expect(JSON.stringify(pipeline.customerio.control.snapshot())).toBe(before);
    expect(attributesOf(MAYA)).toMatchObject({ sms_consent: true });
    for (const topic of ["app/uninstalled", "shop/redact"]) {
      await pipeline.send({ topic, body: { shop_domain: two }, shop: two });
    }
    await pipeline.settle(two);
    expect(await countRows(`person WHERE shop_id = ${id}`)).toBe(0);
    expect(await countRows(`observation`)).toBeGreaterThan(0);
    expect(attributesOf(MAYA)).toMatchObject({ sms_consent: true });
  });
});

test("two who turn out to be one person have their consent told once, whoever was known first", async () => {
  const number = "+14155552671";
  const now = new Date(pipeline.now()).toISOString();
  const nameless = { customer: { id: 77 }, email: null, checkout_token: null, phone: number };
  const ticked = { sms_marketing_phone: number, buyer_accepts_sms_marketing: true };
  await hear({ topic: "orders/create", body: order(nameless) });
  await hear({
    topic: "checkouts/update",
    body: checkout({ ...ticked, created_at: now, updated_at: now }),
  });
  expect(eventsNamed("sms_consent_changed")).toHaveLength(1);
  await hear({ topic: "customers/update", body: customer({ updated_at: now }) });
  expect(attributesOf(MAYA)).toMatchObject({ sms_eligible: true });
  expect(eventsNamed("sms_consent_changed")).toHaveLength(1);
});
