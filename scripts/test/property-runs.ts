// How often every property is tried: 10,000 times, or as often as `npm test -- --runs <count>` says, which puts it into the
// environment, where a run of vitest alone finds it too.
import { env } from "node:process";

const VARIABLE = "FC_RUNS";
const DEFAULT = 10_000;

export function propertyRuns(): number {
  const told = env[VARIABLE];
  const runs = told === undefined ? DEFAULT : readRuns(told);
  if (runs === null) throw new Error(`${VARIABLE} is no number of runs: ${told}`);
  return runs;
}

export function setPropertyRuns(runs: number): void {
  env[VARIABLE] = String(runs);
}

/** Null when the text is no whole number of at least one. */
export function readRuns(text: string): number | null {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}
