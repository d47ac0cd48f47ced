/**
 * The worker process: merge, deliver, feedback, chores and the sweeper on one backend of queues. Closing it takes nothing new and
 * lets what is at work finish, within the time a platform leaves.
 */
import type pg from "pg";
import { Registry } from "prom-client";
import type { Connection } from "./core/settings/connection.ts";
import { readAccount } from "./customerio/account.ts";
import { createAppApi, type AppApi } from "./customerio/app-api.ts";
import { createWorkspace, type Workspace } from "./customerio/workspace.ts";
import { PUT_BACK } from "./db/put-back.ts";
import { createChores } from "./pipeline/chores/create-chores.ts";
import { createKnowWorkspace } from "./pipeline/chores/know-workspace.ts";
import { createLookUp } from "./pipeline/chores/look-up.ts";
import { createPollOptOuts, POLL_OPT_OUTS } from "./pipeline/chores/poll-opt-outs.ts";
import { createPutBack } from "./pipeline/chores/put-back.ts";
import { createReadBack } from "./pipeline/chores/read-back.ts";
import { createReadStops, READ_STOPS } from "./pipeline/chores/read-stops.ts";
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
import type { OpenAdminApi } from "./shopify/admin-api.ts";

export type WorkerPorts = {
  config: Pick<Config, "customerio">;
  pool: pg.Pool;
  backend: QueueBackend;
  wakeups: Wakeups;
  sealer: Sealer;
  log: Log;
  openAdmin: OpenAdminApi;
  /** Where what is done is counted. */
  metrics?: Registry;
};

export type Worker = { close(): Promise<void> };

/**
 * Each shop at work holds a connection; all but merge hold one more for each of their locks, of which
 * feedback has two, and putting back a third. Those held while others are waited for are fewer than there are.
 */
const CONCURRENCY = { merge: 4, deliver: 4, feedback: 3, chores: 2 };

export function startWorker(ports: WorkerPorts): Worker {
  const { config, pool, backend, wakeups, sealer, log, openAdmin } = ports;
  const watch = createWorkMetrics(ports.metrics ?? new Registry());
  const { onUnderstood, onAccepted, onSweep } = watch;
  const now = (): number => Date.now();
  const merge = createMerge({ pool, wakeups, log, now, onUnderstood });
  const openWorkspace = (connection: Connection): Workspace =>
    watch.countRequests(createWorkspace(connection, config.customerio.trackUrl));
  const openAppApi = (connection: Connection): AppApi | null =>
    createAppApi(connection, config.customerio.appUrl);
  const deliver = createDeliver({
    ...{ pool, sealer, wakeups, log, now, openWorkspace, onAccepted },
  });
  const feedback = createFeedback({ pool, sealer, wakeups, log, now, openAppApi, openAdmin });
  const knowWorkspace = createKnowWorkspace({
    pool,
    log,
    readAccount: (connection) => readAccount(connection, config.customerio.trackUrl),
  });
  const runs = {
    [READ_STOPS]: createReadStops({
      ...{ pool, sealer, wakeups, now, openAppApi, openAdmin, knowWorkspace },
    }),
    [POLL_OPT_OUTS]: createPollOptOuts({ pool, sealer, wakeups, now, openAppApi }),
    "look-up": createLookUp({ pool, sealer, now, openAppApi }),
    "read-back": createReadBack({ pool, sealer, now, openAppApi, random: Math.random }),
  };
  // What is done once, when somebody asks for it, is no shop's from the start.
  const onDemand = { [PUT_BACK]: createPutBack({ pool, sealer, now, openWorkspace }) };
  const chores = createChores({
    pool,
    log,
    now,
    runs: watch.countChores({ ...runs, ...onDemand }),
  });
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
