// What an operator sees of the profiles in a workspace, and how going live is taken back.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ADA, DOMAIN, KEYS, sell, startCliBench, type CliBench } from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(async () => {
  await bench.clear();
  await bench.ask("shop", "add", DOMAIN, ...KEYS, "--cio-app-key", "hush-app", "--mode", "observe");
  await sell(bench);
});
afterAll(() => bench.close());

/** As a look at Ada's profile, and then telling her, leave it. */
async function adaIsTold(): Promise<void> {
  await bench.pool.query(
    `INSERT INTO told (shop_id, address, person_id, names, stamp)
     SELECT shop_id, address, id, '["phone"]', 1 FROM person WHERE address IS NOT NULL`,
  );
  await bench.pool.query("UPDATE shop SET mode = 'live', live_since = now()");
}

async function adaHad(had: object): Promise<void> {
  await bench.pool.query(
    `INSERT INTO profile_seen (shop_id, address, person_id, found, had)
     SELECT shop_id, address, id, 'one', $1::json FROM person WHERE address IS NOT NULL`,
    [JSON.stringify(had)],
  );
}

test("the preview shows what would change, masked, and whose consent would turn round", async () => {
  await adaHad({ phone: "+4930901820", sms_consent: false });
  const { profiles, attributes, consents, unknown } = await bench.ask("preview", DOMAIN);
  expect(profiles).toEqual({ byEmail: 1, byId: 0, notFound: 0, foundTwice: 0, notLookedAt: 0 });
  expect(attributes.phone).toEqual({
    same: 0,
    new: 0,
    changed: 1,
    samples: [{ there: "+493*****20", told: "+141*****72" }],
  });
  expect(consents).toEqual({ lost: {}, gained: { checkout: 1 } });
  expect(unknown.join(" ")).not.toContain("have a profile");
  const { out } = await bench.run(["preview", DOMAIN]);
  expect(out).toContain("+493*****20 → +141*****72");
  expect(out).not.toContain(ADA.email);
});

test("putting back says what it would do, is done only with --yes, and then shows how far it is", async () => {
  await adaHad({});
  await adaIsTold();
  expect(await bench.run(["put-back", DOMAIN])).toMatchObject({
    code: 0,
    err: expect.stringContaining("--yes"),
  });
  const begun = await bench.run(["put-back", DOMAIN, "--yes", "--json"]);
  expect(JSON.parse(begun.out)).toEqual({
    domain: DOMAIN,
    begun: "put_back",
    before: "live",
    mode: "observe",
    total: 1,
  });
  expect(await bench.ask("put-back", DOMAIN)).toMatchObject({
    mode: "observe",
    state: "under_way",
    kind: "put_back",
    total: 1,
    would: { profiles: 1, lookedAt: 1, neverLookedAt: 0 },
  });
  expect((await bench.run(["put-back", DOMAIN, "--yes"])).code).toBe(1);
});

test("what Ringtrue wrote is cleared only by a shop that observes from then on", async () => {
  await adaIsTold();
  expect((await bench.run(["mode", DOMAIN, "test", "--clear"])).code).toBe(1);
  const { code, out } = await bench.run(["mode", DOMAIN, "observe", "--clear"]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("1 profiles to clear") });
});

test("drift is listed masked, with what to do about it", async () => {
  await bench.pool.query(
    `INSERT INTO drift (shop_id, address, person_id, reason, names)
     SELECT shop_id, address, id, 'identifier_conflict', '["email"]' FROM person WHERE address IS NOT NULL`,
  );
  const { open, profiles } = await bench.ask("drift", DOMAIN);
  expect(open).toBe(1);
  expect(profiles).toEqual([
    expect.objectContaining({
      address: "email a***@e***.com",
      reason: "identifier_conflict",
      names: ["email"],
      remedy: expect.stringContaining("another profile"),
    }),
  ]);
});
