/**
 * What all shops together still have to do, and which of them wait: the numbers behind `/metrics`.
 * Counted from the work lists alone, each up to a bound, so that being asked every few seconds costs
 * the same whatever the shops' history and whatever their backlog.
 */
import type pg from "pg";
import type { Queryable } from "./queryable.ts";
import { BEGIN_WORK } from "./work-transaction.ts";

/** More than so many of one shop on one list count as so many. */
const COUNTED_MAX = 50_000;
const ANSWER_WITHIN_MS = 3_000;

export type ShopBacklog = {
  domain: string;
  /** Messages not understood yet. */
  inbox: number;
  /** People and events that Customer.io must hear of now, where delivery writes. */
  people: number;
  events: number;
  /** When the oldest of each came or was decided; null where there is none. */
  inboxSince: Date | null;
  peopleSince: Date | null;
  eventsSince: Date | null;
  /** Until when delivery waits, and why. */
  pausedUntil: Date | null;
  reason: string | null;
};

export type Backlog = {
  /** The database's clock. */
  at: Date;
  /** Shops whose delivery writes. */
  live: number;
  /** Those that have something to do or wait. */
  shops: ShopBacklog[];
  feedback: number;
  feedbackSince: Date | null;
  deadLetters: number;
  circuitsOpen: number;
};

export async function readBacklog(pool: pg.Pool): Promise<Backlog> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(`${BEGIN_WORK}; SET LOCAL statement_timeout = ${ANSWER_WITHIN_MS}`);
    const whole = await readWhole(client);
    const shops = await readShops(client);
    await client.query("COMMIT");
    broken = false;
    return { ...whole, shops };
  } finally {
    client.release(broken);
  }
}

async function readWhole(client: Queryable): Promise<Omit<Backlog, "shops">> {
  const { rows } = await client.query<Omit<Backlog, "shops">>({
    name: "read-backlog",
    text: `
      SELECT now() AS at,
        (SELECT count(*)::int FROM shop WHERE ${WRITES}) AS live,
        f.feedback, f.since AS "feedbackSince",
        (SELECT count(*)::int FROM (
           SELECT FROM dead_letter WHERE replayed_at IS NULL ORDER BY shop, id LIMIT ${COUNTED_MAX}) d) AS "deadLetters",
        (SELECT count(*)::int FROM workspace_circuit WHERE open_until > now()) AS "circuitsOpen"
      FROM (
        SELECT count(*)::int AS feedback, min(due_at) AS since FROM (
          SELECT due_at FROM feedback WHERE state = 'pending' AND due_at <= now()
          ORDER BY due_at, shop_id, id LIMIT ${COUNTED_MAX}) due
      ) f`,
  });
  const row = rows[0];
  if (!row) throw new Error("the backlog was not answered");
  return row;
}

/** In mode `test` hardly anybody is told, and whoever else waits in the list waits for nothing. */
const WRITES = "mode = 'live' AND credentials IS NOT NULL AND uninstalled_at IS NULL";

async function readShops(client: Queryable): Promise<ShopBacklog[]> {
  const { rows } = await client.query<ShopBacklog>({
    name: "read-backlog-of-shops",
    text: `
      WITH RECURSIVE busy AS (
        (SELECT shop FROM pending ORDER BY shop LIMIT 1)
        UNION ALL
        SELECT (SELECT p.shop FROM pending p WHERE p.shop > b.shop ORDER BY p.shop LIMIT 1)
        FROM busy b WHERE b.shop IS NOT NULL
      ), inbox AS (
        SELECT b.shop AS domain, n.inbox, o.since FROM busy b
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS inbox FROM (
            SELECT FROM pending p WHERE p.shop = b.shop ORDER BY p.lane, p.id LIMIT ${COUNTED_MAX}) first
        ) n
        CROSS JOIN LATERAL (
          SELECT min(m.received_at) AS since FROM generate_series(0, 2) AS lane
          CROSS JOIN LATERAL (
            SELECT p.id FROM pending p WHERE p.shop = b.shop AND p.lane = lane::smallint ORDER BY p.id LIMIT 1) first
          JOIN message m ON m.shop = b.shop AND m.id = first.id
        ) o WHERE b.shop IS NOT NULL
      ), outgoing AS (
        SELECT s.domain, p.people, p.since AS people_since, e.events, e.since AS events_since,
               d.paused_until, d.reason
        FROM shop s
        LEFT JOIN delivery_state d ON d.shop_id = s.id AND d.paused_until > now()
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS people, min(changed_at) AS since FROM (
            SELECT changed_at FROM person
            WHERE shop_id = s.id AND version <> told_version AND (address IS NOT NULL OR told IS NOT NULL)
            ORDER BY urgent DESC, changed_at, id LIMIT ${COUNTED_MAX}) untold
        ) p
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS events, min(due_at) AS since FROM (
            SELECT person_id, due_at FROM outbox
            WHERE shop_id = s.id AND state = 'pending' AND due_at <= now()
            ORDER BY due_at, id LIMIT ${COUNTED_MAX}) due
          JOIN person ON person.shop_id = s.id AND person.id = due.person_id AND person.address IS NOT NULL
        ) e
        WHERE ${WRITES} AND (p.people > 0 OR e.events > 0 OR d.paused_until IS NOT NULL)
      )
      SELECT coalesce(i.domain, o.domain) AS domain, coalesce(i.inbox, 0) AS inbox,
             coalesce(o.people, 0) AS people, coalesce(o.events, 0) AS events, i.since AS "inboxSince",
             o.people_since AS "peopleSince", o.events_since AS "eventsSince",
             o.paused_until AS "pausedUntil", o.reason
      FROM inbox i FULL JOIN outgoing o ON o.domain = i.domain`,
  });
  return rows;
}
