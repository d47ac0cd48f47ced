// The arguments of `npm test`: what vitest calls filters, `--project <name>` any number of times, and `--runs <count>`, how often
// every property is tried.
import { readRuns } from "./property-runs.ts";

export type TestArguments = {
  filters: string[];
  projects: string[];
  /** Null when it is not said. */
  runs: number | null;
};

/** Throws, in words for who typed it, when `--runs` is no number of runs. */
export function readArguments(args: readonly string[]): TestArguments {
  const filters: string[] = [];
  const projects: string[] = [];
  let runs: number | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const [name, joined] = splitOption(arg);
    const value = (): string => joined ?? args[(at += 1)] ?? "";
    if (name === "--project") projects.push(value());
    else if (name === "--runs") runs = runsFrom(value());
    else filters.push(arg);
  }
  return { filters, projects, runs };
}

function splitOption(arg: string): [name: string, joined: string | null] {
  const equals = arg.indexOf("=");
  if (!arg.startsWith("--") || equals < 0) return [arg, null];
  return [arg.slice(0, equals), arg.slice(equals + 1)];
}

function runsFrom(text: string): number {
  const runs = readRuns(text);
  if (runs === null) throw new Error(`--runs takes a whole number of at least 1, not '${text}'`);
  return runs;
}
