// The secrets by which a shop's Twilio and Customer.io sign. They are asked for with every hook, so
// they are kept a while; a signature that does not fit may have them read anew, so that a secret
// that was just entered or replaced counts at once.

import { openConnection } from "../db/shop-connection.ts";
import { loadCredentials } from "../db/shop-credentials.ts";
import type { Queryable } from "../db/queryable.ts";
import type { Sealer } from "../platform/crypto.ts";

/** Null where the shop has none, or where there is no such shop. */
export type ShopSecrets = { twilio: string | null; customerio: string | null };

export type SecretsReader = {
  /** Those read within the last `ageMsMax` (30 s unless told), else read now. Rejects when they can't be. */
  read(shop: string, ageMsMax?: number): Promise<ShopSecrets>;
};

type Kept = { readonly readAt: number; readonly secrets: Promise<ShopSecrets> };

const KEPT_MS = 30_000;
const SHOPS_MAX = 1_000;

/** `now` is in milliseconds. */
export function createSecretsReader(
  load: (shop: string) => Promise<ShopSecrets>,
  now: () => number = Date.now,
): SecretsReader {
  // In the order in which they were read: a map keeps the order in which it was filled.
  const kept = new Map<string, Kept>();

  function readNow(shop: string): Promise<ShopSecrets> {
    const fresh: Kept = { readAt: now(), secrets: load(shop) };
    kept.delete(shop);
    const [oldest] = kept.keys();
    if (kept.size >= SHOPS_MAX && oldest !== undefined) kept.delete(oldest);
    kept.set(shop, fresh);
    fresh.secrets.catch(() => {
      if (kept.get(shop) === fresh) kept.delete(shop);
    });
    return fresh.secrets;
  }

  return {
    read(shop, ageMsMax = KEPT_MS) {
      const known = kept.get(shop);
      return known && now() - known.readAt < ageMsMax ? known.secrets : readNow(shop);
    },
  };
}

/** Reads and opens a shop's secrets. Throws a SealError when the key that sealed them is not at hand. */
export async function loadShopSecrets(
  { pool, sealer }: { pool: Queryable; sealer: Sealer },
  shop: string,
): Promise<ShopSecrets> {
  const sealed = await loadCredentials(pool, shop);
  if (sealed === null) return { twilio: null, customerio: null };
  const { twilio_auth_token: twilio, signing_key: customerio } = openConnection(sealer, sealed);
  return { twilio, customerio };
}
