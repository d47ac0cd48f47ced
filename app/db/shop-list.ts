/** All shops, as the command line lists them. Nothing sealed leaves this file. */
import type { Queryable } from "./queryable.ts";

export type ShopListed = {
  domain: string;
  mode: string;
  connected: boolean;
  settingsVersion: number;
  installedAt: Date;
  uninstalledAt: Date | null;
  liveSince: Date | null;
  /** Names the workspace; null while it is not known. Shops with the same one share it. */
  environmentId: string | null;
};

const COLUMNS = `domain, mode, credentials IS NOT NULL AS connected, settings_version AS "settingsVersion",
  installed_at AS "installedAt", uninstalled_at AS "uninstalledAt", live_since AS "liveSince",
  environment_id AS "environmentId"`;

export async function listShops(client: Queryable): Promise<ShopListed[]> {
  const { rows } = await client.query<ShopListed>(`SELECT ${COLUMNS} FROM shop ORDER BY domain`);
  return rows;
}

/** The sealed keys of every connected shop, for asking whether they still open. */
export async function listSealed(
  client: Queryable,
): Promise<{ domain: string; credentials: string }[]> {
  const { rows } = await client.query<{ domain: string; credentials: string }>(
    "SELECT domain, credentials FROM shop WHERE credentials IS NOT NULL ORDER BY domain",
  );
  return rows;
}
