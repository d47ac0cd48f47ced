import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { closeServer, listen } from "../control/listen.ts";
import { createDeliverer, RETRY_SECONDS, type DeliverOptions } from "./deliver.ts";
import type { Webhook } from "./model.ts";

type Heard = { path: string; headers: IncomingHttpHeaders; body: string };

const SECRET = "a-secret";
let server: Server | null = null;

afterEach(async () => {
  if (server !== null) await closeServer(server);
  server = null;
});

/** An app that answers the nth request with `statusFor(n)`; 0 never answers. */
async function startApp(
  statusFor: (request: number) => number,
): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      const status = statusFor(heard.length);
      if (status !== 0) response.writeHead(status).end();
    });
  });
  return { url: `http://127.0.0.1:${await listen(server, 0)}`, heard };
}

function webhook(index = 0, topic = "orders/create"): Webhook {
  return {
    shop: "one.myshopify.com",
    topic,
    body: Buffer.from(`{"id":${index},"name":"Élodie"}`),
    webhookId: `webhook-${index}`,
    eventId: `event-${index}`,
    triggeredAt: "2026-11-20T18:00:00.000000Z",
    apiVersion: "2026-10",
  };
}

function deliverer(
  appUrl: string,
  more: Partial<DeliverOptions> = {},
): ReturnType<typeof createDeliverer> {
  return createDeliverer({ appUrl, secret: SECRET, msPerRetrySecond: 0.001, ...more });
}

describe("delivery", () => {
  test("the signature verifies over the raw body, and all of Shopify's headers are there", async () => {
    const app = await startApp(() => 200);
    const sender = deliverer(app.url);
    sender.send(webhook(7));
    await sender.idle();
    const [heard] = app.heard;
    expect(heard?.path).toBe("/webhooks/orders/create");
    expect(heard?.headers).toMatchObject({
      "x-shopify-topic": "orders/create",
      "x-shopify-hmac-sha256": createHmac("sha256", SECRET)
        .update(heard?.body ?? "")
        .digest("base64"),
      "x-shopify-shop-domain": "one.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": "webhook-7",
      "x-shopify-event-id": "event-7",
      "x-shopify-triggered-at": "2026-11-20T18:00:00.000000Z",
    });
  });

  test("the second header family can be had instead", async () => {
    const app = await startApp(() => 200);
    const sender = deliverer(app.url, { family: "shopify" });
    sender.send(webhook());
    await sender.idle();
    expect(app.heard[0]?.headers["shopify-webhook-id"]).toBe("webhook-0");
    expect(app.heard[0]?.headers["x-shopify-webhook-id"]).toBeUndefined();
  });

  test("compliance topics go to their own path under their own name", async () => {
    const app = await startApp(() => 200);
    const sender = deliverer(app.url);
    sender.send(webhook(0, "shop/redact"));
    await sender.idle();
    expect(app.heard[0]?.path).toBe("/webhooks/compliance");
    expect(app.heard[0]?.headers["x-shopify-topic"]).toBe("shop/redact");
  });

  test("what is not acknowledged is sent again with the same id and the same bytes", async () => {
    const app = await startApp((request) => (request < 4 ? 503 : 200));
    const sender = deliverer(app.url);
    sender.send(webhook());
    await sender.idle();
    expect(app.heard).toHaveLength(4);
    expect(new Set(app.heard.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(app.heard.map(({ body }) => body)).size).toBe(1);
    expect(sender.ledger.summary()).toMatchObject({ acknowledged: 1, failed: 0, attempts: 4 });
  });

  test("after eight retries over four hours a webhook has failed", async () => {
    const app = await startApp(() => 301);
    const sender = deliverer(app.url);
    sender.send(webhook());
    await sender.idle();
    expect(app.heard).toHaveLength(9);
    expect(RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBe(4 * 3600);
    expect(sender.ledger.summary()).toMatchObject({ acknowledged: 0, failed: 1 });
  });

  test("an app that never answers, or is not there, is a failed attempt", async () => {
    const app = await startApp((request) => (request === 1 ? 0 : 200));
    const sender = deliverer(app.url, { timeoutMs: 100 });
    sender.send(webhook());
    await sender.idle();
    expect(sender.ledger.entries()[0]?.attempts[0]).toBe("TIMEOUT");
    expect(sender.ledger.summary().acknowledged).toBe(1);
    const nobody = deliverer("http://127.0.0.1:1");
    nobody.send(webhook());
    await nobody.idle();
    expect(nobody.ledger.summary().failed).toBe(1);
  });

  test("duplicates, drops and shuffles follow the seed, and the ledger balances", async () => {
    const app = await startApp(() => 200);
    async function run(): Promise<string[]> {
      app.heard.length = 0;
      const sender = deliverer(app.url, {
        duplicates: 0.3,
        drop: 0.2,
        shuffleWindow: 10,
        seed: 5,
        concurrency: 1,
      });
      for (let index = 0; index < 45; index += 1) sender.send(webhook(index));
      await sender.idle();
      const { webhooks, acknowledged, dropped, failed, queued, acknowledgements } =
        sender.ledger.summary();
      expect([webhooks, acknowledged + dropped, failed, queued]).toEqual([45, 45, 0, 0]);
      expect(acknowledgements).toBe(app.heard.length);
      expect(dropped).toBeGreaterThan(0);
      sender.close();
      return app.heard.map(({ headers }) => String(headers["x-shopify-webhook-id"]));
    }
    const first = await run();
    expect(new Set(first).size).toBeLessThan(first.length);
    expect(first).not.toEqual(first.toSorted());
    expect(await run()).toEqual(first);
  });
});
