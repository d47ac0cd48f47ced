import { createBoundedLog, type BoundedLog } from "../control/bounded-log.ts";
import type { Json } from "../control/json.ts";
import type { Settings } from "./settings.ts";

// What arrived: one line a request, and totals that stay exact when lines are forgotten.

const KEPT_REQUESTS = 50_000;

export type RequestEntry = {
  sequence: number;
  atMs: number;
  siteId: string | null;
  method: string;
  path: string;
  items: number;
  kinds: Record<string, number>;
  bytes: number;
  /** What the client was told; null when it was told nothing (dropped, hung, or its client left). */
  status: number | null;
  /** Items refused in a 207. */
  refused: number;
  fault: string | null;
  processed: boolean;
  retryCount: number;
  /** The parsed body, while the setting `keep` is `bodies`. */
  body?: Json;
};

export type RequestTotals = {
  requests: number;
  items: number;
  refusedItems: number;
  byKind: Record<string, number>;
  byStatus: Record<string, number>;
  byFault: Record<string, number>;
  /** The highest number of requests under way at once. */
  mostAtOnce: number;
};

export type RequestLog = {
  entries: BoundedLog<RequestEntry>;
  totals(): RequestTotals;
  began(): void;
  ended(entry: RequestEntry): void;
  clear(): void;
};

/** An empty log; how much it keeps follows the setting `keep`. */
export function createRequestLog(settings: Settings): RequestLog {
  const entries = createBoundedLog<RequestEntry>(() =>
    settings.keep === "last" ? 1 : KEPT_REQUESTS,
  );
  const byKind = new Map<string, number>();
  const byStatus = new Map<string, number>();
  const byFault = new Map<string, number>();
  let items = 0;
  let refusedItems = 0;
  let atOnce = 0;
  let mostAtOnce = 0;

  return {
    entries,
    totals: () => ({
      requests: entries.total(),
      items,
      refusedItems,
      byKind: Object.fromEntries(byKind),
      byStatus: Object.fromEntries(byStatus),
      byFault: Object.fromEntries(byFault),
      mostAtOnce,
    }),
    began() {
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
    },
    ended(entry) {
      atOnce -= 1;
      items += entry.items;
      refusedItems += entry.refused;
      for (const [kind, count] of Object.entries(entry.kinds)) tally(byKind, kind, count);
      tally(byStatus, String(entry.status ?? "none"), 1);
      if (entry.fault !== null) tally(byFault, entry.fault, 1);
      entries.add(entry);
    },
    clear() {
      entries.clear();
      for (const totals of [byKind, byStatus, byFault]) totals.clear();
      items = 0;
      refusedItems = 0;
      mostAtOnce = atOnce;
    },
  };
}

function tally(totals: Map<string, number>, key: string, by: number): void {
  totals.set(key, (totals.get(key) ?? 0) + by);
}
