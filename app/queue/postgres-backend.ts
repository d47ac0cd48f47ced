// BullMQ on PostgreSQL. All queues and workers of a process share one pool; the schema is migrated
// once, before, because a pool that is handed in is not migrated by BullMQ. Workers LISTEN, so the
// database must be reached directly and not through a pooler in transaction mode.

import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  isPgPool,
  Queue,
  runMigrations,
  Worker,
} from "bullmq";
import pg from "pg";

import { answersInTime } from "./answers-in-time.ts";
import type { QueueBackend } from "./backend.ts";
import { JOB_KINDS } from "./catalogue.ts";
import { createFaultReports, type FaultLog, type ReportFault } from "./fault-reports.ts";
import { jobOptions, QUEUE_OPTIONS, WORKER_OPTIONS } from "./settings.ts";

const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 5_000;

/** Opens the queues in the schema `bullmq` of the database; rejects when it does not answer. */
export async function openPostgresBackend(options: {
  databaseUrl: string;
  log: FaultLog;
}): Promise<QueueBackend> {
  const reportFault = createFaultReports(options.log, "the queue's database fails");
  const connection = await openPool(options.databaseUrl, reportFault);
  const queues = {
    merge: open("merge"),
    deliver: open("deliver"),
    feedback: open("feedback"),
    chores: open("chores"),
  };

  function open(kind: string) {
    const queue = new Queue(kind, { connection, ...QUEUE_OPTIONS }, createPostgresBackend);
    queue.on("error", reportFault);
    return queue;
  }

  async function close(): Promise<void> {
    await Promise.all(JOB_KINDS.map((kind) => queues[kind].close()));
    await connection.end();
  }

  try {
    await Promise.all(JOB_KINDS.map((kind) => queues[kind].waitUntilReady()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind: "postgres",
    async add(kind, data, addOptions) {
      await queues[kind].add(kind, data, jobOptions(addOptions));
    },
    startWorker(kind, { concurrency, work, onJobFailed, onWorkerFault }) {
      const worker = new Worker(
        kind,
        (job) => work(job.data),
        { connection, ...WORKER_OPTIONS, concurrency },
        createPostgresBackend,
      );
      worker.on("error", onWorkerFault);
      worker.on("failed", (_job, error) => onJobFailed(error));
      return { close: () => worker.close() };
    },
    isReachable: () => answersInTime(connection.query("SELECT 1")),
    close,
  };
}

async function openPool(url: string, reportFault: ReportFault) {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "ringtrue-queue",
    options: `-c search_path=${DEFAULT_SCHEMA}`,
  });
  pool.on("error", reportFault);
  // One that breaks while it is checked out has nobody else to tell, and would end the process.
  pool.on("connect", (client) => client.on("error", reportFault));
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  // BullMQ describes pg's pool in its own words; this is how it tells one.
  if (!isPgPool(pool)) throw new TypeError("not a pool that BullMQ can use");
  return pool;
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, DEFAULT_SCHEMA);
  } finally {
    client.release();
  }
}
