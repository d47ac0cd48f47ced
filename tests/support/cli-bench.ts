// The operator's command as an operator runs it: a process of its own, in a directory of its own,
// against a real database. What the shop says is merged in this process, by the pipeline itself.
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type pg from "pg";
import { openInbox, type Inbox } from "#app/db/inbox.ts";
import type { Topic } from "#app/core/topics.ts";
import { createMerge } from "#app/pipeline/merge/create-merge.ts";
import { silentLog } from "./silent-log.ts";
import { testDatabase } from "./test-database.ts";

export const DOMAIN = "one.myshopify.com";
export const KEYS = ["--cio-site-id", "hush-site", "--cio-api-key", "hush-key"];

/** What `JSON.parse` gives: tests look into it as they expect it to be. */
type Json = ReturnType<typeof JSON.parse>;

export type Ran = { code: number; out: string; err: string };

export type CliBench = {
  pool: pg.Pool;
  inbox: Inbox;
  run(args: readonly string[], environment?: Record<string, string>): Promise<Ran>;
  /** The result of a command that must be done without a word beside it, as one JSON document. */
  ask(...args: string[]): Promise<Json>;
  settingsFile(settings: unknown): Promise<string>;
  /** A message of the shop; text is sent as it is. */
  hear(topic: Topic, body: unknown): Promise<void>;
  merge(): Promise<void>;
  /** Every table as it was at first. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

const CLI = fileURLToPath(new URL("../../app/cli.ts", import.meta.url));

export async function startCliBench(): Promise<CliBench> {
  const database = await testDatabase();
  const { pool } = database;
  const inbox = openInbox({ url: database.url });
  const directory = await mkdtemp(join(tmpdir(), "ringtrue-cli-"));
  const usual = {
    NODE_ENV: "test",
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    // Out of reach unless a test says otherwise.
    CUSTOMERIO_TRACK_URL: "http://127.0.0.1:1",
  } as const;

  async function run(
    args: readonly string[],
    environment: Record<string, string> = {},
  ): Promise<Ran> {
    const env = { ...usual, ...environment };
    const child = spawn(process.execPath, [CLI, ...args], { env, cwd: directory });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    const [code] = await once(child, "close");
    return { code: Number(code), out, err };
  }

  return {
    pool,
    inbox,
    run,
    async ask(...args) {
      const { code, out, err } = await run([...args, "--json"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      return JSON.parse(out);
    },
    async settingsFile(settings) {
      const path = join(directory, `${randomUUID()}.json`);
      await writeFile(path, JSON.stringify(settings));
      return path;
    },
    async hear(topic, body) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      await inbox.keep([{ ...envelope(topic), body: Buffer.from(text) }]);
    },
    async merge() {
      const wakeups = {
        wake: () => {},
        counts: () => ({ asked: 0, sent: 0, failed: 0 }),
        close: async () => {},
      };
      await createMerge({ pool, wakeups, log: silentLog, now: () => Date.now() })(DOMAIN);
    },
    async clear() {
      await pool.query(
        `TRUNCATE shop, message, pending, dead_letter, identity, observation, person, profile, person_number,
                  consent_entry, outbox, told, delivery, delivery_state, profile_seen, drift, chore RESTART IDENTITY`,
      );
    },
    async close() {
      await inbox.close();
      await database.drop();
      await rm(directory, { recursive: true });
    },
  };
}

export function envelope(topic: Topic) {
  const unsaid = { eventId: null, apiVersion: null, triggeredAt: null };
  return { shop: DOMAIN, topic, webhookId: randomUUID(), ...unsaid };
}

export const ADA = { email: "ada@example.com", phone: "(415) 555-2671" };
export const TICKED = { buyer_accepts_sms_marketing: true, sms_marketing_phone: "+14155552672" };

export function checkout(token: string, more: Record<string, unknown>) {
  return {
    token,
    cart_token: `cart-${token}`,
    created_at: "2026-11-16T10:00:00Z",
    updated_at: "2026-11-16T10:00:00Z",
    currency: "USD",
    total_price: "10.00",
    line_items: [],
    ...more,
  };
}

export function order(id: number, more: Record<string, unknown>) {
  return {
    id,
    name: `#${id}`,
    created_at: "2026-11-15T10:00:00Z",
    updated_at: "2026-11-15T10:00:00Z",
    currency: "USD",
    total_price: "10.00",
    line_items: [],
    source_name: "web",
    ...more,
  };
}

/** Ada orders with one number, and ticks for texts at another. */
export async function sell({ hear, merge }: CliBench): Promise<void> {
  await hear("orders/create", order(1, ADA));
  await hear("checkouts/create", checkout("T1", { email: ADA.email, ...TICKED }));
  await merge();
}
