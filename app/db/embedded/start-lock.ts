// Who starts the database: the process whose id stands in the lock file. The lock only saves work
// and noise. What excludes is PostgreSQL's own postmaster.pid, and a cluster is made aside and
// moved into place, so a lock that is wrongly broken costs one failed attempt.
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** Takes the lock, also from a process that is gone. null: another process has it. */
export function tryLock(path: string): (() => void) | null {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    if (!linked(own, path)) {
      if (isAlive(holderOf(path))) return null;
      rmSync(path, { force: true });
      if (!linked(own, path)) return null;
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function holderOf(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
