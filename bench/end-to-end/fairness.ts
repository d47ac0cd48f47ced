// A quiet shop beside one with a backlog: a single webhook, from its commit until Customer.io receives
// what it says, again and again while 200,000 rows of another shop are merged and told. The worst of
// them counts, against the two seconds that are promised.

import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { createLog } from "#app/platform/log.ts";
import { openQueueBackend } from "#app/queue/backend.ts";
import { createWakeups, type Wakeups } from "#app/queue/wakeups.ts";

import type { BenchResult } from "../bench-result.ts";
import { median } from "../intake/rig.ts";
import {
  addToInbox,
  fillInbox,
  isAnythingLeft,
  SHOP,
  WARM_UP_SHOP as QUIET_SHOP,
} from "./bench-shop.ts";
import { tellAndHear, untilDone, withRig, type Rig } from "./rig.ts";
import { makeCrowd, makeQuietWebhook } from "./webhooks.ts";

const BACKLOG = 200_000;
const PEOPLE = 80_000;
const PROMISED_SECONDS = 2;
const IDLE_SAMPLES = 5;
const SAMPLES_MAX = 60;
const SAMPLES_MIN = 5;
const EVERY_MS = 500;
const GIVE_UP_MS = 60_000;
const POLL_MS = 5;

type StandIn = Awaited<ReturnType<Rig["start"]>>;

/** About two minutes. */
export function run(): Promise<BenchResult[]> {
  return withRig(async (rig) => {
    const log = createLog({ level: "error", format: "json" }, process.stderr);
    const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
    const trackUrl = `http://127.0.0.1:${standIn.said}`;
    const worker = await rig.start("./ringtrue-worker.ts", [rig.databaseUrl, "", trackUrl]);
    const backend = await openQueueBackend({ databaseUrl: rig.databaseUrl, redisUrl: null, log });
    // As intake does after its commit.
    const wakeups = createWakeups(backend);
    try {
      await tellAndHear(worker.child, "go");
      await fillInbox(rig.pool, QUIET_SHOP, makeCrowd(2_000, 800).webhooks);
      await untilDone(rig.pool, QUIET_SHOP, GIVE_UP_MS);
      const idle: number[] = [];
      for (let n = 0; n < IDLE_SAMPLES; n += 1) idle.push(await sample(rig, standIn, wakeups, n));
      await fillInbox(rig.pool, SHOP, makeCrowd(BACKLOG, PEOPLE).webhooks);
      const beside = await samplesWhileBusy(rig, standIn, wakeups);
      const value = Math.max(...beside);
      return [
        {
          name: "fairness",
          value,
          unit: "s beside a backlog",
          baseline: median(idle),
          ratio: value / PROMISED_SECONDS,
          target: "<= 1",
        },
      ];
    } finally {
      await wakeups.close();
      await backend.close();
    }
  });
}

async function samplesWhileBusy(rig: Rig, standIn: StandIn, wakeups: Wakeups): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < SAMPLES_MAX && (await isAnythingLeft(rig.pool, SHOP, "told"))) {
    samples.push(await sample(rig, standIn, wakeups, IDLE_SAMPLES + samples.length));
    await pause(EVERY_MS);
  }
  if (samples.length < SAMPLES_MIN)
    throw new Error("the backlog was gone too soon: the run is void");
  if (process.env["BENCH_VERBOSE"] === "1") process.stderr.write(`${JSON.stringify(samples)}\n`);
  return samples;
}

/** Seconds from the commit of one webhook of a new shopper to its arrival at the stand-in. */
async function sample(
  { pool }: Rig,
  { child }: StandIn,
  wakeups: Wakeups,
  shopper: number,
): Promise<number> {
  const { email, webhook } = makeQuietWebhook(shopper);
  const committedAt = await addToInbox(pool, QUIET_SHOP, webhook);
  wakeups.wake("merge", QUIET_SHOP, "new");
  for (;;) {
    const heardAt = await tellAndHear<number | null>(child, { heard: email });
    if (heardAt !== null) return (heardAt - committedAt) / 1_000;
    if (Date.now() - committedAt > GIVE_UP_MS) throw new Error("never told: the run is void");
    await pause(POLL_MS);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
