/**
 * A shop leaves: its sessions, keys and plans to tell go at once. What it heard stays until Shopify
 * asks for its erasure, 48 hours later, or until it comes back.
 */
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";

export async function markUninstalled(
  client: Queryable,
  shop: WorkingShop,
  at: Date,
): Promise<void> {
  await client.query(
    "UPDATE shop SET uninstalled_at = $2, credentials = NULL, mode = 'observe', live_since = NULL WHERE id = $1",
    [shop.id, at],
  );
  await client.query("DELETE FROM session WHERE shop = $1", [shop.domain]);
  await client.query(
    "UPDATE outbox SET state = 'dropped', settled_at = now() WHERE shop_id = $1 AND state = 'pending'",
    [shop.id],
  );
}
