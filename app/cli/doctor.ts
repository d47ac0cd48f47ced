/**
 * `ringtrue doctor`: looks at everything Ringtrue needs and changes nothing; each finding that is not
 * well comes with what helps.
 */
import { borrowDatabase } from "#app/db/borrow-database.ts";
import type { Config } from "#app/platform/config.ts";
import { readConfig } from "#app/platform/config.ts";
import type { Log } from "#app/platform/log.ts";
import type { Check } from "./doctor/check.ts";
import { ok, wrong } from "./doctor/check.ts";
import type { DatabaseFindings } from "./doctor/check-database.ts";
import { checkDatabase } from "./doctor/check-database.ts";
import { checkQueue } from "./doctor/check-queue.ts";
import { checkReach } from "./doctor/check-reach.ts";
import { checkSealed, checkSecrets } from "./doctor/check-secrets.ts";
import { createOperatorLog } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { sayFault } from "./say-fault.ts";

export async function doctor(): Promise<Outcome> {
  const reading = readConfig();
  if (reading.ok) return conclude(await examine(reading.config));
  return conclude(
    reading.problems.map(({ variable, problem }) =>
      wrong(`variable ${variable}`, problem, `correct ${variable} in the environment`),
    ),
  );
}

async function examine(config: Config): Promise<Check[]> {
  const log = createOperatorLog(config);
  const database = await examineDatabase(config, log);
  const databaseIsWell = database.checks.every(
    ({ name, state }) => name === "migrations" || state === "ok",
  );
  const { check, connections } = checkSealed(database.sealed, config);
  return [
    ok("variables", "all valid"),
    ...database.checks,
    ...(await checkQueue(config.redisUrl, databaseIsWell)),
    checkSecrets(config),
    check,
    ...(await checkReach(config, connections)),
  ];
}

async function examineDatabase(config: Config, log: Log): Promise<DatabaseFindings> {
  try {
    const borrowed = await borrowDatabase({ ...config, log });
    const findings = await checkDatabase(borrowed.url, log);
    await borrowed.giveBack();
    return findings;
  } catch (error) {
    const remedy = `look at ${config.dataDir}, or set DATABASE_URL to a server of your own`;
    const check = wrong("database", `the embedded one does not start: ${sayFault(error)}`, remedy);
    return { checks: [check], sealed: [] };
  }
}

const SIGNS = { ok: "ok     ", warning: "warning", wrong: "WRONG  " };

function conclude(checks: readonly Check[]): Outcome {
  const healthy = checks.every(({ state }) => state !== "wrong");
  const lines = checks.flatMap(({ name, state, finding, remedy }) => [
    `${SIGNS[state]}  ${name}: ${finding}`,
    ...(remedy === null ? [] : [`         → ${remedy}`]),
  ]);
  return {
    code: healthy ? 0 : 1,
    result: { data: { healthy, checks }, text: lines.join("\n") },
    notes: [],
  };
}
