// Webhooks acknowledged and durable, against the least code that does the same.

import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { measureAgainst } from "./measure-against.ts";
import { median, withRig, type Rig } from "./rig.ts";

const CONNECTIONS = 256;
const THROUGHPUT_ROUNDS = 8;
const LATENCY_ROUNDS = 6;

/** About 55 seconds. Ratios are medians of those measured in the same round. */
export async function run(): Promise<BenchResult[]> {
  return [await withRig(measureThroughput), await withRig(measureLatency)];
}

async function measureThroughput(rig: Rig): Promise<BenchResult> {
  const rounds = await measureAgainst(rig, "bare", THROUGHPUT_ROUNDS, {
    connections: CONNECTIONS,
    mode: { kind: "closed" },
    warmUpMs: 400,
    measuredMs: 1_200,
  });
  return {
    name: "intake-vs-bare",
    value: median(rounds.map(({ ringtrue }) => ringtrue.perSecond)),
    unit: "webhooks/s",
    baseline: median(rounds.map(({ baseline }) => baseline.perSecond)),
    ratio: median(rounds.map(({ baseline, ringtrue }) => ringtrue.perSecond / baseline.perSecond)),
    target: ">= 0.85",
  };
}

async function measureLatency(rig: Rig): Promise<BenchResult> {
  const rounds = await measureAgainst(rig, "bare", LATENCY_ROUNDS, {
    connections: CONNECTIONS,
    mode: { kind: "open", perSecond: 1_000 },
    warmUpMs: 300,
    measuredMs: 1_300,
  });
  return {
    name: "intake-vs-bare-p99",
    value: median(rounds.map(({ ringtrue }) => ringtrue.p99Ms)),
    unit: "ms at 1,000/s",
    baseline: median(rounds.map(({ baseline }) => baseline.p99Ms)),
    ratio: median(rounds.map(({ baseline, ringtrue }) => ringtrue.p99Ms / baseline.p99Ms)),
    target: "<= 3",
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
