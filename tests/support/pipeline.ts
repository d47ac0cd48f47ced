// The whole way in one process: webhook door, inbox, merge, delivery, simulated workspace. The
// queue is a real one where a test is about it; otherwise there is none, and `settle` does by hand what
// wake-ups would have started, so that nothing happens while a test isn't looking.
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { createWorkspace } from "#app/customerio/workspace.ts";
import { openInbox } from "#app/db/inbox.ts";
import { createDeliver, type Deliver } from "#app/pipeline/deliver/create-deliver.ts";
import { createMerge } from "#app/pipeline/merge/create-merge.ts";
import { createSecretsReader, loadShopSecrets } from "#app/intake/shop-secrets.ts";
import { startWeb } from "#app/web.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { pathFor, signHeaders } from "../../simulator/shopify/sign.ts";
import { connectShop, sealer, SECRET, type ShopToConnect } from "./connected-shop.ts";
import { countUndone } from "./quiet.ts";
import { silentLog } from "./silent-log.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

export type Sending = {
  topic: string;
  body: Buffer | string | object;
  shop?: string;
  webhookId?: string;
  triggeredAt?: string;
};

export type Pipeline = {
  url: string;
  database: TestDatabase;
  pool: pg.Pool;
  customerio: RunningCustomerio;
  /** Connects a further shop; the first one is SHOP in WORKSPACE. */
  connect(shop: ShopToConnect): Promise<number>;
  /** Sends a signed webhook and answers the status. */
  send(sending: Sending): Promise<number>;
  sendAll(webhooks: readonly Webhook[]): Promise<void>;
  merge(shop: string): Promise<void>;
  deliver: Deliver;
  /** Merges and delivers until there is nothing left that can be done now; throws when it never ends. */
  settle(shop?: string): Promise<void>;
  /** Stops the pipeline's clock where it is. */
  freeze(): void;
  /** Whom the doors and the workers wanted woken, in that order: "merge one.myshopify.com urgent". */
  woken: string[];
  /** The pipeline's clock, in milliseconds since 1970. */
  now(): number;
  /** Moves the pipeline's clock; delivery pauses and quiet times are measured by it. */
  advance(ms: number): void;
  close(): Promise<void>;
};

export const SHOP = "one.myshopify.com";
export const WORKSPACE = { siteId: "site-one", apiKey: "key-one" };
/** Where the outside world believes the server to be. */
export const PUBLIC_URL = "https://ringtrue.example";
const ROUNDS_MAX = 200;
const AT_ONCE = 32;

export async function startPipeline(shop: Partial<ShopToConnect> = {}): Promise<Pipeline> {
  const database = await testDatabase();
  const { pool, url: databaseUrl } = database;
  let shiftMs = 0;
  let frozenAt: number | null = null;
  const now = (): number => (frozenAt ?? Date.now()) + shiftMs;
  const customerio = await startCustomerio(WORKSPACE);
  await connectShop(databaseUrl, { domain: SHOP, ...WORKSPACE, ...shop });
  const woken: string[] = [];
  const wakeups = {
    wake: (kind: string, shop: string, why: string) => void woken.push(`${kind} ${shop} ${why}`),
    counts: () => ({ asked: 0, sent: 0, failed: 0 }),
    close: () => Promise.resolve(),
  };
  const inbox = openInbox({ url: databaseUrl });
  const hookInbox = openInbox({ url: databaseUrl });
  const secrets = createSecretsReader((domain) => loadShopSecrets({ pool, sealer }, domain), now);
  const web = await startWeb({
    config: {
      host: "127.0.0.1",
      port: 0,
      environment: "test",
      shopify: {
        apiKey: "key",
        apiSecret: SECRET,
        apiSecretPrevious: null,
        appUrl: PUBLIC_URL,
        scopes: [],
      },
    },
    log: silentLog,
    inbox,
    wakeups,
    hooks: { inbox: hookInbox, secrets, now },
    isReady: () => Promise.resolve(true),
  });
  const merge = createMerge({ pool, wakeups, log: silentLog, now });
  const deliver = createDeliver({
    pool,
    sealer,
    wakeups,
    log: silentLog,
    now,
    openWorkspace: (connection) => createWorkspace(connection, customerio.url),
  });

  async function send(sending: Sending): Promise<number> {
    const { topic, body, shop: domain = SHOP } = sending;
    const bytes = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    return post(web.url, {
      topic,
      shop: domain,
      body: bytes,
      webhookId: sending.webhookId ?? randomUUID(),
      eventId: randomUUID(),
      apiVersion: "2026-10",
      triggeredAt: sending.triggeredAt ?? new Date(now()).toISOString(),
    });
  }

  async function sendAll(webhooks: readonly Webhook[]): Promise<void> {
    for (let from = 0; from < webhooks.length; from += AT_ONCE) {
      const statuses = await Promise.all(
        webhooks.slice(from, from + AT_ONCE).map((webhook) => post(web.url, webhook)),
      );
      if (statuses.some((status) => status !== 200)) throw new Error(`answered ${statuses.join()}`);
    }
  }

  async function settle(domain = SHOP): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      await merge(domain);
      await deliver(domain);
      const { pending, untold, due } = await countUndone(pool, domain);
      if (pending + untold + due === 0) return;
      // A pause is over when its time has come; nobody has to sit through it.
      shiftMs += 1_000;
    }
    throw new Error(`never settles: ${JSON.stringify(await countUndone(pool, domain))}`);
  }

  return {
    url: web.url,
    database,
    pool,
    customerio,
    connect: (another) => connectShop(databaseUrl, another),
    send,
    sendAll,
    merge,
    deliver,
    settle,
    woken,
    now,
    freeze() {
      frozenAt = now();
      shiftMs = 0;
    },
    advance(ms) {
      shiftMs += ms;
    },
    async close() {
      await web.close();
      await Promise.all([inbox.close(), hookInbox.close()]);
      await customerio.close();
      await database.drop();
    },
  };
}

async function post(url: string, webhook: Webhook): Promise<number> {
  const response = await fetch(`${url}${pathFor(webhook.topic)}`, {
    method: "POST",
    headers: signHeaders(webhook, SECRET, "x-shopify"),
    body: new Uint8Array(webhook.body),
  });
  await response.arrayBuffer();
  return response.status;
}
