// The shops of the end-to-end measurements, and webhooks that wait in their inboxes as intake stores
// them.

import { randomBytes } from "node:crypto";

import type pg from "pg";

import { createSealer, type Sealer } from "#app/platform/crypto.ts";

import type { Webhook } from "./webhooks.ts";

export const SHOP = "bench.myshopify.com";
/** Where both sides of a comparison get their compilers warm. */
export const WARM_UP_SHOP = "warm-up.myshopify.com";

const KEY = Buffer.alloc(32, 7);

export function benchSealer(): Sealer {
  return createSealer({ key: KEY, previous: null });
}

/** A shop that is live on some workspace. */
export async function addShop(pool: pg.Pool, domain: string): Promise<void> {
  const connection = { site_id: "bench", api_key: "bench" };
  await pool.query(
    "INSERT INTO shop (domain, mode, salt, credentials, live_since) VALUES ($1, 'live', $2, $3, now())",
    [domain, randomBytes(32), benchSealer().seal(JSON.stringify(connection))],
  );
}

const AT_ONCE = 2_000;

/** All rows become visible at once; answers Date.now() of that moment. */
export async function fillInbox(
  pool: pg.Pool,
  shop: string,
  webhooks: readonly Webhook[],
): Promise<number> {
  const client = await pool.connect();
  await client.query("BEGIN");
  for (let from = 0; from < webhooks.length; from += AT_ONCE) {
    const some = webhooks.slice(from, from + AT_ONCE);
    await client.query(
      `WITH kept AS (
         INSERT INTO message (shop, topic, webhook_id, received_at, body)
         SELECT $1, 'customers/update', webhook_id, now() - interval '5 seconds', convert_to(body, 'UTF8')
         FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new (webhook_id, body, place) ORDER BY place
         RETURNING shop, id, octet_length(body) AS size)
       INSERT INTO pending (shop, lane, id, size) SELECT shop, 1, id, size FROM kept`,
      [shop, some.map((one) => one.webhookId), some.map((one) => one.body)],
    );
  }
  await client.query("ANALYZE message, pending");
  await client.query("COMMIT");
  client.release();
  return Date.now();
}

/** One webhook as intake stores it; answers Date.now() of its commit. */
export async function addToInbox(pool: pg.Pool, shop: string, webhook: Webhook): Promise<number> {
  await pool.query(
    `WITH kept AS (
       INSERT INTO message (shop, topic, webhook_id, body)
       VALUES ($1, 'customers/update', $2, convert_to($3, 'UTF8'))
       RETURNING shop, id, octet_length(body) AS size)
     INSERT INTO pending (shop, lane, id, size) SELECT shop, 1, id, size FROM kept`,
    [shop, webhook.webhookId, webhook.body],
  );
  return Date.now();
}

/**
 * Whether anything is left to merge, or to tell; events whose quiet period runs don't count. Asked all
 * the time while the clock runs, so it must cost next to nothing: no counting.
 */
export async function isAnythingLeft(
  pool: pg.Pool,
  shop: string,
  what: "merged" | "told",
): Promise<boolean> {
  const { rows } = await pool.query<{ left: boolean }>(
    `SELECT EXISTS (SELECT FROM pending WHERE shop = $1)
         OR $2 AND EXISTS (SELECT FROM person p JOIN shop s ON s.id = p.shop_id
                           WHERE s.domain = $1 AND p.version <> p.told_version AND p.address IS NOT NULL) AS left`,
    [shop, what === "told"],
  );
  return rows[0]?.left !== false;
}
