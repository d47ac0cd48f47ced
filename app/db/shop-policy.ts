/** A shop's policy as the settings page knows it: mode, settings and opened connection together. */
import type { ShopPolicy } from "#app/core/settings/submission.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { PrismaClient } from "@prisma/client";
import { openConnection, sealConnection } from "./shop-connection.ts";
import { changeShop, type Shop } from "./shops.ts";

export function openPolicy(sealer: Sealer, shop: Shop): ShopPolicy {
  const connection = shop.credentials === null ? null : openConnection(sealer, shop.credentials);
  return { mode: shop.mode, settings: shop.settings, connection };
}

export async function savePolicy(
  { prisma, sealer }: { prisma: PrismaClient; sealer: Sealer },
  shop: Shop,
  { mode, settings, connection }: ShopPolicy,
  now: Date,
): Promise<void> {
  const credentials = connection ? sealConnection(sealer, connection) : null;
  await changeShop(prisma, shop, { mode, settings, credentials }, now);
}
