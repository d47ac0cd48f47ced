/**
 * How far a shop's messages and deliveries have come: the numbers behind `ringtrue status` and the
 * first page of the app. Everything is counted from the tables of what is still to do, which stay
 * small, and from running totals; nothing here grows with a shop's history.
 */
import type { Pool } from "pg";

export type Status = {
  inboxPending: number;
  /** Persons and events that Customer.io must hear of now; what waits for a retry is among them. */
  outboxPending: number;
  delivered: number;
  deadLetters: number;
  /** Waits for a moment to come: the end of a quiet period, a confirmation that lapses. */
  scheduled: number;
  /** Waits for an email or a customer id to be told under. */
  held: number;
  /** Age of the oldest message not yet understood, in milliseconds; 0 when there is none. */
  oldestPendingMs: number;
  paused: boolean;
  /** Why, as docs/delivery.md names it; null when it is not paused. */
  pausedBecause: string | null;
  mode: string;
};

/** Of a person `p` of the shop `s`: delivery would tell of it in the shop's mode. */
const IS_TOLD = `(s.test_list IS NULL OR p.email = ANY(s.test_list) OR p.phone = ANY(s.test_list)
  OR p.customer_id = ANY(s.test_list))`;

/**
 * Delivery writes nothing for a shop that observes, is not connected or has left, and in mode `test`
 * tells the test list alone: what it will not take is not pending (app/db/tellings.ts, outbox.ts).
 * A person whose moment has come, but who was not looked at yet, is pending too; so every moment is
 * counted once, as scheduled before it comes and as pending afterwards.
 */
const READ_STATUS = `
  WITH s AS (
    SELECT id, domain, mode, uninstalled_at IS NULL AS here,
           mode <> 'observe' AND credentials IS NOT NULL AND uninstalled_at IS NULL AS writes,
           CASE WHEN mode = 'test' THEN ARRAY(
             SELECT lower(entry) FROM json_array_elements_text(coalesce(settings->'test_list', '[]'::json)) AS entry
           ) END AS test_list
    FROM shop WHERE id = $1
  )
  SELECT
    s.mode,
    (SELECT count(*)::int FROM pending p WHERE p.shop = s.domain) AS "inboxPending",
    (SELECT count(*)::int FROM person p
       WHERE s.writes AND p.shop_id = s.id AND p.version <> p.told_version
         AND (p.address IS NOT NULL OR p.told IS NOT NULL) AND ${IS_TOLD})
      + (SELECT count(*)::int FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
         WHERE s.writes AND o.shop_id = s.id AND o.state = 'pending' AND o.due_at <= now()
           AND p.address IS NOT NULL AND ${IS_TOLD})
      + (SELECT count(*)::int FROM person p
         WHERE s.here AND p.shop_id = s.id AND p.next_change_at <= now() AND p.merged_into IS NULL)
      AS "outboxPending",
    (SELECT count(*)::int FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
       WHERE s.writes AND o.shop_id = s.id AND o.state = 'pending' AND o.due_at > now() AND ${IS_TOLD})
      + (SELECT count(*)::int FROM person p
         WHERE s.here AND p.shop_id = s.id AND p.next_change_at > now() AND p.merged_into IS NULL)
      AS "scheduled",
    (SELECT count(*)::int FROM person p WHERE p.shop_id = s.id AND p.held_since IS NOT NULL) AS "held",
    (SELECT count(*)::int FROM dead_letter d WHERE d.shop = s.domain AND d.replayed_at IS NULL) AS "deadLetters",
    coalesce((SELECT d.delivered FROM delivery_state d WHERE d.shop_id = s.id), 0)::float8 AS "delivered",
    coalesce((SELECT d.paused_until > now() FROM delivery_state d WHERE d.shop_id = s.id), false) AS "paused",
    (SELECT d.reason FROM delivery_state d WHERE d.shop_id = s.id AND d.paused_until > now()) AS "pausedBecause",
    coalesce((
      SELECT greatest(0, extract(epoch FROM now() - m.received_at) * 1000)::float8
      FROM message m
      WHERE m.shop = s.domain AND m.id = (SELECT min(p.id) FROM pending p WHERE p.shop = s.domain)
    ), 0) AS "oldestPendingMs"
  FROM s`;

/** Throws when there is no such shop. */
export async function readStatus(pool: Pool, shopId: number): Promise<Status> {
  const { rows } = await pool.query<Status>(READ_STATUS, [shopId]);
  const row = rows[0];
  if (!row) throw new Error(`there is no shop ${shopId}`);
  return { ...row, oldestPendingMs: Math.round(row.oldestPendingMs) };
}
