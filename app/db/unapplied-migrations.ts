/** Which migrations of this version a database lacks: answered by one query, without Prisma's engine. */
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Queryable } from "./queryable.ts";

const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const NO_SUCH_TABLE = "42P01";

/** Their names in order; all of them for a database that never saw one. */
export async function unappliedMigrations(client: Queryable): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const applied = await appliedMigrations(client);
  return names.filter((name) => !applied.has(name)).sort();
}

async function appliedMigrations(client: Queryable): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ migration_name: string }>(
      `SELECT migration_name FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    return new Set(rows.map((row) => row.migration_name));
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NO_SUCH_TABLE) return new Set();
    throw error;
  }
}
