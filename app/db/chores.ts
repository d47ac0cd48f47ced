/**
 * What is due across all shops, found by index alone: each query skips from shop to shop instead of
 * reading what the shops hold.
 */
import type { Queryable } from "./queryable.ts";

/** Shops whose oldest pending message is older than `olderThanMs`. */
export async function shopsWithPending(client: Queryable, olderThanMs: number): Promise<string[]> {
  const { rows } = await client.query<{ shop: string }>(
    `WITH RECURSIVE shops AS (
       (SELECT shop FROM pending ORDER BY shop LIMIT 1)
       UNION ALL
       SELECT (SELECT p.shop FROM pending p WHERE p.shop > s.shop ORDER BY p.shop LIMIT 1)
       FROM shops s WHERE s.shop IS NOT NULL
     )
     SELECT s.shop FROM shops s
     CROSS JOIN LATERAL (SELECT p.id FROM pending p WHERE p.shop = s.shop ORDER BY p.lane, p.id LIMIT 1) first
     JOIN message m ON m.shop = s.shop AND m.id = first.id
     WHERE s.shop IS NOT NULL AND m.received_at < now() - $1 * interval '1 millisecond'`,
    [olderThanMs],
  );
  return rows.map((row) => row.shop);
}

/** Shops with persons for whom a moment has come. */
export async function shopsWithMoments(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ domain: string }>(
    `SELECT s.domain FROM shop s
     WHERE s.uninstalled_at IS NULL AND s.id IN (
       SELECT DISTINCT shop_id FROM (
         SELECT shop_id FROM person WHERE next_change_at <= now() ORDER BY next_change_at LIMIT 1000
       ) due)`,
  );
  return rows.map((row) => row.domain);
}

/**
 * Shops that have something to tell and need not wait. The first of a work list, in its own order, is
 * found by its index; asked whether there is any, PostgreSQL expects to meet one at once and reads the
 * whole table when everybody is told.
 */
export async function shopsToTell(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ domain: string }>(
    `SELECT s.domain FROM shop s
     LEFT JOIN delivery_state d ON d.shop_id = s.id
     WHERE s.mode <> 'observe' AND s.credentials IS NOT NULL AND s.uninstalled_at IS NULL
       AND (d.paused_until IS NULL OR d.paused_until <= now())
       AND ((SELECT true FROM person p
             WHERE p.shop_id = s.id AND p.version <> p.told_version
               AND (p.address IS NOT NULL OR p.told IS NOT NULL)
             ORDER BY p.urgent DESC, p.changed_at, p.id LIMIT 1)
         OR (SELECT true FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
             WHERE o.shop_id = s.id AND o.state = 'pending' AND o.due_at <= now()
               AND p.address IS NOT NULL AND p.told_version > 0
             ORDER BY o.due_at, o.id LIMIT 1))`,
  );
  return rows.map((row) => row.domain);
}

/** Gives up what waited for an identity longer than its shop keeps people waiting. */
export async function expireHeld(client: Queryable): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE outbox o SET state = 'expired', settled_at = now()
     FROM person p JOIN shop s ON s.id = p.shop_id
     WHERE o.shop_id = p.shop_id AND o.person_id = p.id AND o.state = 'pending'
       AND p.held_since < now() - coalesce((s.settings->>'held_hours')::int, 72) * interval '1 hour'`,
  );
  return rowCount ?? 0;
}

const EXPIRE_AT_ONCE = 5_000;

/** Settled messages older than `days`, oldest first, at most 5,000 of each shop in one call. */
export async function expireMessages(client: Queryable, days: number): Promise<number> {
  const { rowCount } = await client.query(
    `WITH RECURSIVE shops AS (
       (SELECT shop FROM message ORDER BY shop LIMIT 1)
       UNION ALL
       SELECT (SELECT m.shop FROM message m WHERE m.shop > s.shop ORDER BY m.shop LIMIT 1)
       FROM shops s WHERE s.shop IS NOT NULL
     ), old AS (
       SELECT m.shop, m.id FROM shops s CROSS JOIN LATERAL (
         SELECT shop, id, received_at FROM message WHERE shop = s.shop ORDER BY id LIMIT ${EXPIRE_AT_ONCE}
       ) m
       WHERE m.received_at < now() - $1 * interval '1 day'
         AND NOT EXISTS (SELECT FROM pending p WHERE p.shop = m.shop AND p.id = m.id)
     )
     DELETE FROM message USING old WHERE message.shop = old.shop AND message.id = old.id`,
    [days],
  );
  return rowCount ?? 0;
}

/** The beginnings of messages that were too large to keep, as old as messages are kept. */
export async function expireContents(client: Queryable, days: number): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE dead_letter SET content = NULL WHERE (shop, id) IN (
       SELECT shop, id FROM dead_letter
       WHERE content IS NOT NULL AND created_at < now() - $1 * interval '1 day'
       ORDER BY created_at LIMIT ${EXPIRE_AT_ONCE})`,
    [days],
  );
  return rowCount ?? 0;
}

/** Log entries of deliveries older than `days`, at most 5,000 of each shop in one call. */
export async function expireDeliveries(client: Queryable, days: number): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM delivery USING (
       SELECT d.shop_id, d.id FROM shop s CROSS JOIN LATERAL (
         SELECT shop_id, id, at FROM delivery WHERE shop_id = s.id ORDER BY id LIMIT ${EXPIRE_AT_ONCE}
       ) d WHERE d.at < now() - $1 * interval '1 day'
     ) old
     WHERE delivery.shop_id = old.shop_id AND delivery.id = old.id`,
    [days],
  );
  return rowCount ?? 0;
}
