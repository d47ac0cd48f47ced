// Runs the work that wake-ups ask for. Nothing here excludes anything: BullMQ may run two jobs of
// a shop at once (a wiped queue, a blocked process), and PostgreSQL sorts that out.

import type { QueueBackend } from "./backend.ts";
import { JOB_KINDS, readJob, type JobKind } from "./catalogue.ts";
import { createFaultReports, type FaultLog } from "./fault-reports.ts";

export type JobHandlers = Record<JobKind, (shop: string) => Promise<void>>;

export type Workers = {
  /** Takes no new job, waits for those at work. Close workers before the backend. */
  close(): Promise<void>;
};

export type WorkersOptions = {
  /** Jobs at work at a time, for each of the queues. */
  concurrency: Record<JobKind, number>;
  log: FaultLog;
};

/**
 * Starts one worker for each kind of job. A job that throws is logged and dropped: the work it
 * stood for is still in the database, where the sweeper finds it.
 */
export function startWorkers(
  backend: QueueBackend,
  handlers: JobHandlers,
  { concurrency, log }: WorkersOptions,
): Workers {
  const workers = JOB_KINDS.map((kind) =>
    backend.startWorker(kind, {
      concurrency: concurrency[kind],
      async work(data) {
        const job = readJob(kind, data);
        if (job !== null) await handlers[kind](job.shop);
      },
      onJobFailed: createFaultReports(log, `a ${kind} job failed`),
      onWorkerFault: createFaultReports(log, `the ${kind} worker fails`),
    }),
  );
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
