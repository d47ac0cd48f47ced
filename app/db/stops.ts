/**
 * Whether the stops that others hold are read in, and understood. What they were read from is kept
 * as a salted digest of the connection, so that another workspace or another key is read anew
 * whoever changed it, and by which door.
 */
import { createHmac } from "node:crypto";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Queryable } from "./queryable.ts";
import type { WorkingShop } from "./working-shop.ts";

const LANES = [0, 1, 2];

/** The name of what was read: the workspace, and the key it was read with. */
export function digestOfConnection(
  { salt }: Pick<WorkingShop, "salt">,
  { region, site_id, app_key }: Connection,
): string {
  const named = JSON.stringify([region, site_id, app_key]);
  return createHmac("sha256", salt).update(named).digest("hex");
}

/** Whether Shopify can be asked for the shop: it was installed, and not only connected by an operator. */
export async function isInstalled(client: Queryable, domain: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM session WHERE shop = $1 AND NOT "isOnline" LIMIT 1`,
    [domain],
  );
  return rowCount !== 0;
}

/** All that came of reading is kept by now; whatever waits in the inbox is to be understood first. */
export async function noteStopsRead(
  client: Queryable,
  shop: Pick<WorkingShop, "id" | "domain">,
  of: string,
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE shop SET stops_read_at = $3, stops_read_of = $4, stops_read_upto =
       (SELECT m.id FROM message m WHERE m.shop = $2 ORDER BY m.id DESC LIMIT 1)
     WHERE id = $1`,
    [shop.id, shop.domain, at, of],
  );
}

/** False while a message up to the one given still waits. Once none does, that is noted for good. */
export async function areUnderstood(
  client: Queryable,
  shop: Pick<WorkingShop, "id" | "domain">,
  upto: number,
): Promise<boolean> {
  for (const lane of LANES) {
    const { rows } = await client.query<{ id: number }>(
      "SELECT id FROM pending WHERE shop = $1 AND lane = $2 ORDER BY lane, id LIMIT 1",
      [shop.domain, lane],
    );
    const [first] = rows;
    if (first && first.id <= upto) return false;
  }
  await client.query(
    "UPDATE shop SET stops_read_upto = NULL WHERE id = $1 AND stops_read_upto = $2",
    [shop.id, upto],
  );
  return true;
}

/** How many urgent messages of the shop wait, counted up to a limit. */
export async function countUrgent(
  client: Queryable,
  domain: string,
  limit: number,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM
       (SELECT FROM pending WHERE shop = $1 AND lane = 0 ORDER BY lane, id LIMIT $2) waiting`,
    [domain, limit],
  );
  return rows[0]?.count ?? 0;
}
