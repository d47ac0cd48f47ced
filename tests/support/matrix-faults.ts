// The rows of the fault matrix: everything a workspace, or the way to it, can do to a request. Each is
// planned through the simulator's control API for one shop and one kind of operation.
import type { JsonObject } from "../../simulator/control/json.ts";

export const KINDS = ["identify", "event", "merge"] as const;
export type Kind = (typeof KINDS)[number];

/** What the simulator is told, but for the shop and the kind; `{origin}` is its own address. */
export type FaultRow = { name: string; plan: JsonObject };

/** Longer than the client waits: 10 s. */
const TOO_LATE_MS = 11_000;
const SLOW_MS = 1_500;
const PAGE = "<!doctype html><title>Scheduled maintenance</title>";

/** A connection that is wrong, until somebody mends it. */
const DOORS: FaultRow[] = [
  { name: "401 for a while", plan: { fault: "fail", status: 401, times: 3 } },
  { name: "403 for a while", plan: { fault: "fail", status: 403, times: 3 } },
  ...[301, 307].map((status) => ({
    name: `${status} to the other region`,
    plan: { fault: "redirect", status, location: "{origin}/api/v2/batch", times: 2 },
  })),
];

/** Refusals are struck once: an item refused again and again is a dead letter, and rightly so. */
const REFUSALS: FaultRow[] = [
  { name: "207, every other item refused", plan: { fault: "partial", every: 2 } },
  { name: "400", plan: { fault: "fail", status: 400 } },
  { name: "413", plan: { fault: "fail", status: 413 } },
];

const FAILURES: FaultRow[] = [408, 500, 502, 503, 504].map((status) => ({
  name: `${status}`,
  plan: { fault: "fail", status, times: 2 },
}));

const RATE: FaultRow[] = [
  {
    name: "429 with Retry-After in seconds",
    plan: { fault: "fail", status: 429, retryAfter: 2, times: 2 },
  },
  {
    name: "429 with Retry-After as a date",
    plan: { fault: "fail", status: 429, retryAfter: "date:2", times: 2 },
  },
  { name: "429 without Retry-After", plan: { fault: "fail", status: 429, times: 2 } },
  { name: "503 with Retry-After", plan: { fault: "fail", status: 503, retryAfter: 2, times: 2 } },
];

/** The makers of duplicates. */
const ACCEPTED: FaultRow[] = [
  ...[500, 502, 503, 504].map((status) => ({
    name: `${status} after accepting`,
    plan: { fault: "accept-then-fail", status, times: 2 },
  })),
  { name: "a reset after accepting", plan: { fault: "accept-then-drop", times: 2 } },
  { name: "no answer after accepting", plan: { fault: "accept-then-hang" } },
  { name: "a cut answer", plan: { fault: "cut-answer", times: 2 } },
  {
    name: "200 that is not JSON, accepted",
    plan: { fault: "accept-then-fail", status: 200, body: PAGE, times: 2 },
  },
  { name: "accepted when the client has given up", plan: { fault: "delay", ms: TOO_LATE_MS } },
];

const SILENCES: FaultRow[] = [
  { name: "a reset before accepting", plan: { fault: "drop", times: 2 } },
  { name: "no answer", plan: { fault: "hang" } },
  {
    name: "200 that is not JSON, not accepted",
    plan: { fault: "fail", status: 200, body: PAGE, times: 2 },
  },
  {
    name: "502 with a page of a gateway",
    plan: { fault: "fail", status: 502, body: PAGE, times: 2 },
  },
  { name: "307 that leads nowhere", plan: { fault: "redirect", times: 2 } },
  { name: "a slow answer", plan: { fault: "slow-answer", ms: SLOW_MS } },
];

/** Those that take longest first. */
export const FAULTS: readonly FaultRow[] = [
  ...DOORS,
  ...ACCEPTED,
  ...SILENCES,
  ...RATE,
  ...FAILURES,
  ...REFUSALS,
];

export type Cell = FaultRow & { shop: string; kind: Kind };

/** Each cell is a shop of its own with a workspace of its own, so that no cell disturbs another. */
export const CELLS: readonly Cell[] = FAULTS.flatMap((fault, row) =>
  KINDS.map((kind) => ({ ...fault, kind, shop: `${kind}-${row + 1}.myshopify.com` })),
);

/** The plan as the control API takes it, for a workspace at `origin`. */
export function planOf({ plan, kind }: Cell, workspace: string, origin: string): JsonObject {
  const location = plan["location"];
  const absolute = typeof location === "string" ? location.replace("{origin}", origin) : null;
  return {
    ...plan,
    ...(absolute === null ? {} : { location: absolute }),
    ...{ workspace, kind, path: "/api/v2/batch" },
  };
}
