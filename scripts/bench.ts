// npm run bench [-- --json [name…]]: measures, and prints a table, or JSON for a program.
//
// Exit code 0 also when a target is missed: a busy machine misses some, and what to make of it is the
// reader's judgement; 2 for a name that is none.
import { isReached, type BenchResult } from "../bench/bench-result.ts";
import { BENCH_NAMES, runBenches } from "../bench/run.ts";

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const wanted = args.filter((arg) => arg !== "--json");
const unknown = wanted.filter((name) => !BENCH_NAMES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `there is no benchmark ${unknown.join(", ")}; there are: ${BENCH_NAMES.join(", ")}\n`,
  );
  process.exit(2);
}
if (!asJson) process.stdout.write(line("", "measured", "baseline", "ratio", "target", ""));
const results = await runBenches(wanted, (some) => {
  if (!asJson) for (const result of some) process.stdout.write(describe(result));
});
if (asJson) process.stdout.write(`${JSON.stringify(results)}\n`);

function describe(result: BenchResult): string {
  const { name, value, unit, baseline, ratio, target } = result;
  const verdict = isReached(result) ? "reached" : "missed";
  return line(name, `${round(value)} ${unit}`, round(baseline), round(ratio), target, verdict);
}

function line(...[name, measured, baseline, ratio, target, verdict]: string[]): string {
  const cells = [
    name?.padEnd(32),
    measured?.padStart(26),
    baseline?.padStart(12),
    ratio?.padStart(8),
  ];
  return `${[...cells, target?.padStart(8), verdict].join("  ").trimEnd()}\n`;
}

/** Three digits that count. */
function round(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}
