/** The database: there, new enough, writable, migrated, and reached directly. */
import type pg from "pg";
import { openDatabase } from "#app/db/database.ts";
import { listShared } from "#app/db/environments.ts";
import { readHealth } from "#app/db/health.ts";
import { listSealed } from "#app/db/shop-list.ts";
import { unappliedMigrations } from "#app/db/unapplied-migrations.ts";
import type { Log } from "#app/platform/log.ts";
import { sayFault } from "../say-fault.ts";
import type { Check } from "./check.ts";
import { ok, warning, wrong } from "./check.ts";

const OLDEST_VERSION = 140_000;

export type DatabaseFindings = {
  checks: Check[];
  sealed: { domain: string; credentials: string }[];
};

export async function checkDatabase(url: string, log: Log): Promise<DatabaseFindings> {
  const { pool, close } = openDatabase({ url, max: 1, log });
  try {
    return await examine(pool);
  } catch (error) {
    const remedy =
      "start it, or correct DATABASE_URL; unset, Ringtrue brings a database of its own";
    return { checks: [wrong("database", `not reachable: ${sayFault(error)}`, remedy)], sealed: [] };
  } finally {
    await close();
  }
}

async function examine(pool: pg.Pool): Promise<DatabaseFindings> {
  const client = await pool.connect();
  try {
    const { version, readOnly, notifies } = await readHealth(client);
    const named = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`;
    const checks = [checkServer(version, named, readOnly), checkSession(notifies)];
    const lacking = await unappliedMigrations(client);
    if (lacking.length > 0) {
      const remedy = "npm start applies them, and so does every other ringtrue command";
      checks.push(
        wrong("migrations", `${lacking.length} not applied: ${lacking.join(", ")}`, remedy),
      );
      return { checks, sealed: [] };
    }
    checks.push(ok("migrations", "all applied"));
    checks.push(...(await listShared(client)).map(checkShared));
    return { checks, sealed: await listSealed(client) };
  } finally {
    client.release();
  }
}

function checkServer(version: number, named: string, readOnly: boolean): Check {
  if (version < OLDEST_VERSION) {
    return wrong("database", `${named} is too old`, "use PostgreSQL 14 or later");
  }
  if (readOnly) {
    return wrong(
      "database",
      `${named} takes no writes`,
      "point DATABASE_URL at the primary server",
    );
  }
  return ok("database", named);
}

/** Fine as long as their names differ, which is checked when one of them goes live. */
function checkShared(domains: readonly string[]): Check {
  const remedy = "give each of them attribute names of its own (attribute_names) before it is live";
  return warning("shared workspace", `${domains.join(" and ")} write to one workspace`, remedy);
}

function checkSession(notifies: boolean): Check {
  const name = "database session";
  if (notifies) return ok(name, "reached directly");
  const remedy = "point DATABASE_URL at the server itself, or at a pooler in session mode";
  return wrong(name, "a pooler gives every statement another connection", remedy);
}
