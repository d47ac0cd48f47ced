// A crowd of 5,000 webhooks against everything that can befall an installation: killed processes, a
// killed database, a wiped queue, a network that cuts, freezes and resets. Whatever happens, the
// simulated workspace ends as it does undisturbed, and the ledger balances to the last webhook.
// RINGTRUE_FAULT_SEED=<n> plays the moments of a failed run again.
import { beforeAll, describe, expect, test } from "vitest";
import { crowd } from "../../simulator/scenarios/crowd.ts";
import { differences, type Comparable } from "../support/compare-workspaces.ts";
import { chooseSeed, runCrowd, type Mishap } from "../support/crowd-run.ts";
import { setStage, SHOP, type Stage, type Wants } from "../support/crowd-stage.ts";
import { describeWith } from "../support/describe-with.ts";

const WITHIN_MS = 120_000;
const seed = chooseSeed();
const webhooks = crowd({ webhooks: 5_000, people: 700, shop: SHOP, seed: 11 });
let undisturbed: Comparable;

beforeAll(async () => {
  process.stderr.write(`RINGTRUE_FAULT_SEED=${seed}\n`);
  undisturbed = await play({ queue: "postgres" }, () => []);
  expect(undisturbed.people.size).toBeGreaterThan(500);
  expect(undisturbed.events.size).toBeGreaterThan(500);
});

/** Plays the crowd on a stage of its own, and answers the workspace's end state. */
async function play(
  wants: Wants,
  choose: (mishaps: Stage["mishaps"]) => Mishap[],
): Promise<Comparable> {
  const stage = await setStage(wants);
  const { pool, customerio, site } = stage;
  try {
    const mishaps = choose(stage.mishaps);
    const end = await runCrowd({
      ...{ appUrl: site.url, shop: SHOP, webhooks, pool, customerio },
      ...{ seed, mishaps, withinMs: WITHIN_MS },
    });
    for (const { fell, lastWords } of [site.web, site.worker]) {
      expect(fell(), `a process ended by itself: ${fell() === 0 ? "" : lastWords()}`).toBe(0);
    }
    return end;
  } finally {
    await stage.close();
  }
}

describe("with its queue on PostgreSQL", () => {
  test("kill -9 of web, worker and database at any moment changes nothing in the end", async () => {
    const end = await play({ queue: "postgres", ownServer: true }, (can) => [
      ...[can.killWeb, can.killWorker, can.killDatabase],
      ...[can.killWorker, can.killDatabase, can.killWeb],
    ]);
    expect(differences(undisturbed, end)).toEqual([]);
  });

  test("a queue wiped again and again changes nothing in the end", async () => {
    const end = await play({ queue: "postgres" }, (can) => Array(6).fill(can.wipeQueue));
    expect(differences(undisturbed, end)).toEqual([]);
  });

  test("a network that resets, freezes, cuts and refuses changes nothing in the end", async () => {
    const end = await play({ queue: "postgres", proxies: true }, (can) => can.network);
    expect(differences(undisturbed, end)).toEqual([]);
  });
});

describeWith("redis", "with its queue on Redis", () => {
  test("kill -9 of web and worker and a wiped queue change nothing in the end", async () => {
    const end = await play({ queue: "redis" }, (can) => [
      ...[can.killWorker, can.wipeQueue, can.killWeb],
      ...[can.wipeQueue, can.killWorker, can.wipeQueue],
    ]);
    expect(differences(undisturbed, end)).toEqual([]);
  });

  test("a network that resets, freezes, cuts and refuses changes nothing in the end", async () => {
    const end = await play({ queue: "redis", proxies: true }, (can) => can.network);
    expect(differences(undisturbed, end)).toEqual([]);
  });
});
