/**
 * Customer.io's App API takes ten requests a second of a workspace, and refuses the rest. All that
 * one process asks of a workspace goes through one queue here, in the order it was asked; a burst
 * of ten goes at once, so that what is urgent and rare does not wait for a rhythm.
 */
import { setTimeout as wait } from "node:timers/promises";

const REQUESTS = 10;
/** A second, and room for requests that overtake each other on the way. */
const WINDOW_MS = 1_050;

export type Pace = {
  /** Resolves when the caller may send one request. */
  turn(): Promise<void>;
};

/** `now` in milliseconds, of a clock that never runs back. */
export function createPace(now: () => number, pause: (ms: number) => Promise<unknown>): Pace {
  /** When the last ten were let go, or will be; the oldest first. */
  const turns: number[] = [];
  return {
    async turn() {
      const tenBefore = turns.length < REQUESTS ? undefined : turns.shift();
      const at = Math.max(now(), (tenBefore ?? -Infinity) + WINDOW_MS);
      turns.push(at);
      const waitMs = at - now();
      if (waitMs > 0) await pause(waitMs);
    },
  };
}

const paces = new Map<string, Pace>();

/** The pace of a workspace, the same one for everybody in this process who names it so. */
export function paceOf(workspace: string): Pace {
  const known = paces.get(workspace);
  if (known) return known;
  const pace = createPace(
    () => performance.now(),
    (ms) => wait(ms),
  );
  paces.set(workspace, pace);
  return pace;
}
