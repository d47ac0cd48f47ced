// The embedded database: a real PostgreSQL of our own in the data directory, shared by all
// processes that use that directory. Whoever comes first starts it, the others find it; the last
// one to leave may stop it. It survives us, and we survive it being killed.
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "#app/platform/log.ts";
import { addressOf, ask, withClient } from "./embedded/ask.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { clusterOf, ensureCluster, type Cluster } from "./embedded/cluster.ts";
import { chooseLaunch } from "./embedded/launch.ts";
import { startPostmaster } from "./embedded/postmaster.ts";
import { tryLock } from "./embedded/start-lock.ts";

export type EmbeddedDatabase = {
  /** The address of the database `ringtrue`, with its password. */
  url: string;
  /**
   * Stops the server, unless others are still connected to it (they are waited for briefly).
   * `evenIfUsed` stops it anyway; the data is safe either way. Answers whether it was stopped.
   */
  stop(options?: { evenIfUsed?: boolean }): Promise<boolean>;
};

const DATABASE = "ringtrue";
const POLL_MS = 100;
const RETRY_FOR_MS = 15_000; // after a kill -9 its children hold the data for a moment
const OTHERS_STARTING_MS = 60_000;
const OTHERS_LEAVING_MS = 2_000;
const STOP_WITHIN_MS = 30_000;

/** Finds the server of `dataDir` or starts it. Throws when it can't, saying what to do. */
export async function startEmbeddedDatabase(options: {
  dataDir: string;
  log: Log;
}): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  const cluster = clusterOf(dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const ready = await findOrStart(dataDir, cluster, options.log);
  await createDatabase(addressOf(ready.port, ready.password, "postgres"));
  return {
    url: addressOf(ready.port, ready.password, DATABASE),
    stop: ({ evenIfUsed = false } = {}) => stop(cluster, evenIfUsed, options.log),
  };
}

async function findOrStart(dataDir: string, cluster: Cluster, log: Log) {
  const begun = Date.now();
  let failingSince: number | null = null;
  for (;;) {
    const answer = await ask(cluster);
    if (answer.state === "ready") return answer;
    const release = answer.state === "starting" ? null : tryLock(join(dataDir, "postgres.lock"));
    if (release === null) {
      if (Date.now() - begun > OTHERS_STARTING_MS) throw new Error(stuck(dataDir));
    } else {
      const start = await makeAndStart(dataDir, log).finally(release);
      failingSince ??= Date.now();
      if (!start.ok && Date.now() - failingSince > RETRY_FOR_MS) {
        throw new Error(`the embedded PostgreSQL does not start: ${start.said}`);
      }
    }
    await pause(POLL_MS);
  }
}

async function makeAndStart(dataDir: string, log: Log) {
  const binaries = await findBinaries();
  const launch = chooseLaunch(binaries.postgres, dataDir);
  await ensureCluster(dataDir, binaries, launch);
  const start = await startPostmaster(dataDir, binaries, launch);
  if (start.ok) log.debug("the embedded database was started");
  else log.debug({ said: start.said }, "the embedded database did not start yet");
  return start;
}

function stuck(dataDir: string): string {
  return (
    `another process is starting the database in ${dataDir} and does not finish: end it, or ` +
    `remove ${join(dataDir, "postgres.lock")} when there is none`
  );
}

async function createDatabase(address: string): Promise<void> {
  await withClient(address, async (client) => {
    const known = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (known.rowCount !== 0) return;
    try {
      await client.query(`CREATE DATABASE ${DATABASE}`);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  });
}

/** 42P04 duplicate_database; 23505 and 55006 when two of us make it, or clone it from the same. */
function isDuplicate(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["42P04", "23505"].includes(String(error.code))
  );
}

async function stop(cluster: Cluster, evenIfUsed: boolean, log: Log): Promise<boolean> {
  const answer = await ask(cluster);
  if (answer.state !== "ready") return false;
  const address = addressOf(answer.port, answer.password, "postgres");
  if (!evenIfUsed && !(await othersLeave(address))) {
    log.info("the embedded database stays up: others use it");
    return false;
  }
  process.kill(answer.pid, "SIGINT");
  const lastFile = join(cluster.directory, "postmaster.pid");
  for (let waited = 0; existsSync(lastFile); waited += POLL_MS) {
    if (waited > STOP_WITHIN_MS) throw new Error("the embedded PostgreSQL does not stop");
    await pause(POLL_MS);
  }
  return true;
}

async function othersLeave(address: string): Promise<boolean> {
  for (let waited = 0; waited <= OTHERS_LEAVING_MS; waited += POLL_MS) {
    if ((await withClient(address, countOthers)) === 0) return true;
    await pause(POLL_MS);
  }
  return false;
}

async function countOthers(client: Parameters<Parameters<typeof withClient>[1]>[0]) {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  return rows[0]?.others ?? 0;
}
