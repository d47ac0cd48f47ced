// What can befall an installation while it works: a wiped queue, a network that cuts, freezes and
// refuses, and a Customer.io that fails now and then. Killing is done by whoever started what is killed.
import { setTimeout as pause } from "node:timers/promises";
import { Redis as RedisClient } from "ioredis";
import type pg from "pg";
import type { JsonObject } from "../../simulator/control/json.ts";
import type { FaultProxy } from "./fault-proxy.ts";

export type Mishap = { name: string; strike(): Promise<void> | void };

const STALL_MS = 1_500;

/**
 * What a workspace does at random, by the share of requests. Left out is what waits a minute by
 * design (401, 403) and what makes a dead letter of an item when it comes twice (207, 400, 413): the
 * fault matrix has those.
 */
export const AT_RANDOM: readonly JsonObject[] = [
  { fault: "fail", status: 500, rate: 0.02 },
  { fault: "fail", status: 503, retryAfter: 1, rate: 0.005 },
  { fault: "fail", status: 429, retryAfter: "date:1", rate: 0.01 },
  { fault: "accept-then-fail", status: 502, rate: 0.02 },
  { fault: "accept-then-fail", status: 200, body: "<html>", rate: 0.005 },
  { fault: "accept-then-drop", rate: 0.02 },
  { fault: "cut-answer", rate: 0.02 },
  { fault: "drop", rate: 0.02 },
  { fault: "slow-answer", ms: 700, rate: 0.02 },
  { fault: "delay", ms: 11_000, rate: 0.002 },
  { fault: "accept-then-hang", rate: 0.002 },
].map((plan) => ({ ...plan, times: "forever", path: "/api/v2/batch" }));

/**
 * Everything but the list of applied migrations: what is lost is the queue, not its schema. It locks
 * all of BullMQ's tables, which may be in the way of what BullMQ does just then: tried until it works.
 */
export async function truncateQueue(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
  );
  const tables = rows.map(({ name }) => `bullmq.${name}`).join(", ");
  for (;;) {
    try {
      await pool.query(`TRUNCATE ${tables}`);
      return;
    } catch (fault) {
      if (!(fault instanceof Error && "code" in fault && fault.code === "40P01")) throw fault;
    }
  }
}

export async function flushRedis(url: string): Promise<void> {
  const client = new RedisClient(url);
  await client.flushall();
  client.disconnect();
}

export function networkMishaps(name: string, proxy: FaultProxy): Mishap[] {
  return [
    { name: `resets of ${name}`, strike: () => proxy.reset() },
    { name: `cut answers of ${name}`, strike: () => proxy.cutAnswers() },
    {
      name: `${name} frozen, then gone`,
      async strike() {
        proxy.stall();
        await pause(STALL_MS);
        proxy.reset();
        proxy.resume();
      },
    },
    {
      name: `${name} frozen, then back`,
      async strike() {
        proxy.stall();
        await pause(STALL_MS);
        proxy.resume();
      },
    },
    {
      name: `${name} refusing`,
      async strike() {
        proxy.refuse(true);
        proxy.reset();
        await pause(STALL_MS / 3);
        proxy.refuse(false);
      },
    },
  ];
}
