// `npm run soak`: many shops, many webhooks, everything failing at random; judged to the last webhook.
//   npm run soak -- [--webhooks 100000] [--shops 20] [--seed S] [--queue postgres|redis] [--minutes 60]
//
// The seed draws whose lives are lived, the order in which they are heard, and what fails when; the same
// seed plays the same again. Stops by itself; the last line is the verdict. Exit code 0 when nothing was
// lost, doubled or out of order, 1 when something was or time was up, 2 for wrong usage.
import { playSoak, playUndisturbed, type SoakEnd, type SoakPlan } from "../tests/support/soak.ts";
import { startServices } from "../tests/support/services.ts";
import { readSoakArguments, type SoakArguments } from "./soak/read-arguments.ts";

const reading = readSoakArguments(process.argv.slice(2));
if (!reading.ok) {
  process.stderr.write(`${reading.problem}\n`);
  process.exit(2);
}
process.exitCode = (await soak(reading.wanted)) ? 0 : 1;

async function soak(wanted: SoakArguments): Promise<boolean> {
  const { webhooks, shops, seed, queue, minutes } = wanted;
  const title = `soak --webhooks ${webhooks} --shops ${shops} --seed ${seed} --queue ${queue}`;
  process.stderr.write(`${title}\n`);
  const startedAt = performance.now();
  const running = await startServices();
  try {
    const { services } = running;
    const plan: SoakPlan = {
      ...{ services, webhooks, shops, seed, crowdSeed: seed, withinMs: minutes * 60_000 },
    };
    process.stderr.write("undisturbed, to compare with\n");
    const undisturbed = await playUndisturbed(plan);
    process.stderr.write(`everything fails (after ${secondsSince(startedAt)} s)\n`);
    const end = await playSoak(plan, queue, undisturbed);
    for (const problem of end.problems) process.stderr.write(`${problem}\n`);
    process.stdout.write(`${title}: ${verdict(end)} (${secondsSince(startedAt)} s)\n`);
    return end.problems.length === 0;
  } catch (fault) {
    process.stdout.write(`${title}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return false;
  } finally {
    await running.stop();
  }
}

function verdict({ problems, mishaps, spoilt, requests, ...end }: SoakEnd): string {
  const suffered = `${mishaps} mishaps, ${spoilt} of ${requests} requests spoilt`;
  return problems.length === 0
    ? `nothing lost, nothing doubled, order kept: ${end.people} people told ${end.tellings} times, ${end.events} events; ${suffered}`
    : `${problems.length} things are wrong; ${suffered}`;
}

function secondsSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) / 1000);
}
