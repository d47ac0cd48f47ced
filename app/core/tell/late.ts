/** Whether an event can still start anything over there: Customer.io works older ones in, and triggers nothing on them. */
import type { Instant } from "../heard.ts";

export const TRIGGERS_FOR_MS = 72 * 3_600_000;

/** True when what happened `at` is told at `now` for the record alone. */
export function isTooOldToTrigger(at: Instant, now: Instant): boolean {
  return now - at > TRIGGERS_FOR_MS;
}
