// The consent ledger on a real database: what is appended, what the table refuses, what the audit finds,
// and what an erasure leaves.
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ConsentRecord } from "#app/core/consent/chain.ts";
import { eraseShop, eraseShopper } from "#app/db/erasure.ts";
import { auditLedger } from "#app/db/ledger-audit.ts";
import { appendToLedger, digestOf } from "#app/db/ledger.ts";
import type { Queryable } from "#app/db/queryable.ts";
import { BEGIN_WORK } from "#app/db/work-transaction.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { connectShop } from "../support/connected-shop.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

const A = "+14155552671";
const B = "+14155552672";
const AT = Date.parse("2026-11-20T10:00:00Z");
const ADA = "customer:1";
const BEN = "customer:2";

let database: TestDatabase;
let pool: pg.Pool;
let one: WorkingShop;
let two: WorkingShop;

beforeAll(async () => {
  database = await testDatabase();
  pool = database.pool;
});
beforeEach(async () => {
  await pool.query("TRUNCATE consent_entry, shop RESTART IDENTITY");
  one = await shop("one.myshopify.com");
  two = await shop("two.myshopify.com");
});
afterAll(() => database.drop());

async function shop(domain: string): Promise<WorkingShop> {
  await connectShop(database.url, { domain, siteId: domain, apiKey: "key" });
  const found = await loadWorkingShop(pool, domain);
  if (!found) throw new Error("expected the shop");
  return found;
}

function act(kind: string, number: string | null, more: Partial<ConsentRecord> = {}) {
  return {
    kind,
    number,
    at: AT,
    source: "checkout",
    document: "checkout:T1",
    identity: ADA,
    level: "single_opt_in",
    purposes: ["marketing", "cart_reminders"],
    disclosure: "2026-11",
    evidence: { page: "https://one.example/checkout", ip: "192.0.2.7" },
    ...more,
  };
}

const GRANT = act("grant", A);
const STOP = act("stop", A, { at: AT + 1, document: "consent:1" });
const OTHERS = act("grant", A, { at: AT + 2, document: "checkout:T2", identity: BEN });
const NAMELESS = act("stop", null, { at: AT + 3, document: "consent:1" });

/** As the workers do it: in a transaction that reads by index only. */
async function inWork<Result>(work: (client: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN_WORK);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } finally {
    client.release(true);
  }
}

const append = (records: readonly ConsentRecord[], to = one): Promise<void> =>
  inWork((client) => appendToLedger(client, to.id, to.salt, records));
const audit = (of = one, pageRows?: number) => auditLedger(pool, of.id, of.salt, pageRows);
const chainOf = (subject: string): string => digestOf(one.salt, subject);

/** With the table's own guards off, which only its owner can do. */
async function tamper(...statements: string[]): Promise<void> {
  await pool.query("ALTER TABLE consent_entry DISABLE TRIGGER USER");
  for (const statement of statements) await pool.query(statement);
  await pool.query("ALTER TABLE consent_entry ENABLE TRIGGER USER");
}

