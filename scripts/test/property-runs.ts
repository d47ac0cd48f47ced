// How often every property is tried, and from which seed. 10,000 times, or as often as `npm test -- --runs <count>` says. From a
// seed of its own each time, or the one of `npm test -- --seed <number>`; in CI from one made of the tree that is tested, so that a
// commit is judged the same however often it is judged, and another commit by other histories. Both go through the environment,
// where a run of vitest alone finds them too.
import { execFileSync } from "node:child_process";
import { env } from "node:process";

const VARIABLE = "FC_RUNS";
const SEED_VARIABLE = "FC_SEED";
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

/** What goes into fast-check's parameters: nothing when it is to choose a seed itself. */
export function propertySeed(): { seed?: number } {
  const told = env[SEED_VARIABLE];
  if (told === undefined) return {};
  const seed = readRuns(told);
  if (seed === null) throw new Error(`${SEED_VARIABLE} is no seed: ${told}`);
  return { seed };
}

/** `asked` is null when nobody said a seed. */
export function setPropertySeed(asked: number | null): void {
  const seed = asked ?? (env["CI"] === "true" ? seedOfTree() : null);
  if (seed !== null) env[SEED_VARIABLE] = String(seed);
}

/** Null where there is no repository: an unpacked archive has no commit to judge twice. */
function seedOfTree(): number | null {
  try {
    const tree = execFileSync("git", ["rev-parse", "HEAD^{tree}"], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return 1 + Number.parseInt(tree.slice(0, 7), 16);
  } catch {
    return null;
  }
}
