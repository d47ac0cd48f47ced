/**
 * The row of a shop: how it is made at install, what the admin page and the command line read from
 * it and change in it. Configuration, so it goes through Prisma. Credentials pass through here
 * sealed; nothing in this file can open them.
 */
import { randomBytes } from "node:crypto";
import { isMode, type Mode } from "#app/core/settings/modes.ts";
import { readSettings, type Settings } from "#app/core/settings/schema.ts";
import type { PrismaClient } from "@prisma/client";
import type { Shop as ShopModel } from "@prisma/client";
import { LOCK_CLASSES } from "./shop-lock.ts";

const SALT_BYTES = 32;

export type Shop = {
  id: number;
  domain: string;
  mode: Mode;
  settings: Settings;
  settingsVersion: number;
  /** Sealed JSON of a Connection (app/db/shop-connection.ts); null while not connected. */
  credentials: string | null;
};

/** What is left out stays as it is. */
export type ShopChange = { mode?: Mode; settings?: Settings; credentials?: string | null };

/**
 * Makes the row of a shop that installed, or takes back one that had left. Safe to repeat: a shop
 * that is installed already keeps everything. One that comes back starts by observing again, since
 * whatever it was told about is older than its absence.
 */
export async function registerInstall(
  prisma: PrismaClient,
  domain: string,
  now: Date,
): Promise<void> {
  const name = domain.toLowerCase();
  // A first visit loads several pages at once, and an upsert would look before it writes.
  await prisma.shop.createMany({
    data: [{ domain: name, salt: randomBytes(SALT_BYTES), installedAt: now }],
    skipDuplicates: true,
  });
  await prisma.shop.updateMany({
    where: { domain: name, uninstalledAt: { not: null } },
    data: { installedAt: now, uninstalledAt: null, mode: "observe", liveSince: null },
  });
}

/** The domain must come from a verified session, never from a request's own words. */
export async function findShop(prisma: PrismaClient, domain: string): Promise<Shop | null> {
  const row = await prisma.shop.findUnique({ where: { domain: domain.toLowerCase() } });
  return row ? readRow(row) : null;
}

/**
 * Changes a shop's mode, settings and credentials together. The settings version grows only when the
 * settings differ, because with every step of it the shop's people are due to be decided anew.
 */
export async function changeShop(
  prisma: PrismaClient,
  shop: Shop,
  change: ShopChange,
  now: Date,
): Promise<void> {
  const { mode, settings, credentials } = change;
  const differs =
    settings !== undefined && JSON.stringify(settings) !== JSON.stringify(shop.settings);
  const changeRow = prisma.shop.update({
    where: { id: shop.id },
    data: {
      ...(mode === undefined || mode === shop.mode
        ? {}
        : { mode, liveSince: mode === "live" ? now : null }),
      ...(differs ? { settings, settingsVersion: { increment: 1 } } : {}),
      ...(credentials === undefined ? {} : { credentials }),
    },
  });
  // What could not be told for want of a key, a sender or a mode may be told now.
  const feedbackDueNow = prisma.feedback.updateMany({
    where: { shopId: shop.id, state: "pending" },
    data: { dueAt: now },
  });
  // What was refused with the keys before is tried at once with these.
  const tryAtOnce = prisma.deliveryState.updateMany({
    where: { shopId: shop.id },
    data: { pausedUntil: null, attempts: 0, reason: null },
  });
  const choresAtOnce = prisma.chore.updateMany({
    where: { shopId: shop.id, attempts: { gt: 0 } },
    data: { dueAt: now, attempts: 0 },
  });
  const changes = credentials === undefined ? [changeRow] : [changeRow, tryAtOnce, choresAtOnce];
  if (!differs) {
    await prisma.$transaction([...changes, feedbackDueNow]);
    return;
  }
  // A merge under way still decides by the old settings: it is waited for, and its people come again.
  const alone = prisma.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_CLASSES.merge}::int, ${shop.id}::int)`;
  const dueNow = prisma.person.updateMany({
    where: { shopId: shop.id, mergedInto: null },
    data: { nextChangeAt: now },
  });
  await prisma.$transaction([alone, ...changes, dueNow, feedbackDueNow]);
}

function readRow(row: ShopModel): Shop {
  const reading = readSettings(row.settings);
  if (!reading.ok) {
    const fields = reading.problems.map((problem) => problem.field).join(", ");
    throw new Error(`the stored settings of shop ${row.id} are not valid: ${fields}`);
  }
  if (!isMode(row.mode))
    throw new Error(`the stored mode of shop ${row.id} is not one of the modes`);
  return {
    id: row.id,
    domain: row.domain,
    mode: row.mode,
    settings: reading.settings,
    settingsVersion: row.settingsVersion,
    credentials: row.credentials,
  };
}
