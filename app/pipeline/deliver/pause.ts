/**
 * How long a shop's delivery waits after an answer that says "not now", and for how long its workspace
 * is left alone. Waits grow from half a second to a minute; chance spreads shops that failed together.
 */
import type { Answer } from "#app/customerio/answer.ts";

const FIRST_MS = 500;
const LONGEST_MS = 60_000;
/** So many failures in a row open the circuit of the workspace. */
const FAILURES_TO_OPEN = 3;

export type Waits = {
  /** The shop. */
  shopMs: number;
  /** The workspace, for all of its shops; null while one shop's trouble says nothing of the others. */
  workspaceMs: number | null;
};

/**
 * `attempts` counts what this shop tried in vain before, `failures` what the workspace answered in a
 * row, this one included; `random` is in [0, 1). What the workspace asks for is never undercut.
 */
export function waitsAfter(
  answer: Extract<Answer, { kind: "later" | "stopped" }>,
  attempts: number,
  failures: number,
  random: number,
): Waits {
  const shopMs = growing(attempts, random);
  if (answer.kind === "stopped") return { shopMs, workspaceMs: null };
  if (answer.retryAfterMs !== null) {
    const asked = Math.max(FIRST_MS, answer.retryAfterMs);
    const ms = Math.round(asked + random * Math.min(asked / 10, FIRST_MS));
    return { shopMs: ms, workspaceMs: ms };
  }
  if (failures < FAILURES_TO_OPEN) return { shopMs, workspaceMs: null };
  const workspaceMs = growing(failures - 1, random);
  return { shopMs: Math.max(shopMs, workspaceMs), workspaceMs };
}

function growing(before: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(before, 12));
  return Math.round(longest * (0.5 + random / 2));
}
