/**
 * The worker process: merge, deliver, feedback, chores and the sweeper on one backend of queues. Closing it takes nothing new and
 * lets what is at work finish, within the time a platform leaves.
 */
import type pg from "pg";
import type { Connection } from "./core/settings/connection.ts";
import { readAccount } from "./customerio/account.ts";
import { createAppApi } from "./customerio/app-api.ts";
import { createWorkspace } from "./customerio/workspace.ts";
import { createChores } from "./pipeline/chores/create-chores.ts";
import { createKnowWorkspace } from "./pipeline/chores/know-workspace.ts";
import { createPollOptOuts, POLL_OPT_OUTS } from "./pipeline/chores/poll-opt-outs.ts";
import { createReadStops, READ_STOPS } from "./pipeline/chores/read-stops.ts";
import { createDeliver } from "./pipeline/deliver/create-deliver.ts";
import { createFeedback } from "./pipeline/feedback/create-feedback.ts";
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

/** Each shop at work holds a connection, and all but merge a second one for their lock: 20 in all. */
const CONCURRENCY = { merge: 4, deliver: 4, feedback: 2, chores: 2 };

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
  const feedback = createFeedback({ pool });
  const openAppApi = (connection: Connection) =>
    createAppApi(connection, config.customerio.appUrl);
  const knowWorkspace = createKnowWorkspace({
    pool,
    log,
    readAccount: (connection) => readAccount(connection, config.customerio.trackUrl),
  });
  const runs = {
    [READ_STOPS]: createReadStops({ pool, sealer, wakeups, now, openAppApi, knowWorkspace }),
    [POLL_OPT_OUTS]: createPollOptOuts({ pool, sealer, wakeups, now, openAppApi }),
  };
  const chores = createChores({ pool, log, now, runs });
  const handlers = { merge, deliver, feedback, chores };
  const workers = startWorkers(backend, handlers, { concurrency: CONCURRENCY, log });
  const sweeper = startSweeper({ pool, wakeups, log, chores: Object.keys(runs) });
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
