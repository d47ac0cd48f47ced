// What a door counts, so that a ledger can be drawn up: every acknowledged message was stored, or was
// there before (repeated), or was too large and left a stub. The three together may exceed the
// acknowledged by those whose sender had hung up, or had been told 503, before the commit.

import type { RefusalStatus } from "./answers.ts";

/** Counts since the process started. */
export type VisitCounts = {
  /** Answered 200. */
  acknowledged: number;
  /** New rows of the inbox. */
  stored: number;
  /** Found to be there already when they were to be stored. */
  repeated: number;
  /** Transactions. */
  groups: number;
  /** Refused for what they are. */
  refused: Record<RefusalStatus, number>;
  /** Answered 503 for want of room. */
  overloaded: number;
  /** Answered 503 because they were not stored, or nobody knows whether they were. */
  failed: number;
};

export function newVisitCounts(): VisitCounts {
  return {
    acknowledged: 0,
    stored: 0,
    repeated: 0,
    groups: 0,
    refused: { 400: 0, 401: 0, 404: 0, 405: 0, 413: 0 },
    overloaded: 0,
    failed: 0,
  };
}
