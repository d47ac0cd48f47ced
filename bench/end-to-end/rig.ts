// What a measurement needs: a database of its own on the server at DATABASE_URL, and processes that
// end with it.

import { fork, type ChildProcess, type Serializable } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import type pg from "pg";

import { openDatabase } from "#app/db/database.ts";
import { migrateDatabase } from "#app/db/migrate.ts";
import { createLog } from "#app/platform/log.ts";

import { end, nextMessage } from "../measured-process.ts";
import { addShop, isAnythingLeft, SHOP, WARM_UP_SHOP } from "./bench-shop.ts";
import type { StandInReport } from "./customerio-stand-in.ts";

export type Rig = {
  databaseUrl: string;
  redisUrl: string;
  pool: pg.Pool;
  /** Forks `<file>` beside this one; answers it with its first message. */
  start<Message>(
    file: string,
    args: readonly string[],
  ): Promise<{ child: ChildProcess; said: Message }>;
};

/** Runs `measure` on a fresh database with the bench's shops, and leaves nothing behind. */
export async function withRig<Result>(measure: (rig: Rig) => Promise<Result>): Promise<Result> {
  const serverUrl = process.env["DATABASE_URL"];
  if (serverUrl === undefined) {
    throw new Error("DATABASE_URL names the PostgreSQL server to measure on");
  }
  const redisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
  const log = createLog({ level: "error", format: "json" }, process.stderr);
  const name = `bench_${randomBytes(6).toString("hex")}`;
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const server = openDatabase({ url: serverUrl, max: 1, log });
  const children: ChildProcess[] = [];
  await server.pool.query(`CREATE DATABASE ${name}`);
  const database = openDatabase({ url: databaseUrl, max: 2, log });
  try {
    await migrateDatabase(databaseUrl);
    await addShop(database.pool, SHOP);
    await addShop(database.pool, WARM_UP_SHOP);
    return await measure({
      databaseUrl,
      redisUrl,
      pool: database.pool,
      async start(file, args) {
        const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
          env: { ...process.env, NODE_ENV: "production" },
          stdio: ["ignore", "inherit", "inherit", "ipc"],
        });
        children.push(child);
        return { child, said: await nextMessage(child) };
      },
    });
  } finally {
    await Promise.all(children.map(end));
    await database.close();
    await server.pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.close();
  }
}

export async function tellAndHear<Message>(
  child: ChildProcess,
  message: Serializable,
): Promise<Message> {
  const heard = nextMessage<Message>(child);
  child.send(message);
  return heard;
}

/** What the stand-in heard since it was last asked to forget. */
export function report(
  standIn: ChildProcess,
  andThen: "report" | "forget" = "report",
): Promise<StandInReport> {
  return tellAndHear(standIn, andThen);
}

/** Waits until the shop's inbox is empty and (unless `merged` is enough) nobody is left to tell. */
export async function untilDone(
  pool: pg.Pool,
  shop: string,
  withinMs: number,
  what: "merged" | "told" = "told",
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (!(await isAnythingLeft(pool, shop, what))) return;
    if (Date.now() > deadline)
      throw new Error(`rows or people of ${shop} are left over: the run is void`);
    await pause(50);
  }
}