describe("appending", () => {
  test("an act told again, in one batch or a later one, is one entry, and every chain is whole", async () => {
    await append([GRANT, GRANT, NAMELESS]);
    await append([GRANT, STOP, { ...GRANT, identity: BEN, evidence: {} }]);
    const { rows } = await pool.query(
      "SELECT seq, kind, identity, encode(digest, 'hex') AS chain FROM consent_entry ORDER BY at",
    );
    expect(rows).toEqual([
      { seq: 1, kind: "grant", identity: ADA, chain: chainOf(A) },
      { seq: 2, kind: "stop", identity: ADA, chain: chainOf(A) },
      { seq: 1, kind: "stop", identity: ADA, chain: chainOf(ADA) },
    ]);
    expect(await audit()).toEqual({ chains: 2, entries: 3, erased: 0, broken: [] });
  });

  test("purposes, wording and evidence are kept as they were said, to the letter", async () => {
    const evidence = {
      agent: `"Mozilla"\\ \n\t' 🦆 \u0000 \ud800 \u2028`,
      "": "",
      __proto__x: "{}",
    };
    const records = [
      act("grant", A, { evidence, purposes: ['a"b', "c,d", "", "NULL", "{}", "\n"] }),
      act("grant", B, { evidence: {}, purposes: [], disclosure: null, level: null }),
    ];
    await append(records);
    const { rows } = await pool.query(
      "SELECT purposes, disclosure, level, evidence FROM consent_entry ORDER BY e164",
    );
    expect(rows).toEqual(
      records.map(({ purposes, disclosure, level, evidence: said }) => ({
        purposes,
        disclosure,
        level,
        evidence: said,
      })),
    );
    expect((await audit()).broken).toEqual([]);
  });

  test("costs nothing when there is nothing, one query when nothing is new, two otherwise, and one more to count a stop", async () => {
    let asked = 0;
    const count = (records: readonly ConsentRecord[]): Promise<number> =>
      inWork(async (client) => {
        const query: Queryable["query"] = new Proxy(client.query, {
          apply: (target, _self, values) => {
            asked += 1;
            return Reflect.apply(target, client, values);
          },
        });
        asked = 0;
        await appendToLedger({ query }, one.id, one.salt, records);
        return asked;
      });
    expect(await count([])).toBe(0);
    expect(await count([GRANT])).toBe(2);
    expect(await count([GRANT, STOP, OTHERS])).toBe(3);
    expect(await count([GRANT, STOP, OTHERS])).toBe(1);
  });

  test("two shops with the same act keep it apart, under names that cannot be compared", async () => {
    await append([GRANT, STOP]);
    await append([GRANT], two);
    const { rows } = await pool.query(
      `SELECT count(DISTINCT id)::int AS ids, count(DISTINCT digest)::int AS digests,
              count(DISTINCT content_digest)::int AS contents FROM consent_entry`,
    );
    expect(rows).toEqual([{ ids: 3, digests: 2, contents: 3 }]);
    expect(await audit()).toMatchObject({ entries: 2, broken: [] });
    expect(await audit(two)).toMatchObject({ entries: 1, broken: [] });
  });

  test("a second writer who did not see the first is refused, and the chain stays whole", async () => {
    await append([GRANT]);
    const blind = await pool.connect();
    await blind.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM consent_entry");
    await append([STOP]);
    await expect(appendToLedger(blind, one.id, one.salt, [OTHERS])).rejects.toMatchObject({
      code: "23505",
    });
    await blind.query("ROLLBACK");
    blind.release();
    await append([OTHERS]);
    expect(await audit()).toEqual({ chains: 1, entries: 3, erased: 0, broken: [] });
  });
});

describe("the table", () => {
  beforeEach(() => append([GRANT, STOP]));

  test.each([
    ["a content changed", "UPDATE consent_entry SET e164 = '+14155550000'"],
    ["a time changed", "UPDATE consent_entry SET at = at - interval '1 day'"],
    ["a salt destroyed alone", "UPDATE consent_entry SET salt = NULL"],
    ["an entry deleted", "DELETE FROM consent_entry WHERE kind = 'stop'"],
  ])("refuses %s", async (_what, statement) => {
    await expect(pool.query(statement)).rejects.toThrow("the consent ledger only grows");
    await expect(inWork((client) => client.query(statement))).rejects.toThrow("only grows");
    expect(await audit()).toEqual({ chains: 1, entries: 2, erased: 0, broken: [] });
  });

  const ERASURE = `UPDATE consent_entry SET kind = CASE kind WHEN 'stop' THEN kind ELSE 'erased' END,
    at = CASE kind WHEN 'stop' THEN at END, e164 = NULL, source = NULL, document = NULL, identity = NULL,
    level = NULL, purposes = '{}', disclosure = NULL, evidence = '{}', salt = NULL`;
  const DELETION = "DELETE FROM consent_entry";
  const perform = (setting: string, statement: string): Promise<unknown> =>
    inWork(async (client) => {
      await client.query(`SET LOCAL ringtrue.erasing = '${setting}'`);
      return client.query(statement);
    });

  const without = (part: string, more: string): string => ERASURE.replace(part, more);

  test.each([
    ["to change something else", "shopper 1", "UPDATE consent_entry SET at = now()"],
    ["to destroy the salt alone", "shopper 1", "UPDATE consent_entry SET salt = NULL"],
    ["to leave the number", "shopper 1", without("e164 = NULL, ", "")],
    ["to leave the identity", "shopper 1", without("identity = NULL,", "")],
    ["to leave the evidence", "shopper 1", without("evidence = '{}', ", "")],
    ["to leave what was done", "shopper 1", without("ELSE 'erased'", "ELSE kind")],
    [
      "to unmake a stop",
      "shopper 1",
      without("WHEN 'stop' THEN kind", "WHEN 'stop' THEN 'erased'"),
    ],
    ["to move a stop", "shopper 1", without("THEN at END", "THEN now() END")],
    ["to change a link", "shopper 1", `${ERASURE}, hash = previous_hash`],
    ["to change what is linked to", "shopper 1", `${ERASURE}, previous_hash = hash`],
    ["to change the digest", "shopper 1", `${ERASURE}, content_digest = hash`],
    ["to change the chain", "shopper 1", `${ERASURE}, digest = hash`],
    ["to change the place", "shopper 1", `${ERASURE}, seq = seq + 10`],
    ["to change the name", "shopper 1", `${ERASURE}, id = hash`],
    ["to change the shop", "shopper 1", `${ERASURE}, shop_id = 2`],
    [
      "to change the record's time",
      "shopper 1",
      `${ERASURE}, recorded_at = now() - interval '1 y'`,
    ],
    ["to delete", "shopper 1", DELETION],
    ["to erase in another shop", "shopper 2", ERASURE],
    ["to change an entry", "shop 1", ERASURE],
    ["to delete another shop's", "shop 2", DELETION],
    ["to delete whose he does not say", "shop ", DELETION],
  ])("refuses %s to one who erases a %s", async (_what, setting, statement) => {
    await expect(perform(setting, statement)).rejects.toMatchObject({
      code: expect.stringMatching(/^(23001|23514)$/),
    });
    expect(await audit()).toEqual({ chains: 1, entries: 2, erased: 0, broken: [] });
  });

  test("permits who erases a shopper, then a shop, exactly that", async () => {
    await perform("shopper 1", ERASURE);
    expect(await audit()).toEqual({ chains: 1, entries: 2, erased: 2, broken: [] });
    await perform("shop 1", DELETION);
    expect(await audit()).toEqual({ chains: 0, entries: 0, erased: 0, broken: [] });
  });
});

