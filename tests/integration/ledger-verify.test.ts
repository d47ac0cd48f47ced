// `ringtrue ledger verify` as an operator runs it.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { appendToLedger } from "#app/db/ledger.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { type CliBench, DOMAIN, KEYS, startCliBench } from "../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(async () => {
  await bench.clear();
  await bench.ask("shop", "add", DOMAIN, ...KEYS);
});
afterAll(() => bench.close());

async function record(...numbers: string[]): Promise<void> {
  const shop = await loadWorkingShop(bench.pool, DOMAIN);
  if (!shop) throw new Error("expected the shop");
  const records = numbers.map((number, nth) => ({
    kind: "grant",
    number,
    at: Date.parse("2026-11-20T10:00:00Z") + nth,
    source: "checkout",
    document: "checkout:T1",
    identity: "email:ada@example.com",
    level: "single_opt_in",
    purposes: ["marketing"],
    disclosure: null,
    evidence: {},
  }));
  await appendToLedger(bench.pool, shop.id, shop.salt, records);
}

test("a ledger that is whole is counted, also an empty one", async () => {
  const nothing = { chains: 0, entries: 0, erased: 0, broken: [] };
  expect(await bench.ask("ledger", "verify", DOMAIN)).toEqual(nothing);
  await record("+14155552671", "+14155552671", "+14155552672");
  expect(await bench.ask("ledger", "verify", DOMAIN)).toEqual({
    ...nothing,
    chains: 2,
    entries: 3,
  });
  const { code, out } = await bench.run(["ledger", "verify", DOMAIN]);
  expect({ code, out }).toEqual({
    code: 0,
    out: "chains   2\nentries  3\nerased   0\nbroken   0\n",
  });
});

test("a ledger that was changed by hand is refused, with the place and what is wrong there", async () => {
  await record("+14155552671", "+14155552671", "+14155552671");
  await bench.pool.query("ALTER TABLE consent_entry DISABLE TRIGGER USER");
  await bench.pool.query("DELETE FROM consent_entry WHERE seq = 2");
  const { code, out, err } = await bench.run(["ledger", "verify", DOMAIN, "--json"]);
  const audit = JSON.parse(out);
  expect({ code, audit }).toEqual({
    code: 1,
    audit: {
      chains: 1,
      entries: 2,
      erased: 0,
      broken: [{ chain: expect.stringMatching(/^[0-9a-f]{64}$/), seq: 3, why: "not_next" }],
    },
  });
  expect(err).toContain("changed by something other than Ringtrue");
  const said = await bench.run(["ledger", "verify", DOMAIN]);
  expect(said.code).toBe(1);
  expect(said.out).toContain(`${audit.broken[0].chain}  3    entries before it are missing`);
  await bench.pool.query("ALTER TABLE consent_entry ENABLE TRIGGER USER");
});

test("of a shop that is not there nothing is said", async () => {
  const { code, out, err } = await bench.run(["ledger", "verify", "other.myshopify.com"]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("there is no shop other.myshopify.com");
});
