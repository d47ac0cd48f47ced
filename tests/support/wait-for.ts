// Waiting for something to become true, never for time to pass.
import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 25;

/** Resolves when `condition` answers true; throws, naming `what`, when it has not in `withinMs`. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${withinMs} ms: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}
