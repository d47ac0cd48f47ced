// A database of its own for a test file: a clone of the migrated template, some tens of
// milliseconds each.
import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { openDatabase } from "#app/db/database.ts";
import { silentLog } from "./silent-log.ts";
import { databaseUrl, withServer } from "./template.ts";

export type TestDatabase = { url: string; pool: pg.Pool; drop(): Promise<void> };

/** Call in `beforeAll`, and `drop()` in `afterAll`: it ends the pool and whoever else is connected. */
export async function testDatabase(): Promise<TestDatabase> {
  const { postgresUrl, template } = inject("services");
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
