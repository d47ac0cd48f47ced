import type { Answer } from "../control/answer.ts";
import type { Json } from "../control/json.ts";
import type { Refusal } from "./operations.ts";
import type { Workspace } from "./workspace.ts";

// A request to one of the simulated APIs, authenticated and with its body parsed once.

export type Call = {
  method: string;
  /** The path, still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  body: Json;
  bodyBytes: number;
  /** Refuses the n-th item on purpose: how a fault makes a batch partly fail. */
  refuseItem: (index: number, kind: string) => Refusal | null;
};

/** An API: its answer to a call, or null when it has no such route. */
export type Api = (workspace: Workspace, call: Call) => Answer | null;

/** The path's segments after a prefix, decoded; a segment that can't be decoded stays as it is. */
export function pathSegments(path: string, prefix: string): string[] {
  return path.slice(prefix.length).split("/").map(decodeSegment);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % is a name like any other to a server that must not fall over.
    return segment;
  }
}
