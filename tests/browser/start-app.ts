/**
 * The app's pages, served as in production from the build (`npm run build` comes first), on a
 * database of their own, with a shop whose session is already there.
 */
import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { createPrisma } from "#app/db/prisma.ts";
import { openInbox } from "#app/db/inbox.ts";
import { readConfig } from "#app/platform/config.ts";
import { createSealer } from "#app/platform/crypto.ts";
import { createWakeups } from "#app/queue/wakeups.ts";
import { createShopify } from "#app/shopify/app.ts";
import { startWeb } from "#app/web.ts";
import { silentLog } from "../support/silent-log.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

export const API_KEY = "test-api-key";
export const API_SECRET = "test-api-secret";
const DAY_MS = 86_400_000;

export type RunningApp = {
  url: string;
  database: TestDatabase;
  /** Stores the session a shop would have got by token exchange. */
  welcome(shop: string): Promise<void>;
  stop(): Promise<void>;
};

export async function startApp(): Promise<RunningApp> {
  const database = await testDatabase();
  const config = readTestConfig(database.url);
  const prisma = createPrisma(database.url);
  const sealer = createSealer(config.encryption);
  const shopify = createShopify({ config, prisma, sealer, log: silentLog });
  const inbox = openInbox({ url: database.url });
  const wakeups = createWakeups({ add: () => Promise.resolve() });
  const web = await startWeb({
    config,
    log: silentLog,
    inbox,
    wakeups,
    isReady: () => Promise.resolve(true),
    loadContext: { config, log: silentLog, pool: database.pool, prisma, sealer, shopify },
  });
  return {
    url: web.url,
    database,
    welcome: async (shop) => {
      await shopify.sessionStorage.storeSession(makeSession(shop));
    },
    stop: async () => {
      await web.close();
      await wakeups.close();
      await inbox.close();
      await prisma.$disconnect();
      await database.drop();
    },
  };
}

function readTestConfig(databaseUrl: string) {
  const reading = readConfig({
    NODE_ENV: "test",
    HOST: "127.0.0.1",
    PORT: "0",
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: API_KEY,
    SHOPIFY_API_SECRET: API_SECRET,
    SHOPIFY_APP_URL: "https://ringtrue.example",
    CUSTOMERIO_TRACK_URL: "http://127.0.0.1:1",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.config;
}

function makeSession(shop: string): Session {
  return new Session({
    id: `offline_${shop}`,
    shop,
    state: "",
    isOnline: false,
    scope: "read_orders",
    accessToken: "shpat_test",
    expires: new Date(Date.now() + DAY_MS),
  });
}
