// Starts what a measurement needs, each in a process of its own, and ends it again: a database of
// its own on the server at DATABASE_URL, the servers, the load generator.

import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";

import pg from "pg";

import { migrateDatabase } from "#app/db/migrate.ts";

import { end, nextMessage } from "../measured-process.ts";
import type { LoadPlan, LoadReport } from "./load-plan.ts";

export type Rig = {
  /** Starts `<name>-server.ts`; answers its port. */
  startServer(name: "bare" | "ringtrue" | "template"): Promise<number>;
  load(plan: Omit<LoadPlan, "secret">): Promise<LoadReport>;
};

const SECRET = "bench-secret";

/** Runs `measure` on a fresh database, and leaves nothing behind. */
export async function withRig<Result>(measure: (rig: Rig) => Promise<Result>): Promise<Result> {
  const serverUrl = process.env["DATABASE_URL"];
  if (serverUrl === undefined)
    throw new Error("DATABASE_URL names the PostgreSQL server to measure on");
  const redisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
  const name = `bench_${randomBytes(6).toString("hex")}`;
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const children: ChildProcess[] = [];
  await administer(serverUrl, `CREATE DATABASE ${name}`);
  try {
    await migrateDatabase(databaseUrl);
    const generator = start("./load.ts", []);
    return await measure({
      startServer: (server) =>
        nextMessage<number>(start(`./${server}-server.ts`, [databaseUrl, redisUrl, SECRET])),
      load(plan) {
        generator.send({ ...plan, secret: SECRET });
        return nextMessage<LoadReport>(generator);
      },
    });
  } finally {
    await Promise.all(children.map(end));
    await administer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }

  function start(file: string, args: string[]): ChildProcess {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.push(child);
    return child;
  }
}

/** The median of the ratios that belong together. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
