// What the load generator is asked to do, and what it reports.

export const BENCH_SHOP = "bench.myshopify.com";
export const BENCH_TOPIC = "customers/update";
export const BODY_BYTES = 3_072;

export type LoadPlan = {
  port: number;
  secret: string;
  connections: number;
  /** closed: each connection sends as soon as it was answered; open: `perSecond`, on a timetable. */
  mode: { kind: "closed" } | { kind: "open"; perSecond: number };
  /** Not counted. */
  warmUpMs: number;
  measuredMs: number;
};

export type LoadReport = {
  /** 200 per second. */
  perSecond: number;
  accepted: number;
  refused: number;
  /** From when a request was due (open) or sent (closed), to its answer. */
  p50Ms: number;
  p99Ms: number;
};
