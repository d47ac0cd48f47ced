// kill -9 of a worker in the middle of a batch: how long until its shop moves again, when another
// worker is alive and when one has to be started; against what BullMQ's own defaults do.

import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import type { BenchResult } from "../bench-result.ts";
import { fillInbox, SHOP } from "./bench-shop.ts";
import { tellAndHear, withRig, type Rig } from "./rig.ts";
import { makeCrowd } from "./webhooks.ts";

const ROUNDS = 3;
const WAITING = 30_000;
const POLL_MS = 5;
const MERGE_LOCK = 7101;

type Started = Awaited<ReturnType<Rig["start"]>>;

/** About two minutes, most of it waiting for BullMQ's defaults. */
export async function run(): Promise<BenchResult[]> {
  return withRig(async (rig) => {
    const [baseline, [alive, restarted]] = await Promise.all([
      measureDefaults(rig),
      measureRingtrue(rig),
    ]);
    const unit = "s after kill -9";
    return [
      { name: "recovery", value: alive, unit, baseline, ratio: alive / 2, target: "<= 1" },
      {
        name: "recovery-by-restart",
        value: restarted,
        unit,
        baseline,
        ratio: restarted / 2,
        target: "<= 1",
      },
    ];
  });
}

async function measureRingtrue(rig: Rig): Promise<[alive: number, restarted: number]> {
  const standIn = await rig.start<number>("./customerio-stand-in.ts", []);
  const startWorker = async (name: string): Promise<Started> => {
    const url = `${rig.databaseUrl}?application_name=${name}`;
    const worker = await rig.start("./ringtrue-worker.ts", [
      url,
      "",
      `http://127.0.0.1:${standIn.said}`,
    ]);
    await tellAndHear(worker.child, "go");
    return worker;
  };
  const alive: number[] = [];
  const restarted: number[] = [];
  const { webhooks } = makeCrowd(WAITING * ROUNDS * 2, WAITING);
  const workers = new Map([["worker0", await startWorker("worker0")]]);
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const another = round % 2 === 0;
    const name = `worker${round + 1}`;
    if (another) workers.set(name, await startWorker(name));
    await fillInbox(rig.pool, SHOP, webhooks.slice(round * WAITING, (round + 1) * WAITING));
    // Whichever of them got the shop.
    const victim = await untilAtWork(rig);
    const killedAt = Date.now();
    workers.get(victim)?.child.kill("SIGKILL");
    workers.delete(victim);
    if (!another) workers.set(name, await startWorker(name));
    await untilMoving(rig, victim);
    (another ? alive : restarted).push((Date.now() - killedAt) / 1_000);
    // What is left has served its purpose.
    await rig.pool.query("DELETE FROM pending");
  }
  if (process.env["BENCH_VERBOSE"] === "1")
    process.stderr.write(`${JSON.stringify({ alive, restarted })}\n`);
  // The worst of them: a shop that waits is not helped by others that did not.
  return [Math.max(...alive), Math.max(...restarted)];
}

/** The worker whose transaction holds the shop's lock, once rows of it have been written. */
async function untilAtWork({ pool }: Rig): Promise<string> {
  for (;;) {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND l.classid = $1 AND l.database = a.datid
         AND a.application_name LIKE 'worker%' AND a.backend_xid IS NOT NULL`,
      [MERGE_LOCK],
    );
    if (rows[0]) return rows[0].name;
    await pause(POLL_MS);
  }
}

/** Until the killed worker's transaction is gone, and then fewer rows wait than it left. */
async function untilMoving({ pool }: Rig, killed: string): Promise<void> {
  let left: number | null = null;
  for (;;) {
    const { rows } = await pool.query<{ waiting: number; connected: number }>(
      `SELECT (SELECT count(*)::int FROM pending) AS waiting,
              (SELECT count(*)::int FROM pg_stat_activity WHERE application_name = $1) AS connected`,
      [killed],
    );
    const { waiting, connected } = rows[0] ?? { waiting: 0, connected: 1 };
    if (left !== null && waiting < left) return;
    if (connected === 0) left ??= waiting;
    await pause(POLL_MS);
  }
}

/** A worker with BullMQ's own settings is killed at its job: when another one takes it up, in seconds. */
async function measureDefaults(rig: Rig): Promise<number> {
  const victim = await rig.start("./default-worker.ts", [rig.redisUrl, "add"]);
  const other = await rig.start("./default-worker.ts", [rig.redisUrl, "wait"]);
  const killedAt = Date.now();
  victim.child.kill("SIGKILL");
  await once(other.child, "message");
  return (Date.now() - killedAt) / 1_000;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
