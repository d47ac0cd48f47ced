// Everything a crowd needs to play on: a database, perhaps a Redis, a simulated workspace, an
// installation connected to them (through proxies where a test wants to spoil the network), and the
// mishaps that can be struck.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis as RedisClient } from "ioredis";
import type pg from "pg";
import { inject } from "vitest";
import { openDatabase } from "#app/db/database.ts";
import { startEmbeddedDatabase } from "#app/db/embedded.ts";
import { migrateDatabase } from "#app/db/migrate.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import { choosePort } from "./app-process.ts";
import { connectShop } from "./connected-shop.ts";
import type { Mishap } from "./crowd-run.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";
import { startTestPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { silentLog } from "./silent-log.ts";
import { startSite, type Site } from "./site.ts";
import { testDatabase } from "./test-database.ts";

export const SHOP = "crowd.myshopify.com";
const WORKSPACE = { siteId: "crowd-site", apiKey: "crowd-key" };
const ROUND_TRIP_MS = 10;
const STALL_MS = 1_500;

export type Wants = {
  queue: "postgres" | "redis";
  /** A database server of its own, which may be killed. */
  ownServer?: boolean;
  /** Proxies between the app and everything it talks to. */
  proxies?: boolean;
};

export type Stage = {
  site: Site;
  customerio: RunningCustomerio;
  pool: pg.Pool;
  mishaps: {
    killWeb: Mishap;
    killWorker: Mishap;
    killDatabase: Mishap;
    wipeQueue: Mishap;
    /** For each proxy: reset, cut answers, freeze for a while and then reset, refuse for a while. */
    network: Mishap[];
  };
  close(): Promise<void>;
};

type Closing = () => Promise<unknown>;

/** Sets the stage; `close` takes down all of it, the last thing first. */
export async function setStage(wants: Wants): Promise<Stage> {
  const closings: Closing[] = [];
  const close = async (): Promise<void> => {
    for (const end of closings.toReversed()) await end();
  };
  try {
    return { ...(await build(wants, closings)), close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

async function build(wants: Wants, closings: Closing[]): Promise<Omit<Stage, "close">> {
  const customerio = await startCustomerio({ ...WORKSPACE, roundTripMs: ROUND_TRIP_MS });
  closings.push(() => customerio.close());
  const database = wants.ownServer ? await ownServer(closings) : await sharedServer(closings);
  const redisUrl = wants.queue === "redis" ? await ownRedis(closings) : null;
  await connectShop(database.url, { domain: SHOP, ...WORKSPACE });

  const proxies = new Map<string, FaultProxy>();
  const seenAt = async (name: string, url: string): Promise<string> => {
    if (wants.proxies !== true) return url;
    const proxy = await startFaultProxy(Number(new URL(url).port));
    closings.push(() => proxy.close());
    proxies.set(name, proxy);
    return proxy.through(url);
  };
  const site = startSite({
    databaseUrl: await seenAt("the database", database.url),
    redisUrl: redisUrl === null ? null : await seenAt("the queue", redisUrl),
    trackUrl: await seenAt("Customer.io", customerio.url),
    port: await choosePort(),
  });
  closings.push(() => site.stop());
  await Promise.all([site.web.ready(), site.worker.ready()]);

  return {
    site,
    customerio,
    pool: database.pool,
    mishaps: {
      killWeb: { name: "kill -9 of web", strike: () => site.web.kill() },
      killWorker: { name: "kill -9 of worker", strike: () => site.worker.kill() },
      killDatabase: { name: "kill -9 of the database", strike: database.kill },
      wipeQueue: {
        name: "a wiped queue",
        strike: () => (redisUrl === null ? truncateQueue(database.pool) : flushRedis(redisUrl)),
      },
      network: [...proxies].flatMap(([name, proxy]) => networkMishaps(name, proxy)),
    },
  };
}

type DatabaseToHurt = { url: string; pool: pg.Pool; kill(): Promise<void> };

async function sharedServer(closings: Closing[]): Promise<DatabaseToHurt> {
  const { url, pool, drop } = await testDatabase();
  closings.push(drop);
  return {
    url,
    pool,
    kill: () => Promise.reject(new Error("the shared server is not for killing")),
  };
}

async function ownServer(closings: Closing[]): Promise<DatabaseToHurt> {
  const { url, dataDir, stop } = await startTestPostgres();
  closings.push(stop);
  await migrateDatabase(url);
  const database = openDatabase({ url, log: silentLog });
  closings.push(() => database.close());
  return {
    url,
    pool: database.pool,
    async kill() {
      const file = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8");
      process.kill(Number(file.split("\n")[0]), "SIGKILL");
      await startEmbeddedDatabase({ dataDir, log: silentLog });
    },
  };
}

async function ownRedis(closings: Closing[]): Promise<string> {
  const binary = inject("services").tools.redis;
  if (binary === null) throw new Error("no redis-server is installed");
  const redis = await startRedis(binary);
  closings.push(() => redis.stop());
  return redis.url;
}

/**
 * Everything but the list of applied migrations: what is lost is the queue, not its schema. It locks
 * all of BullMQ's tables, which may be in the way of what BullMQ does just then: tried until it works.
 */
async function truncateQueue(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
  );
  const tables = rows.map(({ name }) => `bullmq.${name}`).join(", ");
  for (;;) {
    try {
      await pool.query(`TRUNCATE ${tables}`);
      return;
    } catch (fault) {
      if (!(fault instanceof Error && "code" in fault && fault.code === "40P01")) throw fault;
    }
  }
}

async function flushRedis(url: string): Promise<void> {
  const client = new RedisClient(url);
  await client.flushall();
  client.disconnect();
}

function networkMishaps(name: string, proxy: FaultProxy): Mishap[] {
  return [
    { name: `resets of ${name}`, strike: () => proxy.reset() },
    { name: `cut answers of ${name}`, strike: () => proxy.cutAnswers() },
    {
      name: `${name} frozen, then gone`,
      async strike() {
        proxy.stall();
        await pause(STALL_MS);
        proxy.reset();
        proxy.resume();
      },
    },
    {
      name: `${name} frozen, then back`,
      async strike() {
        proxy.stall();
        await pause(STALL_MS);
        proxy.resume();
      },
    },
    {
      name: `${name} refusing`,
      async strike() {
        proxy.refuse(true);
        proxy.reset();
        await pause(STALL_MS / 3);
        proxy.refuse(false);
      },
    },
  ];
}
