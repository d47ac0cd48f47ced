// When a shop has nothing left to do: everything that was received is merged, everybody is told,
// and what is due is sent. What waits for its time (a quiet period, an address) does not count.
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";

const COUNTS = `
  SELECT s.domain,
         (SELECT count(*)::int FROM pending p WHERE p.shop = s.domain) AS pending,
         (SELECT count(*)::int FROM person p WHERE p.shop_id = s.id AND p.version <> p.told_version
            AND (p.address IS NOT NULL OR p.told IS NOT NULL)) AS untold,
         (SELECT count(*)::int FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
            WHERE o.shop_id = s.id AND o.state = 'pending' AND o.due_at <= now()
              AND p.address IS NOT NULL AND p.told_version > 0) AS due
  FROM shop s WHERE s.domain = ANY($1)`;

export type Undone = { pending: number; untold: number; due: number };
type Row = Undone & { domain: string };

export async function countUndone(pool: pg.Pool, shop: string): Promise<Undone> {
  const { rows } = await pool.query<Row>(COUNTS, [[shop]]);
  const { pending, untold, due } = rows[0] ?? { pending: 0, untold: 0, due: 0 };
  return { pending, untold, due };
}

export async function isQuiet(pool: pg.Pool, shop: string): Promise<boolean> {
  return isDone(await countUndone(pool, shop));
}

function isDone({ pending, untold, due }: Undone): boolean {
  return pending + untold + due === 0;
}

export type Watch = {
  /** Resolves with null once the shop is quiet, or with what is left undone when time is up. */
  quiet(shop: string, withinMs: number): Promise<Undone | null>;
  /** Looks no more; to be called when nobody waits. */
  close(): Promise<void>;
};

const LOOK_EVERY_MS = 200;

type Waiter = { shop: string; until: number; resolve(undone: Undone | null): void };

/**
 * Looks after many shops with one question at a time. Who is told "quiet" asked before the question
 * was. A database that is away for a moment is asked again.
 */
export function watchShops(pool: pg.Pool): Watch {
  let waiters: Waiter[] = [];
  let isOpen = true;
  const looking = look();

  async function look(): Promise<void> {
    while (isOpen) {
      const asking = waiters;
      const shops = [...new Set(asking.map(({ shop }) => shop))];
      const found = shops.length === 0 ? [] : await ask(shops);
      const now = performance.now();
      const settled = new Set<Waiter>();
      for (const waiter of asking) {
        const undone = found.find(({ domain }) => domain === waiter.shop) ?? null;
        if (undone !== null && isDone(undone)) waiter.resolve(null);
        else if (now > waiter.until) waiter.resolve(undone ?? { pending: -1, untold: -1, due: -1 });
        else continue;
        settled.add(waiter);
      }
      waiters = waiters.filter((waiter) => !settled.has(waiter));
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Nothing is known of the shops while the database does not answer. */
  async function ask(shops: readonly string[]): Promise<Row[]> {
    return pool.query<Row>(COUNTS, [shops]).then(
      ({ rows }) => rows,
      () => [],
    );
  }

  return {
    quiet: (shop, withinMs) =>
      new Promise((resolve) => {
        waiters.push({ shop, until: performance.now() + withinMs, resolve });
      }),
    async close() {
      isOpen = false;
      await looking;
    },
  };
}
