// The arguments of `npm test`: what vitest calls filters, `--project <name>` any number of times, `--runs <count>`, how often
// every property is tried, and `--seed <number>`, from where.
import { readRuns } from "./property-runs.ts";

export type TestArguments = {
  filters: string[];
  projects: string[];
  /** Null when it is not said. */
  runs: number | null;
  seed: number | null;
};

/** Throws, in words for who typed it, when `--runs` or `--seed` is no number. */
export function readArguments(args: readonly string[]): TestArguments {
  const filters: string[] = [];
  const projects: string[] = [];
  let runs: number | null = null;
  let seed: number | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [name, joined] = splitOption(arg);
    const value = (): string => joined ?? args[(at += 1)] ?? "";
    if (name === "--project") projects.push(value());
    else if (name === "--runs") runs = countFrom(name, value());
    else if (name === "--seed") seed = countFrom(name, value());
    else filters.push(arg);
  }
  return { filters, projects, runs, seed };
}

function splitOption(arg: string): [name: string, joined: string | null] {
  const equals = arg.indexOf("=");
  if (!arg.startsWith("--") || equals < 0) return [arg, null];
  return [arg.slice(0, equals), arg.slice(equals + 1)];
}

function countFrom(name: string, text: string): number {
  const count = readRuns(text);
  if (count === null) throw new Error(`${name} takes a whole number of at least 1, not '${text}'`);
  return count;
}
