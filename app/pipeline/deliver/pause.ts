/** How long a shop's delivery waits after an answer that says "not now". */
import type { Answer } from "#app/customerio/answer.ts";

const FIRST_MS = 500;
const LONGEST_MS = 5 * 60_000;
/** Wrong credentials are tried again now and then, so that mending them needs nobody's click here. */
const UNAUTHORIZED_MS = 60_000;

/** `random` in [0, 1) spreads shops that failed together. What the workspace asks for is honoured. */
export function pauseFor(
  answer: Extract<Answer, { kind: "later" | "unauthorized" }>,
  attempts: number,
  random: number,
): { waitMs: number; reason: string } {
  if (answer.kind === "unauthorized") return { waitMs: UNAUTHORIZED_MS, reason: "unauthorized" };
  const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 12));
  const jittered = Math.round(growing * (0.5 + random / 2));
  const waitMs = answer.retryAfterMs === null ? jittered : Math.max(answer.retryAfterMs, FIRST_MS);
  return { waitMs, reason: answer.reason };
}
