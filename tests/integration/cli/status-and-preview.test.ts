// The counts an operator reads, against a database whose content is known.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ADA,
  checkout,
  type CliBench,
  DOMAIN,
  order,
  sell,
  startCliBench,
  KEYS,
} from "../../support/cli-bench.ts";

let bench: CliBench;

beforeAll(async () => {
  bench = await startCliBench();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());

describe("status", () => {
  test("counts what is still to be read, then what is still to be told", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await bench.hear("orders/create", order(1, ADA));
    expect(await bench.ask("status", DOMAIN)).toMatchObject({
      inboxPending: 1,
      outboxPending: 0,
      mode: "live",
    });
    await bench.merge();
    // The person and its order_placed.
    expect(await bench.ask("status", DOMAIN)).toMatchObject({
      inboxPending: 0,
      outboxPending: 2,
      oldestPendingMs: 0,
    });
  });

  test("while observing, and off the test list, nothing is pending", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await bench.hear("orders/create", order(1, ADA));
    await bench.merge();
    await bench.ask("mode", DOMAIN, "observe");
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 0, mode: "observe" });
    const list = await bench.settingsFile({ test_list: ["Ada@example.com"] });
    expect((await bench.run(["mode", DOMAIN, "test"])).err).toContain("test list is empty");
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 0, mode: "test" });
    await bench.ask("settings", "set", DOMAIN, list);
    await bench.merge();
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 2, mode: "test" });
  });

  test("a quiet period is scheduled, and a shopper without a name is held", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS);
    await bench.hear("checkouts/create", checkout("T1", { email: ADA.email }));
    await bench.hear("checkouts/create", checkout("T2", { phone: "+14155552673" }));
    await bench.merge();
    expect(await bench.ask("status", DOMAIN)).toMatchObject({
      scheduled: 2,
      held: 1,
      outboxPending: 1,
    });
  });

  test("a person whose moment has come, but who was not looked at yet, is pending", async () => {
    await bench.ask("shop", "add", DOMAIN, ...KEYS, "--mode", "observe");
    await sell(bench);
    await bench.pool.query("UPDATE person SET next_change_at = now()");
    expect(await bench.ask("status", DOMAIN)).toMatchObject({ outboxPending: 1, scheduled: 0 });
  });
});

test("going live is previewed: whom it would tell, and what it cannot know", async () => {
  await bench.ask("shop", "add", DOMAIN, ...KEYS, "--mode", "observe");
  await sell(bench);
  await bench.hear("checkouts/create", checkout("T2", { phone: "+14155552673" }));
  await bench.hear("customers_marketing_consent/update", {
    id: 7,
    phone: "+14155552674",
    email: null,
    sms_marketing_consent: { state: "unsubscribed", consent_updated_at: "2026-11-16T10:00:00Z" },
  });
  await bench.merge();
  const { people, events, stopsKnown, unknown } = await bench.ask("preview", DOMAIN);
  expect(people).toEqual({ first: 1, again: 0, withdrawn: 0, unchanged: 0, held: 2, eligible: 1 });
  expect(events).toEqual({ observed: 1, pending: 0 });
  expect(stopsKnown).toBe(1);
  expect(unknown.join(" ")).toContain("stops that only Customer.io or the carrier knows");
});
