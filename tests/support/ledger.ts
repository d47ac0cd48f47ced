// The exact ledger of a shop: every message ever received is applied, dead or pending, and "applied"
// is not taken on trust: what the message says must stand among the observations.
import type pg from "pg";
import { isTopic } from "#app/core/topics.ts";
import { readMessage } from "#app/pipeline/merge/read-messages.ts";

export type LedgerOfShop = {
  received: number;
  applied: number;
  dead: number;
  pending: number;
  /** Ids of messages that are settled, not dead, and left no trace: must be none. */
  lost: number[];
  webhookIds: Set<string>;
};

type Row = {
  id: number;
  topic: string;
  webhook_id: string;
  triggered_at: string | null;
  received_at: Date;
  body: Buffer;
  is_pending: boolean;
  is_dead: boolean;
};

export async function readLedger(pool: pg.Pool, shop: string): Promise<LedgerOfShop> {
  const { rows } = await pool.query<Row>(
    `SELECT m.id, m.topic, m.webhook_id, m.triggered_at, m.received_at, m.body,
            EXISTS (SELECT FROM pending p WHERE p.shop = m.shop AND p.id = m.id) AS is_pending,
            EXISTS (SELECT FROM dead_letter d WHERE d.shop = m.shop AND d.kind = 'inbox'
                      AND d.reference = m.id::text) AS is_dead
     FROM message m WHERE m.shop = $1 ORDER BY m.id`,
    [shop],
  );
  const observed = await pool.query<{ id: string }>(
    `SELECT encode(o.id, 'hex') AS id FROM observation o JOIN shop s ON s.id = o.shop_id
     WHERE s.domain = $1`,
    [shop],
  );
  const known = new Set(observed.rows.map((row) => row.id));
  const settled = rows.filter((row) => !row.is_pending && !row.is_dead);
  const lost = settled.filter((row) => !isApplied(row, shop, known)).map((row) => row.id);
  return {
    received: rows.length,
    applied: settled.length - lost.length,
    dead: rows.filter((row) => row.is_dead).length,
    pending: rows.filter((row) => row.is_pending).length,
    lost,
    webhookIds: new Set(rows.map((row) => row.webhook_id)),
  };
}

function isApplied(row: Row, shop: string, known: ReadonlySet<string>): boolean {
  if (!isTopic(row.topic)) return false;
  const { id, topic, triggered_at: triggeredAt, received_at: receivedAt, body } = row;
  const read = readMessage(
    { lane: 1, id, topic, triggeredAt, receivedAt, text: body.toString() },
    shop,
  );
  return (
    read.dead.length === 0 && read.observations.every((observation) => known.has(observation.id))
  );
}
