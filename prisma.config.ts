import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

const ENGINE_LOCK_TIMEOUT_MS = 10_000;

/**
 * The migration engine races its advisory lock against a 10 s timer that it never clears, so that
 * `migrate deploy` would sit there for 10 s after its work is done. The timer stays, but no longer
 * keeps a finished process alive.
 */
const schedule = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((...given: Parameters<typeof schedule>) => {
  const timer = schedule(...given);
  return given[1] === ENGINE_LOCK_TIMEOUT_MS ? timer.unref() : timer;
}, schedule);

const CATALOGUE_TYPES = new Set([18, 19]); // "char" and name
const TEXT = 25;

/**
 * The migration engine reads catalogue columns of the types "char" and name, which the adapter
 * does not know; both are text to us, so the answers are relabelled before the adapter sees them.
 */
class CataloguePool extends pg.Pool {
  override connect(...given: unknown[]): never {
    const connecting = (super.connect as (...all: unknown[]) => Promise<pg.PoolClient>)(...given);
    if (!(connecting instanceof Promise)) return connecting as never;
    return connecting.then(relabelling) as never;
  }
  override query(...given: unknown[]): never {
    const asking = (super.query as (...all: unknown[]) => Promise<pg.QueryResult>)(...given);
    return (asking instanceof Promise ? asking.then(relabelled) : asking) as never;
  }
}

function relabelled<Result extends { fields?: pg.FieldDef[] }>(result: Result): Result {
  for (const field of result?.fields ?? []) {
    if (CATALOGUE_TYPES.has(field.dataTypeID)) field.dataTypeID = TEXT;
  }
  return result;
}

function relabelling(client: pg.PoolClient): pg.PoolClient {
  const ask = client.query.bind(client) as (...all: unknown[]) => Promise<pg.QueryResult>;
  client.query = ((...given: unknown[]) => ask(...given).then(relabelled)) as never;
  return client;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: () =>
    Promise.resolve(
      new PrismaPg(
        new CataloguePool({
          connectionString: process.env["DATABASE_URL"],
          max: 2,
          idleTimeoutMillis: 200,
        }),
      ),
    ),
});
