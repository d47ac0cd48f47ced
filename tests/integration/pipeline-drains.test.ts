// BullMQ excludes nothing, so nothing relies on it: two drains of one shop at once, two worker
// processes, a process asked to leave in the middle, on both backends of the queue, all end as one.
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { createMerge } from "#app/pipeline/merge/create-merge.ts";
import { startCustomerio } from "../../simulator/customerio/start-customerio.ts";
import { crowd } from "../../simulator/scenarios/crowd.ts";
import { createDeliverer } from "../../simulator/shopify/deliver.ts";
import { choosePort, startAppProcess, type AppProcess } from "../support/app-process.ts";
import {
  comparable,
  contradictions,
  differences,
  type Comparable,
} from "../support/compare-workspaces.ts";
import { connectShop, ENCRYPTION_KEY, SECRET } from "../support/connected-shop.ts";
import { describeWith } from "../support/describe-with.ts";
import { readLedger } from "../support/ledger.ts";
import { SHOP, startPipeline, WORKSPACE } from "../support/pipeline.ts";
import { countUndone, isQuiet } from "../support/quiet.ts";
import { startRedis } from "../support/redis.ts";
import { silentLog } from "../support/silent-log.ts";
import { testDatabase } from "../support/test-database.ts";
import { waitFor } from "../support/wait-for.ts";

const MESSAGES = 2_000;
const WITHIN_MS = 50_000;
const webhooks = crowd({ webhooks: MESSAGES, people: 300, shop: SHOP, seed: 21 });
let alone: Comparable;
let ending: (() => Promise<unknown>)[];

beforeAll(async () => {
  alone = await drainWith(1);
});
beforeEach(() => {
  ending = [];
});
afterEach(async () => {
  for (const end of ending.toReversed()) await end();
});

/** Merges and delivers with so many workers that know nothing of each other. */
async function drainWith(workers: number): Promise<Comparable> {
  const pipeline = await startPipeline();
  try {
    const { pool, customerio } = pipeline;
    await pipeline.sendAll(webhooks);
    const work = async (): Promise<void> => {
      const merge = createMerge({ pool, wakeups: noWakeups, log: silentLog, now: Date.now });
      while ((await countUndone(pool, SHOP)).pending > 0) {
        await merge(SHOP);
        await pipeline.deliver(SHOP);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    await pipeline.settle();
    const ledger = await readLedger(pool, SHOP);
    expect(ledger).toMatchObject({
      received: MESSAGES,
      applied: MESSAGES,
      dead: 0,
      pending: 0,
      lost: [],
    });
    expect(contradictions(customerio.control.workspace())).toEqual([]);
    return comparable(customerio.control.snapshot());
  } finally {
    await pipeline.close();
  }
}

const noWakeups = {
  wake: () => undefined,
  counts: () => ({ asked: 0, sent: 0, failed: 0 }),
  close: () => Promise.resolve(),
};

test("two drains of one shop at once end as one", async () => {
  expect(differences(alone, await drainWith(2))).toEqual([]);
});

describe("with its queue on PostgreSQL", () => behavesAcrossProcesses(() => Promise.resolve(null)));

describeWith("redis", "with its queue on Redis", () => {
  behavesAcrossProcesses(async () => {
    const redis = await startRedis(inject("services").tools.redis ?? "");
    ending.push(() => redis.stop());
    return redis.url;
  });
});

function behavesAcrossProcesses(startQueue: () => Promise<string | null>): void {
  async function startSystem() {
    const database = await testDatabase();
    ending.push(database.drop);
    const redisUrl = await startQueue();
    const customerio = await startCustomerio({ ...WORKSPACE, roundTripMs: 20 });
    ending.push(() => customerio.close());
    await connectShop(database.url, { domain: SHOP, ...WORKSPACE });
    const port = await choosePort();
    const start = (role: string): AppProcess => {
      const app = startAppProcess({
        DATABASE_URL: database.url,
        ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
        CUSTOMERIO_TRACK_URL: customerio.url,
        SHOPIFY_API_SECRET: SECRET,
        ENCRYPTION_KEY,
        PORT: String(port),
        RINGTRUE_ROLE: role,
      });
      ending.push(() => app.kill());
      return app;
    };
    const web = start("web");
    await web.ready;
    const deliverer = createDeliverer({
      appUrl: `http://127.0.0.1:${port}`,
      secret: SECRET,
      msPerRetrySecond: 3,
    });
    ending.push(() => Promise.resolve(deliverer.close()));
    return { database, customerio, web, deliverer, startWorker: () => start("worker") };
  }

  test("two worker processes end as one, and one of them may leave in the middle", async () => {
    const { database, customerio, web, deliverer, startWorker } = await startSystem();
    const leaving = startWorker();
    for (const webhook of webhooks) deliverer.send(webhook);
    await deliverer.idle();
    const staying = startWorker();
    await waitFor(
      "people are told",
      () => customerio.control.snapshot().people.length > 20,
      WITHIN_MS,
    );
    expect(await leaving.stop()).toBe(0);
    await waitFor("the shop is quiet", () => isQuiet(database.pool, SHOP), WITHIN_MS);
    expect(differences(alone, comparable(customerio.control.snapshot()))).toEqual([]);
    expect(await staying.stop()).toBe(0);
    expect(await web.stop()).toBe(0);
    const holders = await database.pool.query(
      "SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ANY('{7101,7102}')",
    );
    expect(holders.rowCount).toBe(0);
  });

  test("a web process asked to leave has stored all it acknowledged, and refuses the rest", async () => {
    const { database, web, deliverer } = await startSystem();
    for (const webhook of webhooks) deliverer.send(webhook);
    const acknowledged = (): Set<string> =>
      new Set(
        deliverer.ledger
          .entries()
          .flatMap(({ state, webhookId }) => (state === "acknowledged" ? [webhookId] : [])),
      );
    await waitFor("some are acknowledged", () => acknowledged().size > 200, WITHIN_MS);
    expect(await web.stop()).toBe(0);
    deliverer.close();
    const { webhookIds } = await readLedger(database.pool, SHOP);
    expect([...acknowledged()].filter((id) => !webhookIds.has(id))).toEqual([]);
  });
}
