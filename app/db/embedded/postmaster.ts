// Starting one postmaster. It outlives us and belongs to all our processes: a session of its own
// (a Ctrl-C in our terminal is not meant for it), its words in a file, no pipe to break.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "./ask.ts";
import type { Binaries } from "./binaries.ts";
import { clusterOf, readPort, writePort } from "./cluster.ts";
import { commandFor, type Launch } from "./launch.ts";

export type Start = { ok: true } | { ok: false; said: string };

const READY_WITHIN_MS = 120_000; // a long recovery; the process itself being gone ends the wait
const LOG_LIMIT = 10_000_000;
const POLL_MS = 50;

// Only what differs from PostgreSQL's defaults, or must never be otherwise. Errors of statements
// stay out of the log, as they quote values.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "on",
  full_page_writes: "on",
  shared_buffers: "256MB",
  max_connections: "200",
  max_wal_size: "2GB",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** Resolves when the server answers, or its process is gone. */
export async function startPostmaster(
  dataDir: string,
  binaries: Binaries,
  launch: Launch,
): Promise<Start> {
  const cluster = clusterOf(dataDir);
  const port = await choosePort(await readPort(cluster));
  const logPath = join(dataDir, "postgres.log");
  const log = openSync(logPath, isLong(logPath) ? "w" : "a", 0o600);
  const from = statSync(logPath).size;
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { file, args, options } = commandFor(launch, [
    binaries.postgres,
    "-D",
    cluster.directory,
    "-p",
    String(port),
    ...settings,
  ]);
  const child = spawn(file, args, { ...options, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const gone = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(tail(logPath, from)));
  });
  child.unref();
  let said: string | null = null;
  void gone.then((words) => (said = words));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (said !== null) return { ok: false, said };
    if ((await ask(cluster)).state === "ready") {
      await writePort(cluster, port);
      return { ok: true };
    }
    await pause(POLL_MS);
  }
  return { ok: false, said: `not ready after ${READY_WITHIN_MS} ms; ${tail(logPath, from)}` };
}

/** The port of last time while it is free, so that addresses stay; else any free one. */
async function choosePort(last: number | null): Promise<number> {
  return (last === null ? null : await freePort(last)) ?? (await freePort(0)) ?? 0;
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : null;
      server.close(() => resolve(port));
    });
  });
}

function isLong(path: string): boolean {
  return existsSync(path) && statSync(path).size > LOG_LIMIT;
}

/** Its last words; none when its data was taken away under it. */
function tail(path: string, from: number): string {
  if (!existsSync(path)) return "";
  return readFileSync(path)
    .subarray(from)
    .toString("utf8")
    .trim()
    .split("\n")
    .slice(-4)
    .join(" | ");
}
