// Where wake-ups wait: BullMQ on Redis when there is one, otherwise BullMQ on the database that is
// there anyway. Both behave the same (one suite runs against both), and neither is trusted: a
// queue may lose, repeat, overlap and delay. Who wakes others must not wait for it; who is woken
// waits as long as it takes.

import type { JobData, JobKind } from "./catalogue.ts";
import type { FaultLog, ReportFault } from "./fault-reports.ts";
import { openPostgresBackend } from "./postgres-backend.ts";
import { openRedisBackend } from "./redis-backend.ts";

export type AddOptions = {
  /** One job with this id waits at a time; one more is remembered while one is at work. */
  deduplicationId: string;
  /** Goes behind all jobs that are no continuation. */
  isContinuation: boolean;
};

export type WorkerOptions = {
  /** Jobs at work at a time. */
  concurrency: number;
  /** Does one job. `data` is what the queue gave back, which may be anything. */
  work: (data: unknown) => Promise<void>;
  onJobFailed: ReportFault;
  onWorkerFault: ReportFault;
};

export type RunningWorker = {
  /** Takes no new job, and waits for those at work. */
  close(): Promise<void>;
};

export type QueueBackend = {
  readonly kind: "postgres" | "redis";
  /** Resolves when the queue has accepted the job; may take as long as its store takes. */
  add<Kind extends JobKind>(kind: Kind, data: JobData<Kind>, options: AddOptions): Promise<void>;
  /** Its owner closes the worker, and before the backend. */
  startWorker(kind: JobKind, options: WorkerOptions): RunningWorker;
  /** True when the queue's store answers within two seconds. */
  isReachable(): Promise<boolean>;
  /** Closes the queues, then their connections. Workers must be closed before. */
  close(): Promise<void>;
};

export type QueueBackendOptions = {
  databaseUrl: string;
  redisUrl: string | null;
  log: FaultLog;
  /** What the keys in Redis begin with, where several installations share one; `ringtrue`. */
  prefix?: string;
};

/**
 * Opens the queues. On PostgreSQL, brings BullMQ's own schema (`bullmq`) up to date first, and
 * rejects when the database does not answer. An unreachable Redis is not waited for long: wake-ups
 * fail until it is there, and the sweeper finds what they missed.
 */
export function openQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  const { databaseUrl, redisUrl, log, prefix = "ringtrue" } = options;
  return redisUrl === null
    ? openPostgresBackend({ databaseUrl, log })
    : openRedisBackend({ redisUrl, log, prefix });
}
