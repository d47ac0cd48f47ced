// The other baseline: what Shopify's template leads to. A Remix action, `authenticate.webhook`,
// sessions in Prisma, and one job per webhook added to BullMQ on Redis.

import { createServer } from "node:http";

import { createRequestListener } from "@mjackson/node-fetch-server";
import { createRequestHandler, type ActionFunctionArgs, type ServerBuild } from "@remix-run/node";
import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

import { createPrisma } from "#app/db/prisma.ts";

import { BENCH_SHOP } from "./load-plan.ts";
import { serveForBench } from "./serve-for-bench.ts";

const { databaseUrl, redisUrl, secret, announce } = serveForBench();
const prisma = createPrisma(databaseUrl);
const id = `offline_${BENCH_SHOP}`;
const session = { id, shop: BENCH_SHOP, state: "", accessToken: "bench", scope: "read_orders" };
await prisma.session.upsert({ where: { id }, create: session, update: session });

const shopify = shopifyApp({
  apiKey: "bench",
  apiSecretKey: secret,
  appUrl: "https://bench.example",
  apiVersion: ApiVersion.January26,
  sessionStorage: new PrismaSessionStorage(prisma),
});
const queue = new Queue("webhooks", {
  connection: new Redis(redisUrl, { maxRetriesPerRequest: null }),
});

async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { topic, shop, payload } = await shopify.authenticate.webhook(request);
  await queue.add("webhook", { topic, shop, payload });
  return new Response();
}

const build: ServerBuild = {
  entry: {
    module: { default: (_request, status, headers) => new Response(null, { status, headers }) },
  },
  routes: {
    root: { id: "root", path: "", module: { default: () => null } },
    webhooks: {
      id: "webhooks",
      parentId: "root",
      path: "webhooks/*",
      module: { action, default: undefined },
    },
  },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "" },
  publicPath: "/",
  assetsBuildDirectory: "",
  basename: "/",
  mode: "production",
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
};
const handle = createRequestHandler(build, "production");
announce(createServer(createRequestListener((request) => handle(request))));
