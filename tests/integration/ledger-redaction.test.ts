// The ledger as the pipeline keeps it: what a shopper said is recorded as it is heard, and a redaction
// leaves chains that verify and a stop that holds.
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditLedger } from "#app/db/ledger-audit.ts";
import { appendToLedger } from "#app/db/ledger.ts";
import { lastStopOf, NOTHING_KNOWN } from "#app/core/numbers/known.ts";
import { loadSaid } from "#app/db/numbers-known.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

const AT = "2026-11-20T10:00:00Z";
const STOPPED_AT = "2026-11-20T11:00:00Z";
const NUMBER = "+14155552671";
const ADA = { id: 77, email: "ada@example.com", phone: NUMBER, created_at: AT, updated_at: AT };

const told = [
  { topic: "customers/create", body: ADA },
  {
    topic: "checkouts/create",
    body: {
      token: "T1",
      email: ADA.email,
      created_at: AT,
      updated_at: AT,
      line_items: [],
      buyer_accepts_sms_marketing: true,
      sms_marketing_phone: NUMBER,
    },
  },
  {
    topic: "customers_marketing_consent/update",
    body: {
      id: 77,
      phone: NUMBER,
      sms_marketing_consent: { state: "unsubscribed", consent_updated_at: STOPPED_AT },
    },
  },
];

async function hear(topic: string, body: object): Promise<void> {
  expect(await pipeline.send({ topic, body })).toBe(200);
  await pipeline.settle();
}

function redact({ id, email, phone }: typeof ADA): Promise<void> {
  const customer = { id, email, phone };
  return hear("customers/redact", { shop_domain: SHOP, customer, orders_to_redact: [] });
}

async function findShop() {
  const shop = await loadWorkingShop(pipeline.pool, SHOP);
  if (!shop) throw new Error("expected the shop");
  return shop;
}

async function look() {
  const shop = await findShop();
  const { rows } = await pipeline.pool.query(
    "SELECT encode(id, 'hex') AS id, kind, e164, identity, document FROM consent_entry ORDER BY id",
  );
  return {
    rows,
    audit: await auditLedger(pipeline.pool, shop.id, shop.salt),
    stopAt: lastStopOf(NUMBER, {
      ...NOTHING_KNOWN,
      said: await loadSaid(pipeline.pool, shop.id, shop.salt, [NUMBER]),
    }),
  };
}

test("what was said is recorded once, however often it is told, in chains that verify", async () => {
  for (const { topic, body } of told) await hear(topic, body);
  const first = await look();
  expect(first.rows.map(({ kind }) => kind).sort()).toEqual(["grant", "stop"]);
  for (const { topic, body } of [...told].reverse()) await hear(topic, body);
  expect(await look()).toEqual(first);
  expect(first.audit).toEqual({ chains: 1, entries: 2, erased: 0, broken: [] });
});

test("a redaction takes the content, and leaves the chains whole and the stop standing (story 21)", async () => {
  for (const { topic, body } of told) await hear(topic, body);
  await redact(ADA);
  const { rows, audit, stopAt } = await look();
  const nothing = { e164: null, identity: null, document: null };
  expect(
    rows.map(({ kind, e164, identity, document }) => ({ kind, e164, identity, document })),
  ).toEqual(
    expect.arrayContaining([
      { kind: "erased", ...nothing },
      { kind: "stop", ...nothing },
    ]),
  );
  expect(audit).toEqual({ chains: 1, entries: 2, erased: 2, broken: [] });
  expect(stopAt).toBe(Date.parse(STOPPED_AT));
  await hear("checkouts/create", { ...told[1]?.body, token: "T2", email: "new@example.com" });
  expect((await look()).audit).toMatchObject({ erased: 2, broken: [] });
});

test("what was texted from a number goes with the last shopper who has it, and of its stop the time remains", async () => {
  const ben = { ...ADA, id: 78, email: "ben@example.com" };
  await hear("customers/create", ADA);
  await hear("customers/create", ben);
  const shop = await findShop();
  const stop = {
    kind: "stop",
    number: NUMBER,
    at: Date.parse(STOPPED_AT),
    source: "text",
    document: "text:SM1",
    identity: "number:text",
    level: null,
    purposes: [],
    disclosure: null,
    evidence: {},
  };
  await appendToLedger(pipeline.pool, shop.id, shop.salt, [stop]);
  await redact(ADA);
  expect(await look()).toMatchObject({ rows: [{ e164: NUMBER }], audit: { erased: 0 } });
  await redact(ben);
  const { rows, audit } = await look();
  expect(rows).toMatchObject([{ kind: "stop", e164: null, document: null }]);
  expect(audit).toEqual({ chains: 1, entries: 1, erased: 1, broken: [] });
});