describe("the audit", () => {
  const long = Array.from({ length: 9 }, (_, n) => act("grant", A, { at: AT + n }));

  test("reads page by page what one page doesn't hold, and tells each broken chain once", async () => {
    await append([...long, act("grant", B), NAMELESS]);
    for (const pageRows of [1, 2, 3, 11, 12]) {
      expect(await audit(one, pageRows)).toEqual({ chains: 3, entries: 11, erased: 0, broken: [] });
    }
    await tamper("UPDATE consent_entry SET e164 = '+14155550000' WHERE seq IN (4, 6)");
    for (const pageRows of [1, 2, 3, 11, 12]) {
      expect(await audit(one, pageRows)).toEqual({
        chains: 3,
        entries: 11,
        erased: 0,
        broken: [{ chain: chainOf(A), seq: 4, why: "content_changed" }],
      });
    }
  });

  test.each([
    ["at = at + interval '1 ms'", "content_changed"],
    ["at = 'infinity'", "content_changed"],
    ["kind = 'grant '", "content_changed"],
    ["e164 = NULL", "content_changed"],
    ["identity = 'customer:3'", "content_changed"],
    ["document = ''", "content_changed"],
    ["source = 'form'", "content_changed"],
    ["level = NULL", "content_changed"],
    ["purposes = NULL", "content_changed"],
    ["purposes = array_append(purposes, 'transactional')", "content_changed"],
    ["disclosure = '2026-10'", "content_changed"],
    [`evidence = '{"page":"https://one.example/checkout","ip":7}'`, "content_changed"],
    ["salt = decode('00', 'hex')", "content_changed"],
    ["content_digest = hash", "content_changed"],
    ["hash = content_digest", "link_changed"],
    ["recorded_at = recorded_at - interval '1 s'", "link_changed"],
    ["previous_hash = hash", "not_linked"],
    ["seq = 77", "not_next"],
  ])("finds with the guards off that somebody set %s", async (change, why) => {
    await append(long.slice(0, 3));
    await tamper(`UPDATE consent_entry SET ${change} WHERE seq = 2`);
    const seq = change === "seq = 77" ? 3 : 2;
    expect(await audit()).toMatchObject({ broken: [{ chain: chainOf(A), seq, why }] });
  });

  test("finds an entry deleted, and two that changed places", async () => {
    await append(long.slice(0, 5));
    await tamper(
      "DELETE FROM consent_entry WHERE seq = 2",
      "UPDATE consent_entry SET seq = seq - 1 WHERE seq > 2",
    );
    expect(await audit()).toMatchObject({ broken: [{ seq: 2, why: "not_linked" }] });
    await tamper("DELETE FROM consent_entry");
    await append(long.slice(0, 5));
    await tamper(
      "UPDATE consent_entry SET seq = 99 WHERE seq = 3",
      "UPDATE consent_entry SET seq = 3 WHERE seq = 4",
      "UPDATE consent_entry SET seq = 4 WHERE seq = 99",
    );
    expect(await audit()).toMatchObject({ broken: [{ seq: 3, why: "not_linked" }] });
  });

  test("finds a chain that was carried over to another number", async () => {
    await append([GRANT, STOP]);
    await tamper(`UPDATE consent_entry SET digest = decode('${chainOf(B)}', 'hex')`);
    expect(await audit()).toMatchObject({ broken: [{ chain: chainOf(B), seq: 1 }] });
  });
});

