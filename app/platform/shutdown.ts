// How a process ends: what was opened last is closed first, each closing is awaited, and all of it
// within a time after which the process goes anyway (everything that matters is in the database).
import type { Log } from "./log.ts";

export type Shutdown = {
  /** Registers a closing; they run in the reverse order of their registration. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Runs every closing once, also when one of them fails. Answers the exit code: 0, or 1 when
   * a closing failed or the time was up. */
  run(reason: string): Promise<number>;
  /** Aborted when the shutdown begins. */
  signal: AbortSignal;
};

/** `graceMs` is the time for all closings together. */
export function createShutdown({
  log,
  graceMs = 25_000,
}: {
  log: Log;
  graceMs?: number;
}): Shutdown {
  const closings: { name: string; close: () => Promise<void> | void }[] = [];
  const aborting = new AbortController();
  let running: Promise<number> | null = null;

  async function closeAll(): Promise<number> {
    let code = 0;
    for (const { name, close } of closings.reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ err: error, closing: name }, "could not close");
        code = 1;
      }
    }
    return code;
  }

  return {
    add: (name, close) => closings.push({ name, close }),
    signal: aborting.signal,
    run: (reason) => {
      if (running === null) {
        log.info({ reason }, "shutting down");
        aborting.abort();
        running = within(graceMs, closeAll(), () => log.error({ graceMs }, "gave up waiting"));
      }
      return running;
    },
  };
}

// A Ctrl-C reaches us from the terminal and again from whoever started us: that is one wish.
const SAME_WISH_MS = 500;

/**
 * Shuts down and exits on SIGTERM and SIGINT, and on a fault nobody caught. Asked a second time by
 * a signal, it exits at once.
 */
export function exitOnSignals({ shutdown, log }: { shutdown: Shutdown; log: Log }): void {
  let signalledAt: number | null = null;
  function begin(reason: string, atLeast: number): void {
    void shutdown.run(reason).then((code) => process.exit(Math.max(code, atLeast)));
  }
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    process.on(name, () => {
      if (signalledAt === null) begin(name, 0);
      else if (performance.now() - signalledAt > SAME_WISH_MS) process.exit(1);
      signalledAt ??= performance.now();
    });
  }
  for (const name of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(name, (error: unknown) => {
      log.fatal({ err: error }, "a fault that nobody caught");
      begin(name, 1);
    });
  }
}

async function within(ms: number, work: Promise<number>, late: () => void): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<number>((resolve) => {
    timer = setTimeout(() => {
      late();
      resolve(1);
    }, ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
