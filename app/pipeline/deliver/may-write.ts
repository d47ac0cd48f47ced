/**
 * Whether anything may be written to a shop's workspace now.
 *
 * The law (SEMANTICS §8, §10.1): nobody may become textable before the stops that others hold are
 * read in and understood. Without an App API key Shopify's are read alone, and where the app was never
 * installed there is nothing that could be read, so nothing is waited for; what is not known then is
 * said where it matters (`ringtrue preview`, `ringtrue mode`).
 */
import type { Connection } from "#app/core/settings/connection.ts";
import { areStopsRead } from "#app/db/stops-read.ts";
import { areUnderstood, digestOfConnection, isInstalled } from "#app/db/stops.ts";
import type { Queryable } from "#app/db/queryable.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";

export type MayWrite =
  | { kind: "yes"; connection: Connection }
  /** The shop observes, is not connected, or left. */
  | { kind: "no" }
  /** The stops of the workspace are to be read in first. */
  | { kind: "stops_unread" }
  /** They are read in, and some of them wait to be understood. */
  | { kind: "stops_waiting" };

export async function mayWrite(
  client: Queryable,
  sealer: Sealer,
  shop: WorkingShop,
): Promise<MayWrite> {
  if (shop.mode === "observe" || shop.credentials === null || shop.uninstalledAt !== null)
    return { kind: "no" };
  const connection = openConnection(sealer, shop.credentials);
  if (!areStopsRead(shop, digestOfConnection(shop, connection))) {
    const isReadable = connection.app_key !== null || (await isInstalled(client, shop.domain));
    return isReadable ? { kind: "stops_unread" } : { kind: "yes", connection };
  }
  const { upto } = shop.stopsRead;
  if (upto !== null && !(await areUnderstood(client, shop, upto))) return { kind: "stops_waiting" };
  return { kind: "yes", connection };
}
