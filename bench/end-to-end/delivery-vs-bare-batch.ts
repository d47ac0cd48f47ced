// A backlog of people to tell, against the bare loop: the same operations, made beforehand, sent in
// batches of the same size one after another, and nothing written down. And how many people a call
// carries while there are more to tell.

import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { median } from "../intake/rig.ts";
import { fillInbox, SHOP } from "./bench-shop.ts";
import { report, tellAndHear, untilDone, withRig, type Rig } from "./rig.ts";
import { makeCrowd } from "./webhooks.ts";

const PEOPLE = 8_000;
const NAIVE_PEOPLE_PER_CALL = 1;

/** About 20 seconds. */
export function run(): Promise<BenchResult[]> {
  return withRig(async (rig) => {
    const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
    const trackUrl = `http://127.0.0.1:${standIn.said}`;
    const ours = await deliverBacklog(rig, standIn.child, trackUrl);
    const perCall = median(ours.peoplePerCall.slice(0, -1));
    const bare = await rig.start("./bare-batch-loop.ts", [trackUrl]);
    const ms = await tellAndHear<number>(bare.child, { people: PEOPLE, perCall });
    const baseline = (PEOPLE / ms) * 1_000;
    return [
      {
        name: "delivery-vs-bare-batch",
        value: ours.perSecond,
        unit: "people/s",
        baseline,
        ratio: ours.perSecond / baseline,
        target: ">= 0.8",
      },
      {
        name: "people-per-call-under-backlog",
        value: perCall,
        unit: "people",
        baseline: NAIVE_PEOPLE_PER_CALL,
        ratio: perCall / NAIVE_PEOPLE_PER_CALL,
        target: ">= 400",
      },
    ];
  });
}

/** Delivery pauses until everybody is merged; the clock runs from its first call to its last answer. */
async function deliverBacklog(rig: Rig, standIn: Parameters<typeof report>[0], trackUrl: string) {
  const { pool } = rig;
  await pool.query(
    `INSERT INTO delivery_state (shop_id, paused_until)
     SELECT id, now() + interval '1 hour' FROM shop WHERE domain = $1`,
    [SHOP],
  );
  await fillInbox(pool, SHOP, makeCrowd(PEOPLE * 2, PEOPLE).webhooks);
  const worker = await rig.start("./ringtrue-worker.ts", [rig.databaseUrl, "", trackUrl]);
  await tellAndHear(worker.child, "go");
  await untilDone(pool, SHOP, 60_000, "merged");
  await pool.query("UPDATE delivery_state SET paused_until = NULL");
  await untilDone(pool, SHOP, 60_000);
  const { firstCalledAt, lastAnsweredAt, peoplePerCall } = await report(standIn, "forget");
  return { perSecond: (PEOPLE / (lastAnsweredAt - firstCalledAt)) * 1_000, peoplePerCall };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
