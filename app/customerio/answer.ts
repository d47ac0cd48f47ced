/**
 * What Customer.io can answer to a batch, and what each answer means for what was sent. Transient
 * trouble belongs to the workspace, not to the item: everything waits, so that nothing overtakes.
 */

export type ItemRefused = { index: number; reason: string; field: string };

export type Answer =
  /** Taken, all but the items named. */
  | { kind: "taken"; status: number; refused: ItemRefused[] }
  /** The request as a whole is wrong: some item in it is, or it is too large. */
  | { kind: "refused"; status: number; detail: string }
  /** Try the same again later. `retryAfterMs` is what the workspace asked for, if it did. */
  | { kind: "later"; status: number | null; reason: string; retryAfterMs: number | null }
  /** The credentials are not accepted. */
  | { kind: "unauthorized"; status: number };

/** Sorts an HTTP status. `retryAfter` is the header as received; `nowMs` dates its date form. */
export function sortAnswer(
  status: number,
  detail: string,
  retryAfter: string | null,
  nowMs: number,
): Answer {
  if (status === 401 || status === 403) return { kind: "unauthorized", status };
  if (status === 400 || status === 413 || status === 422)
    return { kind: "refused", status, detail };
  const reason = status === 429 ? "rate_limited" : status >= 500 ? "server_error" : "unexpected";
  return { kind: "later", status, reason, retryAfterMs: readRetryAfter(retryAfter, nowMs) };
}

const RETRY_AFTER_MAX_MS = 3_600_000;

/** Seconds or an HTTP date; what is neither says nothing. At most an hour is believed. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(0, waitMs), RETRY_AFTER_MAX_MS);
}
