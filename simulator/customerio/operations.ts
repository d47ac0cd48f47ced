import type { JsonObject } from "../control/json.ts";
import type { Identifier } from "./identifiers.ts";

// What a client wants done, once its request has been checked: v1 and v2 say the same things in
// different words, and both end here.

export type EventType = "event" | "page" | "screen";

export type IdentifyOperation = {
  kind: "identify";
  identifier: Identifier;
  attributes: JsonObject;
  /** Unix seconds that order this write among others; null is the time of receipt. */
  timestamp: number | null;
  /** True: never create the person. */
  updateOnly: boolean;
};

export type EventOperation = {
  kind: "event";
  identifier: Identifier;
  type: EventType;
  name: string;
  /** A ULID by which a repeated event is dropped, or null. */
  id: string | null;
  timestamp: number | null;
  data: JsonObject;
};

export type AnonymousEventOperation = Omit<EventOperation, "kind" | "identifier"> & {
  kind: "anonymous_event";
  /** Null for an invite event, which belongs to nobody. */
  anonymousId: string | null;
};

export type MergeOperation = { kind: "merge"; primary: Identifier; secondary: Identifier };
export type RemovalOperation = {
  kind: "delete" | "suppress" | "unsuppress";
  identifier: Identifier;
};

/** A documented action this workspace accepts without acting on it (devices, objects, relationships). */
type AcceptedOperation = { kind: "accepted"; action: string };

export type Operation =
  | IdentifyOperation
  | EventOperation
  | AnonymousEventOperation
  | MergeOperation
  | RemovalOperation
  | AcceptedOperation;

/** Why an item is refused: the three texts that Customer.io's v2 errors carry. */
export type Refusal = { reason: string; field: string; message: string };

export type Reading = { ok: true; operation: Operation } | { ok: false; refusal: Refusal };

/** A refused reading, in one line. */
export function refuse(
  reason: string,
  field: string,
  message: string,
): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { reason, field, message } };
}
