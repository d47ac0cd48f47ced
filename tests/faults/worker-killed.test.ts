// A worker that dies in the middle of something holds nothing up: the locks die with it, what it was
// doing is undone or done again, and the next one goes on.
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import { crowd } from "../../simulator/scenarios/crowd.ts";
import { createDeliverer } from "../../simulator/shopify/deliver.ts";
import { choosePort } from "../support/app-process.ts";
import { connectShop, SECRET } from "../support/connected-shop.ts";
import { describeWith } from "../support/describe-with.ts";
import { readLedger } from "../support/ledger.ts";
import { isQuiet } from "../support/quiet.ts";
import { startRedis } from "../support/redis.ts";
import { startSite, type Site } from "../support/site.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";
import { waitFor } from "../support/wait-for.ts";

const SHOP = "killed.myshopify.com";
const WORKSPACE = { siteId: "killed", apiKey: "killed" };
const MESSAGES = 400;
const webhooks = crowd({ webhooks: MESSAGES, people: 80, shop: SHOP, seed: 3 });

let database: TestDatabase;
let customerio: RunningCustomerio;
let site: Site;
let ending: (() => Promise<unknown>)[];

beforeEach(() => {
  ending = [];
});
afterEach(async () => {
  for (const end of ending.toReversed()) await end();
});

describe("with its queue on PostgreSQL", () => movesAgain(() => Promise.resolve(null)));

describeWith("redis", "with its queue on Redis", () => {
  movesAgain(async () => {
    const redis = await startRedis(inject("services").tools.redis ?? "");
    ending.push(() => redis.stop());
    return redis.url;
  });
});

function movesAgain(startQueue: () => Promise<string | null>): void {
  beforeEach(async () => {
    database = await testDatabase();
    ending.push(database.drop);
    customerio = await startCustomerio(WORKSPACE);
    ending.push(() => customerio.close());
    await connectShop(database.url, { domain: SHOP, ...WORKSPACE });
    const port = await choosePort();
    site = startSite({
      databaseUrl: database.url,
      redisUrl: await startQueue(),
      trackUrl: customerio.url,
      port,
    });
    ending.push(() => site.stop());
    await site.web.ready();
  });

  test("killed in the middle of a merge, its shop moves again and nothing is missing", async () => {
    const client = await database.pool.connect();
    ending.push(() => Promise.resolve(client.release(true)));
    // Merge alone writes observations: nobody else waits with it, the sweeper least of all.
    await client.query("BEGIN; LOCK TABLE observation IN ACCESS EXCLUSIVE MODE");
    await deliverAll();
    await waitFor("a merge has begun and waits", () => isMergeWaiting());
    await site.worker.kill();
    await client.query("ROLLBACK");
    await expectAllDone();
  });

  test("killed while Customer.io works on its request, its shop moves again and tells all once", async () => {
    customerio.control.plan({ fault: "slow-answer", path: "/api/v2/batch" });
    await deliverAll();
    await waitFor("a request is under way", () =>
      customerio.control.faults().some(({ applied }) => applied > 0),
    );
    await site.worker.kill();
    customerio.control.release();
    await expectAllDone();
  });
}

async function deliverAll(): Promise<void> {
  const deliverer = createDeliverer({ appUrl: site.url, secret: SECRET, msPerRetrySecond: 3 });
  ending.push(() => Promise.resolve(deliverer.close()));
  for (const webhook of webhooks) deliverer.send(webhook);
  await deliverer.idle();
}

/** Asked on another connection: within one transaction the activity of others is seen once for all. */
async function isMergeWaiting(): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `SELECT FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
     WHERE a.datname = current_database() AND a.wait_event_type = 'Lock'
       AND l.locktype = 'advisory' AND l.classid = 7101`,
  );
  return (rowCount ?? 0) > 0;
}

async function expectAllDone(): Promise<void> {
  await waitFor("the shop is quiet", () => isQuiet(database.pool, SHOP));
  expect(await readLedger(database.pool, SHOP)).toMatchObject({
    ...{ received: MESSAGES, applied: MESSAGES, dead: 0, pending: 0, lost: [] },
  });
  const { rows } = await database.pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM outbox WHERE state = 'told'",
  );
  const { events } = customerio.control.snapshot();
  expect(events).toHaveLength(rows[0]?.n ?? 0);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
}
