// The cluster: PostgreSQL's files, in <data directory>/postgres. It is made aside and moved into
// place whole, so that a process killed meanwhile leaves nothing half-made. Beside PostgreSQL's
// own files it holds the password and the port of last time.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { commandFor, handOver, type Launch } from "./launch.ts";

export const USER = "postgres";
const DRAFT = "postgres.draft-";

export type Cluster = { directory: string };

export function clusterOf(dataDir: string): Cluster {
  return { directory: join(dataDir, "postgres") };
}

/** Makes the cluster unless it is there. Throws with initdb's words. */
export async function ensureCluster(dataDir: string, binaries: Binaries, launch: Launch) {
  const { directory } = clusterOf(dataDir);
  if (existsSync(join(directory, "PG_VERSION"))) return handOver(launch, directory);
  await removeDrafts(dataDir);
  const draft = join(dataDir, `${DRAFT}${process.pid}`);
  const password = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(password, randomBytes(24).toString("hex"), { mode: 0o600 });
    handOver(launch, draft);
    handOver(launch, password);
    await initialise(draft, password, binaries, launch);
    await rename(password, join(draft, "ringtrue.password"));
    await rename(draft, directory);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(password, { force: true });
  }
}

export async function readPassword(cluster: Cluster): Promise<string> {
  return await readFile(join(cluster.directory, "ringtrue.password"), "utf8");
}

/** The port that was written down last; null: none yet. */
export async function readPort(cluster: Cluster): Promise<number | null> {
  const path = join(cluster.directory, "ringtrue.port");
  return existsSync(path) ? Number(await readFile(path, "utf8")) : null;
}

export async function writePort(cluster: Cluster, port: number): Promise<void> {
  await writeFile(join(cluster.directory, "ringtrue.port"), String(port));
}

/** What the postmaster wrote down about itself; null: there is none, or it is just beginning. */
export async function readPostmaster(cluster: Cluster) {
  const written = await readIfThere(join(cluster.directory, "postmaster.pid"));
  if (written === null) return null;
  const [pid, , , port] = written.split("\n").map(Number);
  return pid && port ? { pid: Math.abs(pid), port } : null;
}

/** A postmaster may take its file away at any moment. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return null;
    throw fault;
  }
}

async function initialise(directory: string, password: string, binaries: Binaries, launch: Launch) {
  const { file, args, options } = commandFor(launch, [
    binaries.initdb,
    `--pgdata=${directory}`,
    `--username=${USER}`,
    `--pwfile=${password}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ]);
  try {
    await promisify(execFile)(file, args, options);
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
    throw new Error(`the embedded PostgreSQL could not be set up: ${said}`, { cause });
  }
}

async function removeDrafts(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) await rm(join(dataDir, name), { recursive: true, force: true });
}
