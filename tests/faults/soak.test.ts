// Twenty shops against everything that can befall an installation, at random: killed processes, a killed
// database, a wiped queue, a network that cuts, freezes and resets, a Customer.io that fails. The same at
// full length is `npm run soak`. RINGTRUE_FAULT_SEED=<n> plays a failed run again.
import { beforeAll, describe, expect, inject, test } from "vitest";
import { chooseSeed } from "../support/crowd-run.ts";
import type { Queue } from "../support/crowd-stage.ts";
import { describeWith } from "../support/describe-with.ts";
import { playSoak, playUndisturbed, type SoakPlan, type Undisturbed } from "../support/soak.ts";

const plan: SoakPlan = {
  ...{ services: inject("services"), webhooks: 5_000, shops: 20 },
  ...{ crowdSeed: 11, seed: chooseSeed(), withinMs: 240_000 },
};
let undisturbed: Undisturbed;

beforeAll(async () => {
  process.stderr.write(`RINGTRUE_FAULT_SEED=${plan.seed}\n`);
  undisturbed = await playUndisturbed(plan);
}, 300_000);

function endsAsUndisturbed(queue: Queue): void {
  test("whatever fails, nothing is lost, nothing is doubled, and everybody is told in order", async () => {
    const { problems, ...end } = await playSoak(plan, queue, undisturbed);
    expect(problems).toEqual([]);
    expect(end.spoilt).toBeGreaterThan(0);
    expect(end.people).toBeGreaterThan(500);
    expect(end.events).toBeGreaterThan(500);
  });
}

describe("with its queue on PostgreSQL", () => endsAsUndisturbed("postgres"));
describeWith("redis", "with its queue on Redis", () => endsAsUndisturbed("redis"));
