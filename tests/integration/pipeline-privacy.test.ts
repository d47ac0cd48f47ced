// What the law asks: after an erasure nothing of the shopper is left in any table, and a stop they
// once said still holds; after a shop's, nothing of the shop.
import { afterEach, beforeEach, expect, test } from "vitest";
import { expireMessages } from "#app/db/chores.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

const AT = "2026-11-20T10:00:00Z";
const EMAIL = "maya.gone@example.com";
const DIGITS = "4155552671";

const account = { id: 77, email: EMAIL, phone: `+1${DIGITS}`, created_at: AT, updated_at: AT };
const stop = {
  id: 77,
  phone: `+1${DIGITS}`,
  sms_marketing_consent: { state: "unsubscribed", consent_updated_at: "2026-11-20T11:00:00Z" },
};
const redact = {
  shop_domain: SHOP,
  customer: { id: 77, email: EMAIL, phone: `+1${DIGITS}` },
  orders_to_redact: [1001],
};

function order(id: number, email: string, customer?: object): object {
  const times = { created_at: AT, updated_at: AT };
  return {
    id,
    email,
    phone: `(415) 555-2671`,
    ...times,
    line_items: [],
    customer: customer ?? null,
  };
}

async function hear(topic: string, body: object): Promise<void> {
  expect(await pipeline.send({ topic, body })).toBe(200);
  await pipeline.settle();
}

/** Where one of the texts stands, in any column of any table: `table.column`. */
async function placesOf(texts: readonly string[]): Promise<string[]> {
  const { rows: columns } = await pipeline.pool.query<{
    table: string;
    column: string;
    type: string;
  }>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public'
       AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')
     ORDER BY 1, 2`,
  );
  const places: string[] = [];
  for (const { table, column, type } of columns) {
    const text = type === "bytea" ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const { rows } = await pipeline.pool.query(
      `SELECT FROM "${table}" WHERE ${text} ILIKE ANY($1) LIMIT 1`,
      [texts.map((each) => `%${each}%`)],
    );
    if (rows.length > 0) places.push(`${table}.${column}`);
  }
  return places;
}

test("an erasure leaves nothing of the shopper in any table", async () => {
  await hear("customers/create", account);
  await hear("orders/create", order(1001, EMAIL, account));
  await hear("customers_marketing_consent/update", stop);
  expect((await placesOf([EMAIL, DIGITS, "555-2671"])).length).toBeGreaterThan(5);
  await hear("customers/redact", redact);
  const profile = pipeline.customerio.control
    .snapshot()
    .people.find(({ email }) => email === EMAIL);
  expect(Object.keys(profile?.attributes ?? {})).toEqual(["email"]);
  // What was received is kept for days, not longer: the messages go by themselves, whatever they named.
  expect(
    (await placesOf([EMAIL, DIGITS, "555-2671"])).filter((place) => place !== "message.body"),
  ).toEqual([]);
  await pipeline.pool.query("UPDATE message SET received_at = now() - interval '26 days'");
  await expireMessages(pipeline.pool, 25);
  expect(await placesOf([EMAIL, DIGITS, "555-2671"])).toEqual([]);
  const { rows } = await pipeline.pool.query(
    "SELECT kind, done_at IS NOT NULL AS done FROM privacy_request",
  );
  expect(rows).toEqual([{ kind: "customer_redact", done: true }]);
});

test("an erasure concerns one shopper: somebody else with the same number stays", async () => {
  await hear("customers/create", account);
  await hear("orders/create", order(2002, "ben@example.com"));
  await hear("customers/redact", redact);
  const { people } = pipeline.customerio.control.snapshot();
  const ben = people.find(({ email }) => email === "ben@example.com");
  expect(ben?.attributes).toMatchObject({ phone: `+1${DIGITS}`, orders_count: 1 });
});

test("an old stop still holds for whoever comes with the number after the erasure (story 21)", async () => {
  await hear("customers/create", account);
  await hear("customers_marketing_consent/update", stop);
  await hear("customers/redact", redact);
  await hear("orders/create", order(3003, "again@example.com"));
  const { people } = pipeline.customerio.control.snapshot();
  const again = people.find(({ email }) => email === "again@example.com");
  expect(again?.attributes).toMatchObject({
    phone: `+1${DIGITS}`,
    sms_consent_status: "unsubscribed",
    sms_eligible: false,
    sms_ineligible_reason: "opted_out",
  });
});

test("an erasure that names another shop in its signed body is not carried out", async () => {
  await hear("customers/create", account);
  await hear("customers/redact", { ...redact, shop_domain: "two.myshopify.com" });
  const { rows } = await pipeline.pool.query("SELECT reason FROM dead_letter");
  expect(rows).toEqual([{ reason: "other_shop" }]);
  expect(await placesOf([EMAIL])).toContain("person.email");
});

test("a shop that uninstalls is told no more; its keys go at once, its erasure leaves nothing", async () => {
  await hear("customers/create", account);
  await hear("orders/create", order(1001, EMAIL, account));
  await hear("app/uninstalled", { id: 1, domain: SHOP, myshopify_domain: SHOP });
  const shop = await pipeline.pool.query(
    "SELECT mode, credentials, uninstalled_at IS NULL AS here FROM shop",
  );
  expect(shop.rows).toEqual([{ mode: "observe", credentials: null, here: false }]);
  const before = pipeline.customerio.control.totals().requests;
  expect(await pipeline.send({ topic: "orders/create", body: order(1002, EMAIL, account) })).toBe(
    200,
  );
  await pipeline.merge(SHOP);
  await pipeline.deliver(SHOP);
  expect(pipeline.customerio.control.totals().requests).toBe(before);
  const { rows } = await pipeline.pool.query("SELECT reason FROM dead_letter");
  expect(rows).toEqual([{ reason: "uninstalled_shop" }]);
  expect(await pipeline.send({ topic: "shop/redact", body: { shop_domain: SHOP } })).toBe(200);
  await pipeline.merge(SHOP);
  expect(await placesOf([SHOP, EMAIL, DIGITS, "555-2671"])).toEqual([]);
});

test("a shop's erasure that comes while the shop is installed is kept, and erases nothing", async () => {
  await hear("customers/create", account);
  await hear("shop/redact", { shop_domain: SHOP });
  const { rows } = await pipeline.pool.query("SELECT reason FROM dead_letter");
  expect(rows).toEqual([{ reason: "still_installed" }]);
  expect(await placesOf([EMAIL])).toContain("person.email");
});
