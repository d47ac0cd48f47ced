/**
 * Dead letters as an operator reads them, and their way back: an incoming message returns to what
 * merge still has to do, an outgoing item to what delivery still has to tell. A letter that comes
 * back to the same end is the same letter, dead again.
 */
import { laneOf } from "#app/core/topics.ts";
import { reviveFeedback } from "./feedback.ts";
import type { Queryable } from "./queryable.ts";

export type Letter = {
  id: number;
  kind: "inbox" | "outbox";
  reference: string;
  topic: string;
  reason: string;
  detail: string;
  createdAt: Date;
  replayedAt: Date | null;
};

const COLUMNS = `id, kind, reference, topic, reason, detail, created_at AS "createdAt",
  replayed_at AS "replayedAt"`;

/** The oldest letters first, at most `limit`; with `open`, only those not replayed since they died. */
export async function listLetters(
  client: Queryable,
  shop: string,
  { limit, open }: { limit: number; open: boolean },
): Promise<Letter[]> {
  const { rows } = await client.query<Letter>(
    `SELECT ${COLUMNS} FROM dead_letter
     WHERE shop = $1 ${open ? "AND replayed_at IS NULL" : ""} ORDER BY id LIMIT $2`,
    [shop, limit],
  );
  return rows;
}

export async function loadLetters(
  client: Queryable,
  shop: string,
  ids: readonly number[],
): Promise<Map<number, Letter>> {
  const { rows } = await client.query<Letter>(
    `SELECT ${COLUMNS} FROM dead_letter WHERE shop = $1 AND id = ANY($2::bigint[])`,
    [shop, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export type Replay = { ok: true } | { ok: false; why: string };

/** Runs inside the caller's transaction. What is said of a refusal continues "cannot be replayed:". */
export async function replayLetter(
  client: Queryable,
  shop: { id: number; domain: string },
  letter: Letter,
): Promise<Replay> {
  const replay = letter.kind === "inbox" ? replayMessage : replayOutgoing;
  const outcome = await replay(client, shop, letter);
  if (!outcome.ok) return outcome;
  await client.query("UPDATE dead_letter SET replayed_at = now() WHERE shop = $1 AND id = $2", [
    shop.domain,
    letter.id,
  ]);
  return outcome;
}

async function replayMessage(
  client: Queryable,
  { domain }: { domain: string },
  { reference, topic, reason }: Letter,
): Promise<Replay> {
  if (reason === "too_large") {
    return refuse("the message was larger than Ringtrue keeps, so only its beginning is here");
  }
  const { rowCount } = await client.query(
    `INSERT INTO pending (shop, lane, id, size)
     SELECT shop, $3::smallint, id, octet_length(body) FROM message WHERE shop = $1 AND id = $2
     ON CONFLICT (shop, lane, id) DO UPDATE SET size = excluded.size`,
    [domain, reference, laneOf(topic)],
  );
  return rowCount === 1 ? { ok: true } : refuse("the message is no longer kept");
}

async function replayOutgoing(
  client: Queryable,
  { id: shopId }: { id: number },
  { reference }: Letter,
): Promise<Replay> {
  const [kind, id] = reference.split(":");
  if (kind === "feedback") {
    const isThere = await reviveFeedback(client, shopId, id);
    return isThere ? { ok: true } : refuse("there is nobody left to stop");
  }
  if (kind === "item") {
    const { rowCount } = await client.query(
      `UPDATE outbox SET state = 'pending', settled_at = NULL
       WHERE shop_id = $1 AND id = $2 AND state IN ('dead', 'pending')`,
      [shopId, id],
    );
    return rowCount === 1 ? { ok: true } : refuse("there is no such item to tell any more");
  }
  const { rowCount } = await client.query(
    `UPDATE person SET version = version + 1, changed_at = now()
     WHERE shop_id = $1 AND id = $2 AND (address IS NOT NULL OR told IS NOT NULL)`,
    [shopId, id],
  );
  return rowCount === 1 ? { ok: true } : refuse("there is nobody left to tell it of");
}

function refuse(why: string): Replay {
  return { ok: false, why };
}
