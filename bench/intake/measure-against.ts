// Two servers, measured in turns within one run: the machine's mood is then in both halves of every
// ratio.

import type { LoadPlan, LoadReport } from "./load-plan.ts";
import type { Rig } from "./rig.ts";

export type Round = { baseline: LoadReport; ringtrue: LoadReport };

type Plan = Omit<LoadPlan, "secret" | "port">;

const WARM_UP_MS = { bare: 1_000, template: 5_000 };

/** Throws when a webhook was refused or left unanswered: then the run is void. */
export async function measureAgainst(
  rig: Rig,
  baseline: "bare" | "template",
  rounds: number,
  plan: Plan,
): Promise<Round[]> {
  const ports = {
    baseline: await rig.startServer(baseline),
    ringtrue: await rig.startServer("ringtrue"),
  };
  // Until the compilers have done their work: it takes the template the longest.
  for (const port of Object.values(ports)) {
    await rig.load({ ...plan, port, warmUpMs: 0, measuredMs: WARM_UP_MS[baseline] });
  }
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    done.push(await measureRound(rig, ports, plan, round % 2 === 0));
  }
  if (process.env["BENCH_VERBOSE"] === "1") process.stderr.write(`${JSON.stringify(done)}\n`);
  return done;
}

async function measureRound(
  rig: Rig,
  ports: { baseline: number; ringtrue: number },
  plan: Plan,
  baselineFirst: boolean,
): Promise<Round> {
  if (baselineFirst) {
    const baseline = await load(rig, ports.baseline, plan);
    return { baseline, ringtrue: await load(rig, ports.ringtrue, plan) };
  }
  const ringtrue = await load(rig, ports.ringtrue, plan);
  return { baseline: await load(rig, ports.baseline, plan), ringtrue };
}

async function load(rig: Rig, port: number, plan: Plan): Promise<LoadReport> {
  const report = await rig.load({ ...plan, port });
  if (report.refused > 0) throw new Error(`${report.refused} webhooks got no 200: the run is void`);
  return report;
}
