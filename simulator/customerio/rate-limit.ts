import type { Answer } from "../control/answer.ts";

// A limit of requests per second and API, off unless a setting switches it on.

export type RateLimiter = { admits(key: string, perSecond: number | null): boolean };

/** Counts requests per key in whole seconds of `now` (milliseconds). */
export function createRateLimiter(now: () => number): RateLimiter {
  const windows = new Map<string, { second: number; count: number }>();
  return {
    admits(key, perSecond) {
      if (perSecond === null) return true;
      const second = Math.floor(now() / 1000);
      const current = windows.get(key);
      const window = current?.second === second ? current : { second, count: 0 };
      window.count += 1;
      windows.set(key, window);
      return window.count <= perSecond;
    },
  };
}

/** The 429 of a limit, as the App API words it. */
export function refuseRate(perSecond: number): Answer {
  const detail = `rate limited to ${perSecond} requests per 1s (reference a1b2c3)`;
  return {
    status: 429,
    body: { errors: [{ detail, status: "429" }] },
    headers: { "retry-after": "1" },
  };
}
