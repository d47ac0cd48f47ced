/**
 * Chores: what is done for a shop from time to time, through Customer.io's App API and Shopify's
 * Admin API: reading stops in, looking at profiles, reading back. Each runs a slice at a time and
 * says where it stands, so that a killed worker repeats a slice and loses nothing; none of them is
 * in the way of merging or telling.
 */
import type pg from "pg";
import { saveChore, takeDueChores, type Chore } from "#app/db/chore.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { loadWorkingShop, type WorkingShop } from "#app/db/working-shop.ts";
import type { Log } from "#app/platform/log.ts";

export type ChoreOutcome = {
  cursor: unknown;
  /** Milliseconds until it goes on, or begins again. */
  againInMs: number;
  detail: string;
  /** It came to its end with this slice. */
  isDone: boolean;
};

/** One slice of a chore, of some seconds at most. Throws when it could not go on: it is tried again, later and later. */
export type ChoreRun = (
  shop: WorkingShop,
  cursor: unknown,
  isOver: () => boolean,
) => Promise<ChoreOutcome>;

export type ChorePorts = {
  pool: pg.Pool;
  log: Log;
  now: () => number;
  /** By name. */
  runs: Readonly<Record<string, ChoreRun>>;
};

export type Chores = { (shop: string): Promise<void>; stop(): void };

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 10 * 60_000;

export function createChores(ports: ChorePorts): Chores {
  let stopped = false;
  const chores = async (domain: string): Promise<void> => {
    const shop = await loadWorkingShop(ports.pool, domain);
    if (!shop || stopped) return;
    await withSessionLock(ports.pool, "chores", shop.id, async (lost) => {
      const isOver = (): boolean => stopped || lost.aborted;
      for (const chore of await takeDueChores(ports.pool, shop.id, new Date(ports.now()))) {
        if (isOver()) return;
        await runOne(ports, domain, chore, isOver);
      }
    });
  };
  return Object.assign(chores, {
    stop() {
      stopped = true;
    },
  });
}

async function runOne(
  { pool, log, now, runs }: ChorePorts,
  domain: string,
  chore: Chore,
  isOver: () => boolean,
): Promise<void> {
  const run = runs[chore.name];
  const shop = await loadWorkingShop(pool, domain);
  if (!shop || shop.credentials === null || shop.uninstalledAt !== null) return;
  if (!run) throw new Error(`there is no chore called ${chore.name}`);
  try {
    const { cursor, againInMs, detail, isDone } = await run(shop, chore.cursor, isOver);
    const dueAt = new Date(now() + againInMs);
    const doneAt = isDone ? { doneAt: new Date(now()) } : {};
    await saveChore(pool, shop.id, chore.name, { cursor, dueAt, detail, attempts: 0, ...doneAt });
  } catch (fault) {
    const attempts = chore.attempts + 1;
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 12));
    log.warn({ shop: domain, chore: chore.name, attempts, waitMs, err: fault }, "a chore failed");
    const dueAt = new Date(now() + waitMs);
    const { cursor } = chore;
    await saveChore(pool, shop.id, chore.name, { cursor, dueAt, detail: "failed", attempts });
  }
}
