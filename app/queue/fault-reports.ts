// Faults of the outside world come in floods: a worker without its database can fail a hundred
// thousand times a minute. One line says it, and from time to time another one says how often.

export type FaultLog = { error(fields: { err: unknown; leftOut: number }, message: string): void };

export type ReportFault = (error: unknown) => void;

const REPORT_EVERY_MS = 5_000;

/**
 * Answers a function that logs a fault under `message`, at most one line every five seconds; the
 * line counts those that were left out since the last. `now` is in milliseconds.
 */
export function createFaultReports(
  log: FaultLog,
  message: string,
  now: () => number = Date.now,
): ReportFault {
  let reportedAt = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  return (error) => {
    if (now() - reportedAt < REPORT_EVERY_MS) {
      leftOut += 1;
      return;
    }
    reportedAt = now();
    log.error({ err: error, leftOut }, message);
    leftOut = 0;
  };
}
