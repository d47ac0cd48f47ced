// `npm test`: every suite in one run, on one PostgreSQL and one Redis, and one last line that sums
// them up. Arguments go to vitest (`npm test -- --project unit`, `npm test -- intake`), but for
// `npm test -- --runs 1000000`, which sets how often every property is tried, and `--seed 7`, from where.
import { startVitest } from "vitest/node";
import { countResults, describeCounts, namesOfSkipped } from "./test/count-results.ts";
import { setPropertyRuns, setPropertySeed } from "./test/property-runs.ts";
import { POSTGRES_VARIABLE, REDIS_VARIABLE, startServices } from "../tests/support/services.ts";
import { readArguments, type TestArguments } from "./test/read-arguments.ts";

const { filters, projects, runs, seed } = readOrExplain(process.argv.slice(2));
if (runs !== null) setPropertyRuns(runs);
setPropertySeed(seed);
const unitOnly = projects.length > 0 && projects.every((name) => name === "unit");
const running = unitOnly ? null : await startServices();
if (running !== null) {
  process.env[POSTGRES_VARIABLE] = running.services.postgresUrl;
  if (running.services.redisUrl !== null) process.env[REDIS_VARIABLE] = running.services.redisUrl;
}

const vitest = await startVitest("test", filters, {
  watch: false,
  ...(projects.length === 0 ? {} : { project: projects }),
});
const modules = vitest.state.getTestModules();
const counts = countResults(modules, vitest.state.getUnhandledErrors());
for (const name of namesOfSkipped(modules)) process.stdout.write(`skipped: ${name}\n`);
await vitest.close();
await running?.stop();
process.stdout.write(`\n${describeCounts(counts)}\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

/** Ends with 2, as for any wrong usage. */
function readOrExplain(args: readonly string[]): TestArguments {
  try {
    return readArguments(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
