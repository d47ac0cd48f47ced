// What the pipeline relies on in a queue, and what it must not rely on, the same for both backends.
import type pg from "pg";
import { Redis as RedisClient } from "ioredis";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from "vitest";
import { openQueueBackend, type QueueBackend } from "#app/queue/backend.ts";
import type { FaultLog } from "#app/queue/fault-reports.ts";
import {
  createWakeups,
  deduplicationId,
  type WakeReason,
  type Wakeups,
} from "#app/queue/wakeups.ts";
import { isLockConflict } from "#app/db/faults.ts";
import { startWorkers, type Workers } from "#app/queue/workers.ts";
import { describeWith } from "../support/describe-with.ts";
import { startRedis, type Redis } from "../support/redis.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

type Store = {
  open(log: FaultLog): Promise<QueueBackend>;
  /** Loses everything the queue knows. */
  wipe(): Promise<void>;
  end(): Promise<void>;
};

const ONE = "one.myshopify.com";
const idle = async (): Promise<void> => {};
const TWO = "two.myshopify.com";

describe("BullMQ on PostgreSQL", () => behavesAsAQueue(startPostgresStore));

describeWith("redis", "BullMQ on Redis", () => {
  behavesAsAQueue(startRedisStore);

  test("while Redis is away a wake-up fails soon, and nobody notices", async () => {
    const redis = await startOwnRedis();
    const backend = await openQueueBackend({ databaseUrl: "", redisUrl: redis.url, log: ignore() });
    const wakeups = createWakeups(backend);
    await redis.stop();
    wakeups.wake("merge", ONE, "new");
    await expect.poll(() => wakeups.counts().failed, { timeout: 5_000 }).toBe(1);
    expect(await backend.isReachable()).toBe(false);
    await wakeups.close();
    await backend.close();
  });

  test("a process starts without Redis, too", async () => {
    const redis = await startOwnRedis();
    await redis.stop();
    const backend = await openQueueBackend({ databaseUrl: "", redisUrl: redis.url, log: ignore() });
    expect(await backend.isReachable()).toBe(false);
    await backend.close();
  });
});

