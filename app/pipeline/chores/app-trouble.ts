/**
 * What a chore does about an answer of the App API that brought nothing: it comes back where it
 * stood. When the workspace says when, then; otherwise later and later, as for any fault.
 */
import type { AppAnswer } from "#app/customerio/app-api.ts";
import type { ChoreOutcome } from "./create-chores.ts";

export type Trouble = Exclude<AppAnswer<unknown>, { kind: "ok" }>;

/** Throws unless the workspace itself said when to come back. */
export function afterTrouble(trouble: Trouble, cursor: unknown): ChoreOutcome {
  if (trouble.kind === "later" && trouble.retryAfterMs !== null) {
    const againInMs = trouble.retryAfterMs;
    return { cursor, againInMs, detail: `waits: ${trouble.reason}`, isDone: false };
  }
  throw new Error(`the App API could not be read: ${nameOf(trouble)}`);
}

function nameOf(trouble: Trouble): string {
  switch (trouble.kind) {
    case "missing":
      return "there is no such list";
    case "unauthorized":
      return "the App API key is not accepted";
    case "refused":
      return `${trouble.status} ${trouble.detail}`;
    case "later":
      return trouble.reason;
  }
}
