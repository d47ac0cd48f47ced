/**
 * What merge still has to do. No cursor is ever kept: rows are taken from the front, lane 0 first,
 * and deleted in the transaction that did the work, so a row that commits late is never passed over.
 */
import type { Queryable } from "./queryable.ts";

export type PendingMessage = {
  lane: number;
  id: number;
  topic: string;
  triggeredAt: string | null;
  receivedAt: Date;
  body: Buffer;
};

export type PendingKey = Pick<PendingMessage, "lane" | "id">;

type PendingRow = {
  lane: number;
  id: number;
  topic: string;
  triggered_at: string | null;
  received_at: Date;
  /** Null for a message that is known already. */
  body: Buffer | null;
};

const BEFORE_ALL: PendingKey = { lane: -1, id: 0 };

/**
 * The shop's next messages: at most `rows`, and at most `bytes` of bodies beyond the first. Those
 * that are `known` by their id are not read again: a message never changes.
 */
export async function takePending(
  client: Queryable,
  shop: string,
  rows: number,
  bytes: number,
  {
    after = BEFORE_ALL,
    known = new Map(),
  }: { after?: PendingKey; known?: ReadonlyMap<number, PendingMessage> } = {},
): Promise<PendingMessage[]> {
  const taken = await client.query<PendingRow>({
    name: "take-pending",
    text: `
      WITH next AS (
        SELECT lane, id, size FROM pending
        WHERE shop = $1 AND (lane, id) > ($4, $5) ORDER BY lane, id LIMIT $2
      ), bounded AS (
        SELECT lane, id, sum(size) OVER (ORDER BY lane, id) - size AS before FROM next
      )
      SELECT b.lane, b.id, m.topic, m.triggered_at, m.received_at,
             CASE WHEN b.id = ANY($6::bigint[]) THEN NULL ELSE m.body END AS body
      FROM bounded b JOIN message m ON m.shop = $1 AND m.id = b.id
      WHERE b.before < $3 ORDER BY b.lane, b.id`,
    values: [shop, rows, bytes, after.lane, after.id, [...known.keys()]],
  });
  return taken.rows.flatMap(({ body, ...row }) => {
    const { lane, id, topic } = row;
    const message = known.get(id);
    if (message) return [message];
    if (body === null) return [];
    return [{ lane, id, topic, triggeredAt: row.triggered_at, receivedAt: row.received_at, body }];
  });
}

/** Settles messages: they are done, whatever came of them. Returns how many were not settled before. */
export async function settlePending(
  client: Queryable,
  shop: string,
  messages: readonly PendingKey[],
): Promise<number> {
  const { rowCount } = await client.query({
    name: "settle-pending",
    text: `DELETE FROM pending USING unnest($2::smallint[], $3::bigint[]) AS done (lane, id)
           WHERE pending.shop = $1 AND pending.lane = done.lane AND pending.id = done.id`,
    values: [shop, messages.map((message) => message.lane), messages.map((message) => message.id)],
  });
  return rowCount ?? 0;
}
