// BullMQ on Redis or Valkey. Wake-ups and workers have connections of their own, because they want
// opposite things when the server is away: a wake-up fails at once, a worker waits for its return.

import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

import { answersInTime } from "./answers-in-time.ts";
import type { QueueBackend } from "./backend.ts";
import { JOB_KINDS } from "./catalogue.ts";
import { createFaultReports, type FaultLog } from "./fault-reports.ts";
import { jobOptions, QUEUE_OPTIONS, WORKER_OPTIONS } from "./settings.ts";

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MS_MAX = 1_000;

/** Opens the queues; waits two seconds for Redis, and goes on without it. */
export async function openRedisBackend(options: {
  redisUrl: string;
  log: FaultLog;
  prefix: string;
}): Promise<QueueBackend> {
  const { prefix } = options;
  const reportFault = createFaultReports(options.log, "the queue's Redis fails");
  const producer = connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const consumer = connect({ maxRetriesPerRequest: null });
  await answersInTime(new Promise((resolve) => producer.once("ready", resolve)));

  const queues = {
    merge: open("merge"),
    deliver: open("deliver"),
    feedback: open("feedback"),
    chores: open("chores"),
  };

  function connect(settings: {
    maxRetriesPerRequest: number | null;
    enableOfflineQueue?: boolean;
  }): Redis {
    const connection = new Redis(options.redisUrl, {
      ...settings,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(attempt * 50, RECONNECT_MS_MAX),
    });
    connection.on("error", reportFault);
    return connection;
  }

  function open(kind: string): Queue {
    const queue = new Queue(kind, {
      connection: producer,
      prefix,
      skipWaitingForReady: true,
      ...QUEUE_OPTIONS,
    });
    queue.on("error", reportFault);
    return queue;
  }

  return {
    kind: "redis",
    async add(kind, data, addOptions) {
      await queues[kind].add(kind, data, jobOptions(addOptions));
    },
    startWorker(kind, { concurrency, work, onJobFailed, onWorkerFault }) {
      const worker = new Worker(kind, (job) => work(job.data), {
        connection: consumer,
        prefix,
        ...WORKER_OPTIONS,
        concurrency,
      });
      worker.on("error", onWorkerFault);
      worker.on("failed", (_job, error) => onJobFailed(error));
      return { close: () => worker.close() };
    },
    isReachable: () => answersInTime(producer.ping()),
    async close() {
      await Promise.all(JOB_KINDS.map((kind) => queues[kind].close()));
      producer.disconnect();
      consumer.disconnect();
    },
  };
}
