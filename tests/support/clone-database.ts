// A database of its own: a clone of the migrated template, some tens of milliseconds each. Knows
// nothing of a test runner, so that a program may have one, too.
import { randomBytes } from "node:crypto";
import type pg from "pg";
import { openDatabase } from "#app/db/database.ts";
import type { Services } from "./services.ts";
import { silentLog } from "./silent-log.ts";
import { databaseUrl, withServer } from "./template.ts";

export type TestDatabase = { url: string; pool: pg.Pool; drop(): Promise<void> };

/** `drop` ends the pool and whoever else is connected. */
export async function cloneDatabase({
  postgresUrl,
  template,
}: Pick<Services, "postgresUrl" | "template">): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withServer(postgresUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`),
  );
  const url = databaseUrl(postgresUrl, name);
  const database = openDatabase({ url, log: silentLog });
  return {
    url,
    pool: database.pool,
    drop: async () => {
      await database.close();
      await withServer(postgresUrl, (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}
