/**
 * The worker process: merge, deliver and the sweeper on one queue. Closing it takes nothing new and
 * lets what is at work finish, within the time a platform leaves.
 */
import type pg from "pg";
import { createWorkspace } from "./customerio/workspace.ts";
import { createDeliver } from "./pipeline/deliver/create-deliver.ts";
import { createMerge } from "./pipeline/merge/create-merge.ts";
import { startSweeper } from "./pipeline/sweeper.ts";
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
};

export type Worker = { close(): Promise<void> };

/** Each shop at work holds a connection, and delivery a second one for its lock. */
const CONCURRENCY = 4;

export function startWorker({ config, pool, backend, wakeups, sealer, log }: WorkerPorts): Worker {
  const now = (): number => Date.now();
  const merge = createMerge({ pool, wakeups, log, now });
  const deliver = createDeliver({
    pool,
    sealer,
    wakeups,
    log,
    now,
    openWorkspace: (connection) => createWorkspace(connection, config.customerio.trackUrl),
  });
  const workers = startWorkers(backend, { merge, deliver }, { concurrency: CONCURRENCY, log });
  const sweeper = startSweeper({ pool, wakeups, log });
  return {
    async close() {
      deliver.stop();
      await sweeper.close();
      await workers.close();
    },
  };
}
