// What the command line says of one shopper: found, decided anew, explained.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ADA,
  type CliBench,
  DOMAIN,
  order,
  sell,
  startCliBench,
  TICKED,
  KEYS,
} from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());

describe("person", () => {
  beforeEach(async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await sell(bench);
  });

  test("shows what was decided and why, found by email and by number in whatever spelling", async () => {
    const { identities, observations, decision, ledger, deliveries } = await bench.ask(
      "person",
      DOMAIN,
      ADA.email,
    );
    expect(identities).toEqual(
      expect.arrayContaining(["checkout:T1", "email:ada@example.com", "order:1"]),
    );
    expect(observations).toHaveLength(2);
    expect(decision.phone).toMatchObject({ e164: "+14155552672", source: "checkout_consent" });
    expect(decision.numbers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ number: "+14155552672", fate: "won", reason: null }),
        expect.objectContaining({ number: "+14155552671", fate: "lost", reason: "lower_group" }),
      ]),
    );
    expect(decision.eligibility.marketing).toEqual({ eligible: true, reasons: [] });
    expect(decision.eligibility.cart.reasons).toEqual(["cart_wording"]);
    expect(decision.sentences[0]).toBe(
      "The number is +14155552672: it was ticked for texts in a checkout on 2026-11-16.",
    );
    expect(ledger).toEqual([
      {
        kind: "grant",
        number: "+14155552672",
        at: "2026-11-16T10:00:00.000Z",
        askedFrom: "2026-11-16T10:00:00.000Z",
        source: "checkout",
        sourceName: "checkout",
        document: "checkout:T1",
        level: "single_opt_in",
        purposes: ["marketing"],
        disclosure: null,
        evidence: {},
        stands: true,
        doubt: null,
      },
    ]);
    expect(deliveries).toEqual([]);
    for (const who of ["ADA@example.com", "+14155552671", "415-555-2672"]) {
      expect((await bench.ask("person", DOMAIN, who)).identities).toEqual(identities);
    }
  });

  test("is decided as it is stored, attribute by attribute", async () => {
    const { decision } = await bench.ask("person", DOMAIN, ADA.email);
    const { rows } = await bench.pool.query(
      "SELECT attributes, address, version FROM person JOIN profile ON person_id = id",
    );
    expect(rows).toEqual([
      { attributes: decision.attributes, address: decision.address, version: decision.version },
    ]);
  });

  test("is found by the Shopify customer id, also by one that was merged away", async () => {
    await bench.hear("customers/update", {
      id: 42,
      email: "bo@example.com",
      updated_at: "2026-11-16T11:00:00Z",
    });
    await bench.hear("customers/update", {
      id: 41,
      email: null,
      updated_at: "2026-11-16T11:00:00Z",
    });
    await bench.hear("customers/merge", {
      admin_graphql_api_customer_kept_id: "gid://shopify/Customer/42",
      admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/41",
      status: "completed",
    });
    await bench.merge();
    const { identities } = await bench.ask("person", DOMAIN, "42");
    expect(identities).toEqual(
      expect.arrayContaining(["customer:41", "customer:42", "email:bo@example.com"]),
    );
    for (const who of ["41", "gid://shopify/Customer/42"]) {
      expect((await bench.ask("person", DOMAIN, who)).identities).toEqual(identities);
    }
  });

  test("who shares a number is named beside the one shown", async () => {
    await bench.hear(
      "orders/create",
      order(2, { email: "bo@example.com", phone: TICKED.sms_marketing_phone }),
    );
    await bench.merge();
    const { code, out, err } = await bench.run([
      "person",
      DOMAIN,
      TICKED.sms_marketing_phone,
      "--json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      decision: { anchor: "email:ada@example.com" },
      alsoMatches: ["email:bo@example.com"],
    });
    expect(err).toContain("1 more have this number");
  });

  test("for a person to read it begins with the answer", async () => {
    const { code, out } = await bench.run(["person", DOMAIN, ADA.email]);
    expect(code).toBe(0);
    expect(out).toContain("may be texted  yes");
    expect(out).toContain("May be sent marketing texts.");
  });

  test.each(["nobody@example.com", "+14155550000", "77", "nonsense"])(
    "nobody matches %s: refused with a reason",
    async (who) => {
      const { code, out, err } = await bench.run(["person", DOMAIN, who, "--json"]);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain("nobody");
    },
  );
});