describe("an erasure", () => {
  const erase = (identities: string[]): Promise<void> =>
    inWork((client) => eraseShopper(client, one, identities));

  beforeEach(() => append([GRANT, STOP, OTHERS, NAMELESS]));

  test("destroys content and salt of the shopper's entries, and every chain still verifies", async () => {
    await erase([ADA, "checkout:T1", "consent:1"]);
    const { rows } = await pool.query(
      `SELECT kind, at, e164, source, document, identity, level, purposes, disclosure, evidence, salt
       FROM consent_entry WHERE salt IS NULL ORDER BY at NULLS FIRST`,
    );
    const nothing = {
      e164: null,
      source: null,
      document: null,
      identity: null,
      level: null,
      purposes: [],
      disclosure: null,
      evidence: {},
      salt: null,
    };
    expect(rows).toEqual([
      { ...nothing, kind: "erased", at: null },
      { ...nothing, kind: "stop", at: new Date(STOP.at) },
      { ...nothing, kind: "stop", at: new Date(NAMELESS.at) },
    ]);
    expect(await audit()).toEqual({ chains: 2, entries: 4, erased: 3, broken: [] });
  });

  test("leaves what others said of the number", async () => {
    await erase([ADA]);
    const { rows } = await pool.query("SELECT identity FROM consent_entry WHERE e164 = $1", [A]);
    expect(rows).toEqual([{ identity: BEN }]);
  });

  test("goes by the document, too, whoever was known to have acted when it was recorded", async () => {
    await erase([BEN, "checkout:T1"]);
    const { rows } = await pool.query("SELECT kind FROM consent_entry WHERE salt IS NULL");
    expect(rows).toEqual([{ kind: "erased" }, { kind: "erased" }]);
  });

  test("is followed by new entries in the same chain; what was erased and is told again stays erased", async () => {
    await erase([ADA]);
    await append([GRANT, act("grant", A, { at: AT + 9, document: "checkout:T9" })]);
    expect(await audit()).toEqual({ chains: 2, entries: 5, erased: 3, broken: [] });
  });

  test("hides no tampering: a stop that was moved or unmade afterwards is found", async () => {
    await erase([ADA, BEN]);
    await tamper("UPDATE consent_entry SET at = at - interval '1 year' WHERE seq = 2");
    expect(await audit()).toMatchObject({ broken: [{ seq: 2, why: "link_changed" }] });
    await tamper("UPDATE consent_entry SET kind = 'erased', at = NULL WHERE seq = 2");
    expect(await audit()).toMatchObject({ broken: [{ seq: 2, why: "link_changed" }] });
  });

  test("of one shop leaves nothing of it, and the other's ledger as it was", async () => {
    await append([GRANT], two);
    await inWork((client) => eraseShop(client, one));
    const { rows } = await pool.query("SELECT shop_id FROM consent_entry");
    expect(rows).toEqual([{ shop_id: two.id }]);
    expect(await audit(two)).toMatchObject({ entries: 1, broken: [] });
  });

  test("gives its permission back before the transaction goes on", async () => {
    const late = inWork(async (client) => {
      await eraseShopper(client, one, [ADA]);
      await client.query("DELETE FROM consent_entry");
    });
    await expect(late).rejects.toThrow("only grows");
    expect(await audit()).toMatchObject({ entries: 4, erased: 0 });
  });
});
