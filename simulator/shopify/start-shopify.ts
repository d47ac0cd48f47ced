// Serves the simulated Shopify on a loopback port: admin, tokens and control in one server.
import { createServer, type IncomingMessage } from "node:http";
import { sendAnswer, type Answer } from "../control/answer.ts";
import { isObject, parseJson } from "../control/json.ts";
import { closeServer, listen } from "../control/listen.ts";
import { readBody } from "../control/read-body.ts";
import { serveAdmin } from "./admin/serve-admin.ts";
import { serveControl } from "./control.ts";
import { createShopify, type Shopify, type ShopifyOptions } from "./shopify.ts";

export type RunningShopify = {
  url: string;
  port: number;
  shopify: Shopify;
  close(): Promise<void>;
};

const CONTROL = "/_control/shopify/";
const BODY_LIMIT = 4 * 1024 * 1024;

async function answer(shopify: Shopify, request: IncomingMessage, text: string): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (!url.pathname.startsWith(CONTROL)) {
    return (
      (await serveAdmin(shopify, request, text)) ?? { status: 404, body: { errors: "Not Found" } }
    );
  }
  const parsed = parseJson(text);
  if (!parsed.ok) return { status: 400, body: { error: "not JSON" } };
  const body = isObject(parsed.value) ? parsed.value : {};
  const asked = { ...Object.fromEntries(url.searchParams), ...body };
  return await serveControl(
    shopify,
    request.method ?? "GET",
    url.pathname.slice(CONTROL.length),
    asked,
  );
}

async function serve(shopify: Shopify, request: IncomingMessage): Promise<Answer | null> {
  const body = await readBody(request, BODY_LIMIT);
  if (body.outcome === "aborted") return null;
  if (body.outcome === "too_large") return { status: 413, body: { errors: "Payload Too Large" } };
  try {
    return await answer(shopify, request, body.bytes.toString());
  } catch (error) {
    return { status: 500, body: { error: error instanceof Error ? error.message : "failed" } };
  }
}

export async function startShopify(
  options: ShopifyOptions & { port?: number },
): Promise<RunningShopify> {
  const shopify = createShopify(options);
  const server = createServer((request, response) => {
    void serve(shopify, request).then((made) => made !== null && sendAnswer(response, made));
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    shopify,
    async close() {
      shopify.close();
      await closeServer(server);
    },
  };
}
