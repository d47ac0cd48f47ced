/**
 * The worker process: merge, deliver, feedback, chores and the sweeper on one backend of queues. Closing it takes nothing new and
 * lets what is at work finish, within the time a platform leaves.
 */
import type pg from "pg";
import { Registry } from "prom-client";
import { createWorkspace } from "./customerio/workspace.ts";
import { createChores } from "./pipeline/chores/create-chores.ts";
import { createDeliver } from "./pipeline/deliver/create-deliver.ts";
import { createFeedback } from "./pipeline/feedback/create-feedback.ts";
import { createMerge } from "./pipeline/merge/create-merge.ts";
import { startSweeper } from "./pipeline/sweeper.ts";
import { createWorkMetrics } from "./pipeline/work-metrics.ts";
import type { Config } from "./platform/config.ts";
import type { Sealer } from "./platform/crypto.ts";
import type { Log } from "./platform/log.ts";
import type { QueueBackend } from "./queue/backend.ts";
import type { Wakeups } from "./queue/wakeups.ts";
import { startWorkers } from "./queue/workers.ts";

export type WorkerPorts = {
  config: Pick<Config, "customerio">;
  pool: pg.Pool;
  backend: QueueBackend;
  wakeups: Wakeups;
  sealer: Sealer;
  log: Log;
  /** Where what is done is counted. */
  metrics?: Registry;
};

export type Worker = { close(): Promise<void> };

/** Each shop at work holds a connection, and all but merge a second one for their lock: 20 in all. */
const CONCURRENCY = { merge: 4, deliver: 4, feedback: 2, chores: 2 };

export function startWorker(ports: WorkerPorts): Worker {
  const { config, pool, backend, wakeups, sealer, log, metrics = new Registry() } = ports;
  const now = (): number => Date.now();
  const watch = createWorkMetrics(metrics);
  const { onUnderstood, onAccepted, onSweep } = watch;
  const merge = createMerge({ pool, wakeups, log, now, onUnderstood });
  const deliver = createDeliver({
    pool,
    sealer,
    wakeups,
    log,
    now,
    onAccepted,
    openWorkspace: (connection) =>
      watch.countRequests(createWorkspace(connection, config.customerio.trackUrl)),
  });
  const feedback = createFeedback({ pool });
  const runs = {};
  const chores = createChores({ pool, log, now, runs: watch.countChores(runs) });
  const handlers = watch.countJobs({ merge, deliver, feedback, chores });
  const workers = startWorkers(backend, handlers, { concurrency: CONCURRENCY, log });
  const sweeper = startSweeper({ pool, wakeups, log, chores: Object.keys(runs), onSweep });
  return {
    async close() {
      deliver.stop();
      feedback.stop();
      chores.stop();
      await sweeper.close();
      await workers.close();
    },
  };
}
