// A shop that is installed and connected to a simulated workspace, as `ringtrue shop add` leaves it.
import { randomBytes } from "node:crypto";
import type pg from "pg";
import { openDatabase } from "#app/db/database.ts";
import { openConnection, sealConnection } from "#app/db/shop-connection.ts";
import { digestOfConnection, noteStopsRead } from "#app/db/stops.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { createSealer } from "#app/platform/crypto.ts";
import { readSettings } from "#app/core/settings/schema.ts";
import { silentLog } from "./silent-log.ts";

export const SECRET = "a-secret-of-the-tests";
export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
export const sealer = createSealer({ key: Buffer.from(ENCRYPTION_KEY, "base64"), previous: null });

export type ShopToConnect = {
  domain: string;
  siteId: string;
  apiKey: string;
  /** Of the App API; none unless given. */
  appKey?: string;
  /** By which its Customer.io and its Twilio sign what they send; none unless given. */
  signingKey?: string;
  twilioAuthToken?: string;
  mode?: "observe" | "test" | "live";
  settings?: Record<string, unknown>;
};

/** Quiet times longer than any test: nothing is told because time passed. */
export const NEVER_QUIET = {
  checkout_started_seconds: 86_400,
  checkout_started_at_latest_seconds: 86_400,
  phone_number_updated_seconds: 86_400,
};

/** Answers the shop's number. */
export async function connectShop(databaseUrl: string, shop: ShopToConnect): Promise<number> {
  const database = openDatabase({ url: databaseUrl, max: 1, log: silentLog });
  try {
    return await installShop(database.pool, shop);
  } finally {
    await database.close();
  }
}

/** The same where a pool is at hand. */
export async function installShop(pool: pg.Pool, shop: ShopToConnect): Promise<number> {
  const reading = readSettings({ quiet: NEVER_QUIET, ...shop.settings });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const credentials = sealConnection(sealer, {
    region: "us",
    site_id: shop.siteId,
    api_key: shop.apiKey,
    app_key: shop.appKey ?? null,
    signing_key: shop.signingKey ?? null,
    twilio_auth_token: shop.twilioAuthToken ?? null,
  });
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO shop (domain, mode, settings, credentials, salt, installed_at, live_since)
     VALUES ($1, $2, $3, $4, $5, '2026-01-01', '2026-01-01') RETURNING id`,
    [shop.domain, shop.mode ?? "live", reading.settings, credentials, randomBytes(32)],
  );
  await noteNothingToRead(pool, shop.domain);
  return rows[0]?.id ?? 0;
}

/** As after reading in the stops of a workspace that holds none: what is decided is told at once. */
export async function noteNothingToRead(pool: pg.Pool, domain: string): Promise<void> {
  const shop = await loadWorkingShop(pool, domain);
  if (!shop?.credentials) throw new Error(`${domain} is not connected`);
  const of = digestOfConnection(shop, openConnection(sealer, shop.credentials));
  await noteStopsRead(pool, shop, of, new Date());
}
