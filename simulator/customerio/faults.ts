import type { Answer } from "../control/answer.ts";
import type { Plan } from "../control/fault-rules.ts";
import type { Refusal } from "./operations.ts";

// What can go wrong between a client and Customer.io, as values. Whether the request was processed
// is part of each: "accept-then-…" and "cut-answer" are the makers of duplicates.

export const FAULT_NAMES = [
  "fail",
  "redirect",
  "drop",
  "hang",
  "delay",
  "slow-answer",
  "partial",
  "accept-then-fail",
  "accept-then-drop",
  "accept-then-hang",
  "cut-answer",
] as const;
type FaultName = (typeof FAULT_NAMES)[number];

/** Seconds, an HTTP date that many seconds ahead, or no header at all. */
export type RetryAfter = { form: "seconds" | "date"; seconds: number } | null;

/** Which items of a batch a `partial` refuses: by place, by kind, every n-th of those. */
export type PartialChoice = {
  indexes: readonly number[] | null;
  kind: string | null;
  every: number;
};

export type Fault = {
  name: FaultName;
  status: number;
  retryAfter: RetryAfter;
  /** The answer's body; null is what Customer.io would say. */
  body: object | string | null;
  location: string | null;
  /** For `delay` before, for `slow-answer` after the request is processed; null: until released. */
  ms: number | null;
  refused: PartialChoice;
  refusal: Refusal;
};

/** Which requests a fault befalls; null fits all. */
export type FaultMatch = {
  siteId: string | null;
  method: string | null;
  /** The path begins with it. */
  path: string | null;
  /** The request holds at least one item of this kind (identify, event, merge, optouts …). */
  kind: string | null;
};

export type FaultPlan = Plan<FaultMatch, Fault>;

/** What of a request decides whether a fault befalls it. */
type FaultTarget = {
  siteId: string | null;
  method: string;
  path: string;
  kinds: Record<string, number>;
};

/** Whether a fault planned for `match` befalls this request. */
export function fitsTarget(match: FaultMatch, target: FaultTarget): boolean {
  if (match.siteId !== null && match.siteId !== target.siteId) return false;
  if (match.method !== null && match.method !== target.method) return false;
  if (match.path !== null && !target.path.startsWith(match.path)) return false;
  return match.kind === null || Object.hasOwn(target.kinds, match.kind);
}

/** Whether the request is processed although the fault befalls it. */
export function isProcessed(fault: Fault): boolean {
  return (
    fault.name !== "fail" &&
    fault.name !== "redirect" &&
    fault.name !== "drop" &&
    fault.name !== "hang"
  );
}

/** The answer of a fault that answers by itself, or null when the service's own answer stands. */
export function planAnswer(fault: Fault, path: string, nowMs: number): Answer | null {
  if (fault.name === "redirect") {
    return { status: fault.status, body: "", headers: { location: fault.location ?? path } };
  }
  if (fault.name !== "fail" && fault.name !== "accept-then-fail") return null;
  const body = fault.body ?? standardBody(fault.status, path);
  return { status: fault.status, body, headers: retryAfterHeader(fault.retryAfter, nowMs) };
}

function retryAfterHeader(retryAfter: RetryAfter, nowMs: number): Record<string, string> {
  if (retryAfter === null) return {};
  const { form, seconds } = retryAfter;
  // A date has whole seconds: rounding up never tells a client to come back too early.
  const date = new Date(Math.ceil(nowMs / 1000 + seconds) * 1000);
  return { "retry-after": form === "seconds" ? String(seconds) : date.toUTCString() };
}

function standardBody(status: number, path: string): object {
  const detail =
    status === 429
      ? "rate limited to 10 requests per 1s (reference a1b2c3)"
      : `simulated ${status}`;
  if (path.startsWith("/v1/")) return { errors: [{ detail, status: String(status) }] };
  if (path.startsWith("/api/v2/"))
    return { errors: [{ reason: "simulated", field: "", message: detail }] };
  return { meta: { error: detail } };
}

/** Refuses the items of one request that a `partial` has chosen; counts as it is called in order. */
export function createRefuser(
  fault: Fault | null,
): (index: number, kind: string) => Refusal | null {
  if (fault?.name !== "partial") return () => null;
  const { indexes, kind: wanted, every } = fault.refused;
  let seen = 0;
  return (index, kind) => {
    if (indexes !== null && !indexes.includes(index)) return null;
    if (wanted !== null && wanted !== kind) return null;
    seen += 1;
    return (seen - 1) % every === 0 ? fault.refusal : null;
  };
}
