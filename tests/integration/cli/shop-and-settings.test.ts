// Connecting shops and setting their policy from the command line.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ADA, type CliBench, DOMAIN, sell, startCliBench, KEYS } from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());

describe("shop", () => {
  test("added twice it is the same shop, live, connected, and no key of it is shown", async () => {
    expect(await bench.ask("shop", "add", "ONE.myshopify.com", ...KEYS)).toMatchObject({
      domain: DOMAIN,
      added: true,
    });
    const before = await bench.pool.query("SELECT salt, live_since, settings_version FROM shop");
    expect(await bench.ask("shop", "add", DOMAIN, ...KEYS)).toMatchObject({ updated: true });
    const after = await bench.pool.query("SELECT salt, live_since, settings_version FROM shop");
    expect(after.rows).toEqual(before.rows);
    expect(await bench.ask("shop", "list")).toMatchObject([
      { domain: DOMAIN, mode: "live", connected: true },
    ]);
    const shown = await bench.run(["shop", "show", DOMAIN, "--json"]);
    expect(JSON.parse(shown.out)).toMatchObject({
      connection: { opens: true, region: "us", app_key: false, twilio_auth_token: false },
    });
    expect(shown.out).not.toContain("hush-key");
    await bench.ask("shop", "add", DOMAIN, ...KEYS, "--twilio-auth-token", "hush-token");
    const withToken = await bench.run(["shop", "show", DOMAIN, "--json"]);
    expect(JSON.parse(withToken.out)).toMatchObject({ connection: { twilio_auth_token: true } });
    expect(withToken.out).not.toContain("hush-token");
  });

  test("wrong settings are refused field by field, and nothing is stored", async () => {
    const file = await bench.settingsFile({ default_country: "XX", typo: 1 });
    const { code, out, err } = await bench.run([
      "shop",
      "add",
      DOMAIN,
      ...KEYS,
      "--settings",
      file,
    ]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trim().split("\n")).toEqual([
      "default_country: must be a two-letter ISO 3166 country code, such as US",
      "typo: is not a setting",
    ]);
    expect(await bench.ask("shop", "list")).toEqual([]);
  });

  test.each([
    [["shop", "add", DOMAIN]],
    [["shop", "add", "no-shop", ...KEYS]],
    [["shop", "add", DOMAIN, ...KEYS, "--mode", "loud"]],
    [["mode", DOMAIN, "loud"]],
    [["dead-letters", "replay", DOMAIN]],
    [["dead-letters", "replay", DOMAIN, "one"]],
    [["status"]],
    [[]],
  ])("wrong usage exits with 2: %j", async (args) => {
    const { code, out } = await bench.run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test.each([
    [["status"]],
    [["shop", "show"]],
    [["preview"]],
    [["settings", "get"]],
    [["dead-letters"]],
  ])("a shop nobody added is refused with a reason: %j", async (args) => {
    const { code, out, err } = await bench.run([...args, DOMAIN]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(`there is no shop ${DOMAIN}`);
  });

  test("removed, nothing of the shop is left", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await sell(bench);
    expect((await bench.run(["shop", "remove", DOMAIN])).code).toBe(0);
    for (const table of [
      "shop",
      "message",
      "person",
      "profile",
      "observation",
      "consent_entry",
      "outbox",
    ]) {
      expect((await bench.pool.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
    }
  });
});

describe("settings", () => {
  test("what is set is the whole policy, and every person is due to be decided anew", async () => {
    await bench.ask(
      "shop",
      "add",
      DOMAIN,
      ...KEYS,
      "--settings",
      await bench.settingsFile({ holdout_percent: 5 }),
    );
    await sell(bench);
    const outcome = await bench.ask(
      "settings",
      "set",
      DOMAIN,
      await bench.settingsFile({ phone_attribute: "never" }),
    );
    expect(outcome.changed).toEqual(["phone_attribute", "holdout_percent"]);
    expect(await bench.ask("settings", "get", DOMAIN)).toMatchObject({
      phone_attribute: "never",
      holdout_percent: 0,
    });
    const { rows } = await bench.pool.query("SELECT next_change_at <= now() AS due FROM person");
    expect(rows).toEqual([{ due: true }]);
    await bench.merge();
    const { decision } = await bench.ask("person", DOMAIN, ADA.email);
    expect(decision.attributes).not.toHaveProperty("phone");
    const stored = await bench.pool.query(
      "SELECT attributes, next_change_at FROM person JOIN profile ON person_id = id",
    );
    expect(stored.rows).toMatchObject([{ attributes: decision.attributes }]);
  });

  test("setting what is set already changes nothing", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await sell(bench);
    const before = await bench.pool.query("SELECT * FROM person");
    expect(await bench.ask("settings", "set", DOMAIN, await bench.settingsFile({}))).toMatchObject({
      changed: [],
    });
    expect((await bench.pool.query("SELECT * FROM person")).rows).toEqual(before.rows);
  });
});
