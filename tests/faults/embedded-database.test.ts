import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedDatabase } from "#app/db/embedded.ts";
import { startTestPostgres, type TestPostgres } from "../support/postgres.ts";
import { silentLog } from "../support/silent-log.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

async function postmaster(): Promise<number> {
  const file = join(postgres.dataDir, "postgres", "postmaster.pid");
  return Number((await readFile(file, "utf8")).split("\n")[0]);
}

function start() {
  return startEmbeddedDatabase({ dataDir: postgres.dataDir, log: silentLog });
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("whoever comes second finds the server of the first", async () => {
  const before = await postmaster();
  const second = await start();
  expect(second.url).toBe(postgres.url);
  expect(await postmaster()).toBe(before);
});

test("a server that others use is not stopped under them", async () => {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const second = await start();
  expect(await second.stop()).toBe(false);
  expect((await client.query("SELECT 1 AS up")).rows).toEqual([{ up: 1 }]);
  await client.end();
});

test("after kill -9 several processes at once get one server, and what was committed", async () => {
  await ask("CREATE TABLE kept AS SELECT 1 AS row");
  const killed = await postmaster();
  process.kill(killed, "SIGKILL");
  const [first, second] = await Promise.all([start(), start()]);
  expect(await postmaster()).not.toBe(killed);
  expect(first.url).toBe(second.url);
  expect(await ask("SELECT row FROM kept")).toEqual([{ row: 1 }]);
});

test("stopped and started again it has the same address", async () => {
  const handle = await start();
  expect(await handle.stop()).toBe(true);
  expect((await start()).url).toBe(postgres.url);
});
