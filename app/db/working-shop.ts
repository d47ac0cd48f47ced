/** A shop as the workers need it: read anew for every batch, so that a changed policy counts at once. */
import { isMode, type Mode } from "#app/core/settings/modes.ts";
import { readSettings, type Settings } from "#app/core/settings/schema.ts";
import type { Queryable } from "./queryable.ts";

export type WorkingShop = {
  id: number;
  domain: string;
  mode: Mode;
  settings: Settings;
  settingsVersion: number;
  /** Sealed credentials of the workspace; null while not connected. */
  credentials: string | null;
  salt: Buffer;
  installedAt: Date;
  uninstalledAt: Date | null;
  /** Since when what is decided is also told. */
  liveSince: Date | null;
  stopsRead: StopsRead;
};

/** The stops that others hold, as they were last read in as a whole. */
export type StopsRead = {
  at: Date | null;
  /** The last message that came of it; null once all up to it are understood. */
  upto: number | null;
  /** The connection they were read from, as a salted digest (app/db/stops.ts). */
  of: string | null;
};

type ShopRow = {
  id: number;
  domain: string;
  mode: string;
  settings: unknown;
  settings_version: number;
  credentials: string | null;
  salt: Buffer;
  installed_at: Date;
  uninstalled_at: Date | null;
  live_since: Date | null;
  stops_read_at: Date | null;
  stops_read_upto: number | null;
  stops_read_of: string | null;
};

/** The shop's number, which is also the key of its locks; null when it was never installed. */
export async function loadShopId(client: Queryable, domain: string): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>({
    name: "load-shop-id",
    text: "SELECT id FROM shop WHERE domain = $1",
    values: [domain],
  });
  return rows[0]?.id ?? null;
}

/** Null when no such shop was ever installed. Settings that cannot be read are a fault. */
export async function loadWorkingShop(
  client: Queryable,
  domain: string,
): Promise<WorkingShop | null> {
  const { rows } = await client.query<ShopRow>({
    name: "load-working-shop",
    text: `SELECT id, domain, mode, settings, settings_version, credentials, salt, installed_at,
                  uninstalled_at, live_since, stops_read_at, stops_read_upto, stops_read_of
           FROM shop WHERE domain = $1`,
    values: [domain],
  });
  const row = rows[0];
  if (!row) return null;
  const reading = readSettings(row.settings);
  if (!reading.ok || !isMode(row.mode)) {
    throw new Error(`the stored settings or mode of shop ${row.id} are not valid`);
  }
  return {
    id: row.id,
    domain: row.domain,
    mode: row.mode,
    settings: reading.settings,
    settingsVersion: row.settings_version,
    credentials: row.credentials,
    salt: row.salt,
    installedAt: row.installed_at,
    uninstalledAt: row.uninstalled_at,
    liveSince: row.live_since,
    stopsRead: { at: row.stops_read_at, upto: row.stops_read_upto, of: row.stops_read_of },
  };
}
