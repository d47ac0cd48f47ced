/** What became of one piece of feedback, and how long what did not succeed waits. */
export type Outcome =
  /** Written, or nothing to write. `detail` says which, in a word. */
  | { kind: "done"; detail: string }
  /** No retry will fix it. */
  | { kind: "dead"; detail: string }
  /** This one has to wait; others need not. */
  | { kind: "waits"; detail: string; waitMs: number | null }
  /** Whoever is told cannot be now: everybody's has to wait. */
  | { kind: "away"; detail: string; waitMs: number | null };

const FIRST_MS = 500;
const LONGEST_MS = 10 * 60_000;

/** `random` in [0, 1) spreads what failed together. What was asked for is honoured. */
export function waitFor(askedMs: number | null, attempts: number, random: number): number {
  if (askedMs !== null) return Math.max(askedMs, FIRST_MS);
  const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 12));
  return Math.round(growing * (0.5 + random / 2));
}

/** What only a person can mend, asked again now and then so that mending it needs nobody's click here. */
export const MENDED_BY_HAND_MS = 5 * 60_000;
