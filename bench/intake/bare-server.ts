// The baseline: the least code that does the same. A bare node:http server that checks the HMAC and
// commits what arrived together with the same insert. No limits, no deadlines, no wake-ups, no
// second header family, nothing that a bad request could not break.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";

import pg from "pg";

import { serveForBench } from "./serve-for-bench.ts";

type Waiting = { response: ServerResponse; values: unknown[] };

const { databaseUrl, secret, announce } = serveForBench();
const client = new pg.Client({
  connectionString: databaseUrl,
  options: "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan",
});
await client.connect();

const queue: Waiting[] = [];
let storing = false;

function store(): void {
  const group = queue.splice(0, 2 ** Math.floor(Math.log2(Math.min(queue.length, 256))));
  storing = group.length > 0;
  if (!storing) return;
  const name = `insert-${group.length}`;
  const values = group.flatMap((waiting) => waiting.values);
  void client.query({ name, text: statement(group.length), values }).then(() => {
    store();
    for (const { response } of group) response.writeHead(200, { "Content-Length": 0 }).end();
  });
}

function statement(count: number): string {
  const rows = Array.from({ length: count }, (_, row) => {
    return `(${Array.from({ length: 7 }, (__, column) => `$${row * 7 + column + 1}`).join(",")})`;
  });
  return `WITH kept AS (
      INSERT INTO message (shop, topic, webhook_id, event_id, api_version, triggered_at, body)
      VALUES ${rows.join(",")} ON CONFLICT (shop, topic, webhook_id) DO NOTHING
      RETURNING shop, id, topic, octet_length(body) AS size)
    INSERT INTO pending (shop, lane, id, size)
    SELECT shop, CASE WHEN topic IN ('app/uninstalled', 'shop/redact') THEN 0 ELSE 1 END, id, size FROM kept`;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const expected = createHmac("sha256", secret).update(body).digest();
    const { headers } = request;
    const given = Buffer.from(String(headers["x-shopify-hmac-sha256"]), "base64");
    if (given.length !== expected.length || !timingSafeEqual(expected, given)) {
      response.writeHead(401).end();
      return;
    }
    queue.push({
      response,
      values: [
        headers["x-shopify-shop-domain"],
        headers["x-shopify-topic"],
        headers["x-shopify-webhook-id"],
        headers["x-shopify-event-id"],
        headers["x-shopify-api-version"],
        headers["x-shopify-triggered-at"],
        body,
      ],
    });
    if (storing) return;
    storing = true;
    setImmediate(store);
  });
});
announce(server);
