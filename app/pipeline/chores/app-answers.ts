/** What a chore does when the App API says "not now": it goes on later where it stands. */
import type { AppAnswer } from "#app/customerio/app-api.ts";

export type NotNow = Extract<AppAnswer<never>, { kind: "later" | "unauthorized" }>;

const LATER_MS = 10_000;
/** A key that is not accepted is tried again now and then, so that mending it needs nobody's click here. */
const UNAUTHORIZED_MS = 5 * 60_000;

export function waitFor(answer: NotNow): { againInMs: number; detail: string } {
  if (answer.kind === "unauthorized") {
    return { againInMs: UNAUTHORIZED_MS, detail: "the App API key is not accepted" };
  }
  return { againInMs: answer.retryAfterMs ?? LATER_MS, detail: `waits: ${answer.reason}` };
}
