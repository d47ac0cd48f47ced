// A shop with everything a stop has to reach: the pipeline, the simulated workspace with two senders,
// and the simulated Shopify behind Shopify's own library, with a session as an install leaves it.
import { randomUUID } from "node:crypto";
import { createAppApi } from "#app/customerio/app-api.ts";
import { createPrisma } from "#app/db/prisma.ts";
import { createFeedback, type Feedback } from "#app/pipeline/feedback/create-feedback.ts";
import { createAdminOpener } from "#app/shopify/admin-api.ts";
import { loadSchema } from "../../simulator/shopify/admin/schema.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { startShopify, type RunningShopify } from "../../simulator/shopify/start-shopify.ts";
import { sealer, SECRET, type ShopToConnect } from "./connected-shop.ts";
import { SIGNING_KEY, TOKEN } from "./hooks.ts";
import { SHOP, startPipeline, type Pipeline } from "./pipeline.ts";
import {
  createLibrary,
  installApp,
  sendToShopifyAgain,
  sendToSimulator,
} from "./shopify-library.ts";
import { silentLog } from "./silent-log.ts";

export const APP_KEY = "app-key-one";
export const SENDERS = ["+15005550006", "24365"];
const APP = { apiKey: "key", secret: SECRET };

export type StopStage = {
  pipeline: Pipeline;
  shopify: RunningShopify["shopify"];
  feedback: Feedback;
  /** Sends what Shopify has told since; what it tells while that is sent stays for the next time. */
  hear(): Promise<void>;
  /** What Shopify has told and nobody heard yet. */
  told: Webhook[];
  /** The bodies of the mutations that reached Shopify. */
  written: Record<string, unknown>[];
  /** Merges, delivers and tells others until nothing is left that can be done now. */
  settle(): Promise<void>;
  /** Puts what one of our own doors would keep into the inbox. */
  keep(topic: string, body: object): Promise<void>;
  /** Gives the shop a session of Shopify's, as an install does; it is there from the start. */
  install(): Promise<void>;
  close(): Promise<void>;
};

export async function startStopStage(shop: Partial<ShopToConnect> = {}): Promise<StopStage> {
  const keys = { signingKey: SIGNING_KEY, twilioAuthToken: TOKEN, appKey: APP_KEY };
  const settings = { senders: SENDERS, ...shop.settings };
  const pipeline = await startPipeline({ ...keys, ...shop, settings });
  // Building the official schema takes seconds, which must not be the first request's.
  loadSchema();
  const workspace = pipeline.customerio.control.workspace();
  workspace.account.appKey = APP_KEY;
  const running = await startShopify({ ...APP, appUrl: pipeline.url });
  const { shopify } = running;
  const told: Webhook[] = [];
  const written: Record<string, unknown>[] = [];
  shopify.openShop(SHOP);
  shopify.divert((webhook) => told.push(webhook));
  sendToSimulator(running.url, (body) => {
    if (body.includes("mutation")) written.push(JSON.parse(body).variables);
  });
  const prisma = createPrisma(pipeline.database.url);
  const library = createLibrary(APP, prisma, sealer);
  const feedback = createFeedback({
    pool: pipeline.pool,
    sealer,
    wakeups: {
      wake: () => undefined,
      counts: () => ({ asked: 0, sent: 0, failed: 0 }),
      close: () => Promise.resolve(),
    },
    log: silentLog,
    now: pipeline.now,
    openAppApi: (connection) => createAppApi(connection, pipeline.customerio.url),
    openAdmin: createAdminOpener({ shopify: library, pool: pipeline.pool }),
  });

  const install = (): Promise<void> => installApp(library, shopify, APP, SHOP);
  await install();

  return {
    ...{ pipeline, shopify, feedback, told, written, install },
    hear: () => pipeline.sendAll(told.splice(0)),
    async settle() {
      await pipeline.settle();
      await feedback(SHOP);
    },
    async keep(topic, body) {
      await pipeline.pool.query(
        `WITH kept AS (
           INSERT INTO message (shop, topic, webhook_id, body) VALUES ($1, $2, $3, $4)
           RETURNING shop, id, octet_length(body) AS size)
         INSERT INTO pending (shop, lane, id, size) SELECT shop, 0, id, size FROM kept`,
        [SHOP, topic, randomUUID(), Buffer.from(JSON.stringify(body))],
      );
    },
    async close() {
      sendToShopifyAgain();
      await prisma.$disconnect();
      await running.close();
      await pipeline.close();
    },
  };
}