function behavesAsAQueue(startStore: () => Promise<Store>): void {
  let store: Store;
  let backend: QueueBackend;
  let wakeups: Wakeups;
  let workers: Workers[];
  let faults: string[];

  beforeAll(async () => {
    store = await startStore();
  });
  beforeEach(async () => {
    faults = [];
    backend = await store.open({ error: (_fields, message) => faults.push(message) });
    wakeups = createWakeups(backend);
    workers = [];
  });
  afterEach(async () => {
    await wakeups.close();
    await Promise.all(workers.map((each) => each.close()));
    await backend.close();
    await store.wipe();
  });
  afterAll(() => store.end());

  function startMerging(merge: (shop: string) => Promise<void>, concurrency = 8): void {
    const log: FaultLog = { error: (_fields, message) => faults.push(message) };
    workers.push(
      startWorkers(
        backend,
        { merge, deliver: idle, feedback: idle, chores: idle },
        { concurrency: { merge: concurrency, deliver: 1, feedback: 1, chores: 1 }, log },
      ),
    );
  }

  /** Puts a wake-up into the queue, past the 100 ms that wake-ups keep apart. */
  async function put(shop: string, why: WakeReason = "new"): Promise<void> {
    const options = {
      deduplicationId: deduplicationId(shop, why),
      isContinuation: why === "continue",
    };
    await backend.add("merge", { shop }, options);
  }

  test("a wake-up runs the work of its kind for its shop", async () => {
    const merged: string[] = [];
    startMerging(async (shop) => void merged.push(shop));
    wakeups.wake("merge", ONE, "new");
    wakeups.wake("deliver", TWO, "new");
    await expect.poll(() => merged).toEqual([ONE]);
    expect(faults).toEqual([]);
  });

  test("many wake-ups that wait for a worker are one", async () => {
    const work = createWork();
    for (let i = 0; i < 20; i += 1) await put(ONE);
    await put(TWO);
    startMerging(work.merge, 1);
    await work.begun(1);
    work.finish();
    await work.begun(2);
    work.finish();
    expect(work.begunShops).toEqual([ONE, TWO]);
  });

  test("wake-ups that come while the shop is at work make it run once more, afterwards", async () => {
    const work = createWork();
    startMerging(work.merge);
    await put(ONE);
    await work.begun(1);
    for (let i = 0; i < 5; i += 1) await put(ONE);
    expect(work.begunShops).toEqual([ONE]);
    work.finish();
    await work.begun(2);
    work.finish();
    await put(TWO);
    await work.begun(3);
    expect(work.begunShops).toEqual([ONE, ONE, TWO]);
    work.finish();
  });

  test.each(["sweep", "urgent"] as const)(
    "a %s gets through while the shop's own id is stuck",
    async (why) => {
      const work = createWork();
      startMerging(work.merge);
      await put(ONE);
      await work.begun(1);
      await put(ONE, why);
      await work.begun(2);
      expect(work.begunShops).toEqual([ONE, ONE]);
      work.finish();
    },
  );

  test("a continuation goes behind the shops that are quiet", async () => {
    const work = createWork();
    startMerging(work.merge, 1);
    await put("busy.myshopify.com");
    await work.begun(1);
    await put(ONE, "continue");
    await put(TWO);
    work.finish();
    await work.begun(2);
    work.finish();
    await work.begun(3);
    work.finish();
    expect(work.begunShops).toEqual(["busy.myshopify.com", TWO, ONE]);
  });

  test("the queue does not exclude: wiped, it runs two drains of a shop at once", async () => {
    const work = createWork();
    startMerging(work.merge);
    await put(ONE);
    await work.begun(1);
    await store.wipe();
    await put(ONE);
    await work.begun(2);
    expect(work.atWork()).toBe(2);
    work.finish();
    await expect.poll(() => work.atWork()).toBe(0);
  });

  test("work that throws is not repeated by the queue, and does not deafen its shop", async () => {
    let runs = 0;
    startMerging(async () => {
      runs += 1;
      throw new Error("out of order");
    });
    await put(ONE);
    await expect.poll(() => faults).toEqual(["a merge job failed"]);
    expect(runs).toBe(1);
    await expect.poll(async () => put(ONE).then(() => runs)).toBeGreaterThan(1);
  });

  test("a job that names no shop is ignored", async () => {
    const merged: string[] = [];
    startMerging(async (shop) => void merged.push(shop), 1);
    await backend.add("merge", { shop: "" }, { deduplicationId: "lost", isContinuation: false });
    await put(ONE);
    await expect.poll(() => merged).toEqual([ONE]);
    expect(faults).toEqual([]);
  });

  test("closing the workers waits for the work at hand", async () => {
    const work = createWork();
    startMerging(work.merge);
    await put(ONE);
    await work.begun(1);
    let closed = false;
    const closing = workers[0]?.close().then(() => (closed = true));
    work.finish();
    await closing;
    expect([closed, work.atWork()]).toEqual([true, 0]);
  });

  test("the backend says that it is reachable", async () => {
    expect(await backend.isReachable()).toBe(true);
  });
}

/** Work that the test ends: `finish` lets all that has begun go on, and what begins later waits again. */
function createWork() {
  const begunShops: string[] = [];
  let atWork = 0;
  let gate = Promise.withResolvers<undefined>();
  return {
    begunShops,
    atWork: () => atWork,
    async merge(shop: string): Promise<void> {
      atWork += 1;
      begunShops.push(shop);
      await gate.promise;
      atWork -= 1;
    },
    begun: (count: number) =>
      vi.waitUntil(() => begunShops.length >= count, { timeout: 20_000, interval: 5 }),
    finish(): void {
      gate.resolve(undefined);
      gate = Promise.withResolvers<undefined>();
    },
  };
}

async function startPostgresStore(): Promise<Store> {
  const database: TestDatabase = await testDatabase();
  return {
    open: (log) => openQueueBackend({ databaseUrl: database.url, redisUrl: null, log }),
    wipe: () => truncateQueue(database.pool),
    end: () => database.drop(),
  };
}

/** Empties every table of BullMQ's, but for the record of its migrations. */
async function truncateQueue(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT format('bullmq.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'",
  );
  const wipe = `TRUNCATE ${rows.map((row) => row.name).join(", ")}`;
  // A worker at its job holds some of them and waits for others: one of the two gives way, and not for ever.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pool.query(wipe);
      return;
    } catch (fault) {
      if (!isLockConflict(fault) || attempt === 10) throw fault;
    }
  }
}

async function startRedisStore(): Promise<Store> {
  const redis = await startOwnRedis();
  return {
    open: (log) => openQueueBackend({ databaseUrl: "", redisUrl: redis.url, log }),
    async wipe() {
      const client = new RedisClient(redis.url);
      await client.flushall();
      client.disconnect();
    },
    end: () => redis.stop(),
  };
}

function startOwnRedis(): Promise<Redis> {
  const binary = inject("services").tools.redis;
  if (binary === null) throw new Error("no redis-server is installed");
  return startRedis(binary);
}

function ignore(): FaultLog {
  return { error: () => undefined };
}
