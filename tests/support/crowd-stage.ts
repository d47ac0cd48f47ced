// Everything a crowd needs to play on: a database, perhaps a Redis, a simulated workspace for each
// shop, and an installation connected to them, through proxies where the network is to be spoilt.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { openDatabase } from "#app/db/database.ts";
import { startEmbeddedDatabase } from "#app/db/embedded.ts";
import { migrateDatabase } from "#app/db/migrate.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import { choosePort } from "./app-process.ts";
import { cloneDatabase } from "./clone-database.ts";
import { installShop } from "./connected-shop.ts";
import { flushRedis, networkMishaps, truncateQueue, type Mishap } from "./crowd-mishaps.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";
import { startTestPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import type { Services } from "./services.ts";
import { silentLog } from "./silent-log.ts";
import { startSite, type Site } from "./site.ts";

const ROUND_TRIP_MS = 10;

export type Queue = "postgres" | "redis";

export type Wants = {
  services: Services;
  /** Domains; each has a workspace with this site id. */
  shops: readonly string[];
  queue: Queue;
  /** A database server of its own, which may be killed, and proxies between the app and everything. */
  suffers: boolean;
  /** Of what the simulated Customer.io does at random. */
  seed: number;
};

export type Stage = {
  site: Site;
  customerio: RunningCustomerio;
  pool: pg.Pool;
  /** One of each kind; none where nothing suffers. */
  mishaps: Mishap[];
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
  const { services, suffers } = wants;
  const customerio = await simulate(wants);
  closings.push(() => customerio.close());
  const database = suffers ? await ownServer(closings) : await sharedServer(services, closings);
  const redisUrl = wants.queue === "redis" ? await ownRedis(services, closings) : null;
  for (const domain of wants.shops) {
    await installShop(database.pool, { domain, siteId: domain, apiKey: domain });
  }

  const proxies = new Map<string, FaultProxy>();
  const seenAt = async (name: string, url: string): Promise<string> => {
    if (!suffers) return url;
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

  const { pool } = database;
  const wipeQueue = (): Promise<void> =>
    redisUrl === null ? truncateQueue(pool) : flushRedis(redisUrl);
  const mishaps: Mishap[] = [
    { name: "kill -9 of web", strike: () => site.web.kill() },
    { name: "kill -9 of the worker", strike: () => site.worker.kill() },
    { name: "kill -9 of the database", strike: () => database.kill() },
    { name: "a wiped queue", strike: wipeQueue },
    ...[...proxies].flatMap(([name, proxy]) => networkMishaps(name, proxy)),
  ];
  return { site, customerio, pool, mishaps: suffers ? mishaps : [] };
}

async function simulate({ shops, seed }: Wants): Promise<RunningCustomerio> {
  const customerio = await startCustomerio({
    ...{ siteId: "nobody", apiKey: "nobody", seed, roundTripMs: ROUND_TRIP_MS },
    settings: { keep: "bodies" },
  });
  for (const domain of shops) {
    const [siteId, apiKey] = [domain, domain];
    customerio.control.addWorkspace({
      ...{ siteId, apiKey, appKey: null, region: "us", environmentId: 1 },
    });
  }
  return customerio;
}

type DatabaseToHurt = { url: string; pool: pg.Pool; kill(): Promise<void> };

async function sharedServer(services: Services, closings: Closing[]): Promise<DatabaseToHurt> {
  const { url, pool, drop } = await cloneDatabase(services);
  closings.push(drop);
  const kill = (): Promise<void> => Promise.reject(new Error("others use this server, too"));
  return { url, pool, kill };
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

async function ownRedis({ tools }: Services, closings: Closing[]): Promise<string> {
  if (tools.redis === null) throw new Error("no redis-server is installed");
  const redis = await startRedis(tools.redis);
  closings.push(() => redis.stop());
  return redis.url;
}
