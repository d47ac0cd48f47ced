// When a shop has nothing left to do: everything that was received is merged, everybody is told,
// and what is due is sent. What waits for its time (a quiet period, an address) does not count.
import type pg from "pg";

const COUNTS = `
  SELECT (SELECT count(*)::int FROM pending p WHERE p.shop = s.domain) AS pending,
         (SELECT count(*)::int FROM person p WHERE p.shop_id = s.id AND p.version <> p.told_version
            AND (p.address IS NOT NULL OR p.told IS NOT NULL)) AS untold,
         (SELECT count(*)::int FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
            WHERE o.shop_id = s.id AND o.state = 'pending' AND o.due_at <= now()
              AND p.address IS NOT NULL AND p.told_version > 0) AS due
  FROM shop s WHERE s.domain = $1`;

export type Undone = { pending: number; untold: number; due: number };

export async function countUndone(pool: pg.Pool, shop: string): Promise<Undone> {
  const { rows } = await pool.query<Undone>(COUNTS, [shop]);
  return rows[0] ?? { pending: 0, untold: 0, due: 0 };
}

export async function isQuiet(pool: pg.Pool, shop: string): Promise<boolean> {
  const { pending, untold, due } = await countUndone(pool, shop);
  return pending + untold + due === 0;
}
