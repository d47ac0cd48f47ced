// From waiting in the inbox to acknowledged by Customer.io, against one job for each webhook; and how
// many people each way ends up telling something that is not true. A way of ours that leaves anybody
// wrong has no speed: the run is void.

import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { median } from "../intake/rig.ts";
import { fillInbox, SHOP, WARM_UP_SHOP } from "./bench-shop.ts";
import { report, tellAndHear, untilDone, withRig, type Rig } from "./rig.ts";
import { countWrong, makeCrowd } from "./webhooks.ts";

const WEBHOOKS = 20_000;
const PEOPLE = 8_000;
const ROUNDS = 3;

type Outcome = { perSecond: number; calls: number; wrong: number };

/** About two minutes. */
export async function run(): Promise<BenchResult[]> {
  const naive = await withRig(measureNaive);
  const onPostgres: Outcome[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    onPostgres.push(await withRig((rig) => measureRingtrue(rig, "")));
  }
  const onRedis = await withRig((rig) => measureRingtrue(rig, rig.redisUrl));
  const baseline = naive.perSecond;
  const ours = median(onPostgres.map(({ perSecond }) => perSecond));
  const unit = "webhooks/s";
  const target = ">= 12";
  const wrong = Math.max(...onPostgres.map((outcome) => outcome.wrong), onRedis.wrong);
  return [
    { name: "end-to-end-vs-naive", value: ours, unit, baseline, ratio: ours / baseline, target },
    {
      name: "end-to-end-vs-naive-on-redis",
      value: onRedis.perSecond,
      unit,
      baseline,
      ratio: onRedis.perSecond / baseline,
      target,
    },
    {
      name: "end-to-end-people-wrong",
      value: wrong,
      unit: `of ${PEOPLE} people`,
      baseline: naive.wrong,
      ratio: wrong / naive.wrong,
      target: "<= 0",
    },
  ];
}

async function measureRingtrue(rig: Rig, redisUrl: string): Promise<Outcome> {
  const crowd = makeCrowd(WEBHOOKS, PEOPLE);
  const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
  const trackUrl = `http://127.0.0.1:${standIn.said}`;
  const worker = await rig.start("./ringtrue-worker.ts", [rig.databaseUrl, redisUrl, trackUrl]);
  await fillInbox(rig.pool, WARM_UP_SHOP, makeCrowd(2_000, 800).webhooks);
  await tellAndHear(worker.child, "go");
  await untilDone(rig.pool, WARM_UP_SHOP, 60_000);
  await report(standIn.child, "forget");
  // All rows become visible at once: the clock starts with their commit.
  const startedAt = await fillInbox(rig.pool, SHOP, crowd.webhooks);
  await untilDone(rig.pool, SHOP, 120_000);
  const { lastAnsweredAt, calls, told } = await report(standIn.child);
  return {
    perSecond: (WEBHOOKS / (lastAnsweredAt - startedAt)) * 1_000,
    calls,
    wrong: countWrong(crowd, told),
  };
}

async function measureNaive(rig: Rig): Promise<Outcome> {
  const crowd = makeCrowd(WEBHOOKS, PEOPLE);
  const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
  const trackUrl = `http://127.0.0.1:${standIn.said}`;
  const worker = await rig.start("./naive-worker.ts", [rig.databaseUrl, rig.redisUrl, trackUrl]);
  await tellAndHear(worker.child, makeCrowd(2_000, 800).webhooks);
  await report(standIn.child, "forget");
  const startedAt = await tellAndHear<number>(worker.child, crowd.webhooks);
  const { lastAnsweredAt, calls, told } = await report(standIn.child);
  return {
    perSecond: (WEBHOOKS / (lastAnsweredAt - startedAt)) * 1_000,
    calls,
    wrong: countWrong(crowd, told),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
