// A worker's memory must not grow with what waits: its peak with 100,000 waiting webhooks, against the
// peak of another that never has more than 1,000 waiting, both until everything is told.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { fillInbox, SHOP } from "./bench-shop.ts";
import { tellAndHear, untilDone, withRig, type Rig } from "./rig.ts";
import { makeCrowd } from "./webhooks.ts";

const SMALL = 1_000;
const LARGE = 100_000;
/** The small backlog comes this often, so that its worker gets as warm as the other one. */
const REPEATS = 20;

/** About a minute and a half. */
export async function run(): Promise<BenchResult[]> {
  const baseline = await withRig((rig) => peakOf(rig, SMALL, REPEATS));
  const value = await withRig((rig) => peakOf(rig, LARGE, 1));
  return [
    {
      name: "backlog-memory",
      value,
      unit: "MB at most",
      baseline,
      ratio: value / baseline,
      target: "<= 1.3",
    },
  ];
}

async function peakOf(rig: Rig, waiting: number, repeats: number): Promise<number> {
  const { webhooks } = makeCrowd(waiting * repeats, Math.ceil(waiting * repeats * 0.4));
  const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
  const args = [rig.databaseUrl, "", `http://127.0.0.1:${standIn.said}`];
  const worker = await rig.start("./ringtrue-worker.ts", args);
  await fillInbox(rig.pool, SHOP, webhooks.slice(0, waiting));
  await tellAndHear(worker.child, "go");
  await untilDone(rig.pool, SHOP, 180_000);
  for (let repeat = 1; repeat < repeats; repeat += 1) {
    await fillInbox(rig.pool, SHOP, webhooks.slice(repeat * waiting, (repeat + 1) * waiting));
    await untilDone(rig.pool, SHOP, 60_000);
  }
  return peakMegabytes(worker.child.pid ?? 0);
}

/** The kernel's own high-water mark of a process. */
function peakMegabytes(pid: number): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (peak === null) throw new Error("the kernel tells no peak: the run is void");
  return Number(peak[1]) / 1_024;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
