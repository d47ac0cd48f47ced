// The migrated database that every test database is cloned from. Its name is made from the
// migrations, so that a server which outlives the run never serves an old schema.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrateDatabase } from "#app/db/migrate.ts";

const MIGRATIONS = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const LOCK = 7_464_001;

/** Answers the template's name. Any number of runs may ask at once. */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `ringtrue_template_${digestOfMigrations()}`;
  await withServer(serverUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const known = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (known.rowCount !== 0) return;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    await migrateDatabase(databaseUrl(serverUrl, draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

/** The server's address with another database in it. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One connection to the server, ended after the work. */
export async function withServer<Result>(
  serverUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function digestOfMigrations(): string {
  const digest = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS, { recursive: true, encoding: "utf8" }).sort()) {
    if (name.endsWith(".sql")) digest.update(name).update(readFileSync(join(MIGRATIONS, name)));
  }
  return digest.digest("hex").slice(0, 12);
}
