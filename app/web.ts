// The web process: one HTTP server. What is called often and must answer fast stands in front, on
// bare node:http; everything else is Remix's. The server is given its adapters and builds none but
// the doors themselves.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import { createRequestListener } from "@mjackson/node-fetch-server";
import { createRequestHandler, type AppLoadContext, type ServerBuild } from "@remix-run/node";
import { Registry } from "prom-client";
import sirv from "sirv";

import type { Inbox } from "./db/inbox.ts";
import { createHookDoor } from "./intake/hooks.ts";
import type { SecretsReader } from "./intake/shop-secrets.ts";
import type { VisitLimits } from "./intake/visits.ts";
import { registerHookMetrics, registerWebhookMetrics } from "./intake/webhook-metrics.ts";
import { createWebhookDoor, WEBHOOK_LIMITS, type WebhookDoor } from "./intake/webhooks.ts";
import type { Config } from "./platform/config.ts";
import type { Log } from "./platform/log.ts";
import { answerText, createProbes, pathOf } from "./probes.ts";
import type { Wakeups } from "./queue/wakeups.ts";

export type WebOptions = {
  config: Pick<Config, "host" | "port" | "environment" | "shopify">;
  log: Log;
  inbox: Inbox;
  wakeups: Wakeups;
  /** What Twilio and Customer.io call; without it nothing answers under `/hooks/`. */
  hooks?: HookPorts;
  /** Whether what the doors depend on answers; asked by `/readyz`. */
  isReady: () => Promise<boolean>;
  /** What Remix routes get as their `context`. */
  loadContext?: AppLoadContext;
  /** What may wait at the webhook door, and how long; the defaults suit Shopify. */
  limits?: VisitLimits;
  /** Where others add their metrics. */
  metrics?: Registry;
  /** The Remix server build; by default the one `npm run build` made. */
  loadBuild?: () => Promise<ServerBuild>;
};

export type HookPorts = {
  /** One of its own, so that neither door waits for the other's flush. */
  inbox: Inbox;
  secrets: SecretsReader;
  /** Milliseconds since 1970; the machine's clock unless told. */
  now?: () => number;
};

export type Web = {
  /** Origin under which this machine reaches the server. */
  url: string;
  port: number;
  webhooks: WebhookDoor;
  /** Fails `/readyz`, takes no more, answers what was taken, closes the connections. */
  close(): Promise<void>;
};

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

const BUILD = new URL("../build/", import.meta.url);
const LAST_ANSWERS_MS = 5_000;
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 10_000;
// Longer than the idle time of the proxies in front, so that it is they who close a connection.
const KEEP_ALIVE_MS = 75_000;

/** Starts the server. Rejects when the port is taken. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { config, log, wakeups, metrics = new Registry() } = options;
  const { apiSecret, apiSecretPrevious } = config.shopify;
  const webhooks = createWebhookDoor({
    inbox: options.inbox,
    secrets: { current: apiSecret, previous: apiSecretPrevious },
    wakeups,
    log,
    limits: options.limits ?? WEBHOOK_LIMITS,
  });
  registerWebhookMetrics(metrics, webhooks, wakeups);
  const hooks =
    options.hooks &&
    createHookDoor({ ...options.hooks, publicUrl: config.shopify.appUrl, wakeups, log });
  if (hooks) registerHookMetrics(metrics, hooks);
  const pages = createPages(options);
  const probes = createProbes({ isReady: options.isReady, metrics });

  function route(request: IncomingMessage, response: ServerResponse): unknown {
    const path = pathOf(request.url ?? "/");
    if (path.startsWith("/webhooks/")) return webhooks.handle(request, response, path);
    if (hooks && path.startsWith("/hooks/")) return hooks.handle(request, response, path);
    return probes.handle(request, response, path) || pages(request, response);
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const answering = route(request, response);
    if (answering instanceof Promise) {
      answering.catch((error: unknown) => {
        log.error({ err: error }, "a request failed");
        if (response.headersSent) response.destroy();
        else answerText(response, 500, "something went wrong here");
      });
    }
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });

  async function close(): Promise<void> {
    probes.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([webhooks.close(), hooks?.close()]);
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
    await closed;
    clearTimeout(impatience);
  }

  const { port } = server.address() as AddressInfo;
  return { url: `http://${reachable(config.host)}:${port}`, port, webhooks, close };
}

/** Static files and Remix, loaded when the first page is asked for: webhooks need neither. */
function createPages({ config, loadContext, loadBuild = importBuild }: WebOptions): Answer {
  let loading: Promise<Answer> | null = null;

  async function load(): Promise<Answer> {
    const build = await loadBuild();
    const handle = createRequestHandler(build, config.environment);
    const remix = createRequestListener((request) => handle(request, loadContext));
    const files = sirv(fileURLToPath(new URL("client/", BUILD)), {
      etag: true,
      setHeaders: keepAssets,
    });
    return (request, response) => files(request, response, () => remix(request, response));
  }

  return async (request, response) => {
    loading ??= load();
    try {
      const answer = await loading;
      answer(request, response);
    } catch (error) {
      loading = null;
      throw error;
    }
  };
}

async function importBuild(): Promise<ServerBuild> {
  const build: ServerBuild = await import(new URL("server/index.js", BUILD).href);
  return build;
}

/** Vite puts a hash of the content into the names under /assets/: those never change. */
function keepAssets(response: ServerResponse, path: string): void {
  if (path.startsWith("/assets/")) {
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
  }
}

function reachable(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
}
