/**
 * What a command that needs the database is given: the configuration, a migrated database and the
 * sealer; everything is closed and the embedded database left as it was found when the command ends.
 */
import type pg from "pg";
import { borrowDatabase } from "#app/db/borrow-database.ts";
import { openDatabase } from "#app/db/database.ts";
import type { PrismaClient } from "@prisma/client";
import { unappliedMigrations } from "#app/db/unapplied-migrations.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import type { Config } from "#app/platform/config.ts";
import { readConfig } from "#app/platform/config.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import { createSealer } from "#app/platform/crypto.ts";
import { createLog } from "#app/platform/log.ts";
import type { Log } from "#app/platform/log.ts";
import type { Outcome } from "./outcome.ts";
import { refused } from "./outcome.ts";

export type Operator = {
  config: Config;
  log: Log;
  pool: pg.Pool;
  sealer: Sealer;
  /** Made when first asked for, since most commands do without. */
  prisma(): Promise<PrismaClient>;
};

export async function asOperator(work: (operator: Operator) => Promise<Outcome>): Promise<Outcome> {
  const reading = readConfig();
  if (!reading.ok) {
    return refused(...reading.problems.map(({ variable, problem }) => `${variable}: ${problem}`));
  }
  const { config } = reading;
  const log = createOperatorLog(config);
  const borrowed = await borrowDatabase({ ...config, log });
  try {
    return await withDatabase(config, log, borrowed.url, work);
  } finally {
    await borrowed.giveBack();
  }
}

/** An operator reads results: the usual progress of the machinery is left out. */
export function createOperatorLog({ log }: Config): Log {
  const level = log.level === "info" ? "warn" : log.level;
  return createLog({ level, format: "pretty" }, process.stderr);
}

async function withDatabase(
  config: Config,
  log: Log,
  url: string,
  work: (operator: Operator) => Promise<Outcome>,
): Promise<Outcome> {
  const { pool, close } = openDatabase({ url, max: 4, log });
  let prisma: PrismaClient | null = null;
  try {
    await migrate(pool, url);
    return await work({
      config,
      log,
      pool,
      sealer: createSealer(config.encryption),
      async prisma() {
        const { createPrisma } = await import("#app/db/prisma.ts");
        return (prisma ??= createPrisma(url));
      },
    });
  } finally {
    await disconnect(prisma);
    await close();
  }
}

async function migrate(pool: pg.Pool, url: string): Promise<void> {
  if ((await unappliedMigrations(pool)).length === 0) return;
  const { migrateDatabase } = await import("#app/db/migrate.ts");
  await migrateDatabase(url);
}

async function disconnect(prisma: PrismaClient | null): Promise<void> {
  await prisma?.$disconnect();
}

/** Runs the work for a shop that is known, and refuses otherwise. */
export function forShop(
  domain: string,
  work: (operator: Operator, shop: WorkingShop) => Promise<Outcome>,
): Promise<Outcome> {
  return asOperator(async (operator) => {
    const shop = await loadWorkingShop(operator.pool, domain);
    return shop ? work(operator, shop) : noSuchShop(domain);
  });
}

export function noSuchShop(domain: string): Outcome {
  return refused(`there is no shop ${domain}: npx ringtrue shop list shows those there are`);
}
