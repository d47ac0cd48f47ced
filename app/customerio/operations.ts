/** The operations of Track v2 that Ringtrue sends, and how much of them a batch holds. */

export type Identifiers = { email: string } | { id: string };

export type IdentifyOperation = {
  type: "person";
  action: "identify";
  identifiers: Identifiers;
  /** The second of the decision: strictly grows for each person. */
  timestamp: number;
  attributes: Record<string, string | number | boolean | null>;
};

export type EventOperation = {
  type: "person";
  action: "event";
  identifiers: Identifiers;
  /** A ULID: Customer.io drops what it has seen. */
  id: string;
  name: string;
  timestamp: number;
  attributes: Record<string, unknown>;
};

export type MergeOperation = {
  type: "person";
  action: "merge";
  primary: Identifiers;
  secondary: Identifiers;
};

export type Operation = IdentifyOperation | EventOperation | MergeOperation;

/** Bytes of one batch at most: 500 KB, less its frame. What an operation may hold: app/core/tell/fit.ts. */
export const BATCH_BYTES_MAX = 499_000;

export function sizeOf(operation: Operation): number {
  return Buffer.byteLength(JSON.stringify(operation));
}
