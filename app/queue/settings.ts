// The settings both backends share. BullMQ's defaults find the work of a killed worker after a
// minute and give a job up that was interrupted twice; these find it in seconds and never give
// up. Finished jobs leave nothing behind: what happened stands in PostgreSQL.

import { randomUUID } from "node:crypto";

import type { JobsOptions } from "bullmq";

import type { AddOptions } from "./backend.ts";

export const QUEUE_OPTIONS = { streams: { events: { maxLen: 100 } } } as const;

export const WORKER_OPTIONS = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const;

const CONTINUATION_PRIORITY = 10;

/**
 * BullMQ's options of a wake-up. No delay and no retries: either would keep the deduplication id
 * busy, and swallow what is asked for meanwhile. Without a priority it goes before those with one.
 */
export function jobOptions({ deduplicationId, isContinuation }: AddOptions): JobsOptions {
  return {
    // Not counted by the store: a wiped one would hand out the id of a job that is still at work.
    jobId: randomUUID(),
    attempts: 1,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    deduplication: { id: deduplicationId, keepLastIfActive: true },
    ...(isContinuation ? { priority: CONTINUATION_PRIORITY } : {}),
  };
}
