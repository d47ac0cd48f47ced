// Runs benchmarks by name, one after another: each has the machine to itself. What they need, a
// PostgreSQL and a Redis of their own, is started here unless DATABASE_URL and REDIS_URL name others;
// what only computes is run first and needs neither.

import type { BenchResult } from "./bench-result.ts";

import { startServices } from "../tests/support/services.ts";

type Bench = { names: readonly string[]; load: () => Promise<{ run(): Promise<BenchResult[]> }> };

const COMPUTING: readonly Bench[] = [
  { names: ["normalize-vs-bare"], load: () => import("./core/normalize-vs-bare.ts") },
  {
    names: ["fold-a-million", "fold-a-million-vs-parse"],
    load: () => import("./core/fold-a-million.ts"),
  },
];

const WITH_SERVICES: readonly Bench[] = [
  {
    names: ["intake-vs-bare", "intake-vs-bare-p99"],
    load: () => import("./intake/intake-vs-bare.ts"),
  },
  { names: ["intake-vs-template"], load: () => import("./intake/intake-vs-template.ts") },
  {
    names: ["end-to-end-vs-naive", "end-to-end-vs-naive-on-redis", "end-to-end-people-wrong"],
    load: () => import("./end-to-end/end-to-end-vs-naive.ts"),
  },
  {
    names: ["delivery-vs-bare-batch", "people-per-call-under-backlog"],
    load: () => import("./end-to-end/delivery-vs-bare-batch.ts"),
  },
  { names: ["fairness"], load: () => import("./end-to-end/fairness.ts") },
  { names: ["backlog-memory"], load: () => import("./end-to-end/backlog-memory.ts") },
  {
    names: ["recovery", "recovery-by-restart"],
    load: () => import("./end-to-end/recovery.ts"),
  },
  { names: ["stop-everywhere"], load: () => import("./end-to-end/stop-everywhere.ts") },
];

export const BENCH_NAMES: readonly string[] = [...COMPUTING, ...WITH_SERVICES].flatMap(
  ({ names }) => names,
);

/** All of them when none is named. `onResults` hears of each as it is measured. */
export async function runBenches(
  wanted: readonly string[],
  onResults: (results: readonly BenchResult[]) => void,
): Promise<BenchResult[]> {
  const isWanted = ({ names }: Bench): boolean =>
    wanted.length === 0 || names.some((name) => wanted.includes(name));
  const all: BenchResult[] = [];
  const measure = async ({ load }: Bench): Promise<void> => {
    const { run } = await load();
    const results = await run();
    onResults(results);
    all.push(...results);
  };
  for (const bench of COMPUTING.filter(isWanted)) await measure(bench);
  const others = WITH_SERVICES.filter(isWanted);
  if (others.length === 0) return all;
  const stop = await provideServices();
  try {
    for (const bench of others) await measure(bench);
  } finally {
    await stop();
  }
  return all;
}

/** Names the services in the environment, where the measured processes find them. */
async function provideServices(): Promise<() => Promise<void>> {
  if (process.env["DATABASE_URL"] && process.env["REDIS_URL"]) return async () => {};
  const { services, stop } = await startServices();
  if (services.redisUrl === null) {
    await stop();
    throw new Error("the baselines need Redis: install redis-server, or name one in REDIS_URL");
  }
  process.env["DATABASE_URL"] ??= services.postgresUrl;
  process.env["REDIS_URL"] ??= services.redisUrl;
  return stop;
}
