/**
 * What merge still has to do. No cursor is ever kept: rows are taken from the front, lane 0 first,
 * and deleted in the transaction that did the work, so a row that commits late is never passed over.
 */
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type PendingMessage = {
  lane: number;
  id: number;
  topic: string;
  triggeredAt: string | null;
  receivedAt: Date;
  /** The bytes as received, read as UTF-8: what is none of it is U+FFFD. */
  text: string;
};

export type PendingKey = Pick<PendingMessage, "lane" | "id">;

export const BEFORE_ALL: PendingKey = { lane: -1, id: 0 };

/**
 * The shop's next messages: at most `rows`, and at most `bytes` of bodies beyond the first. Those
 * that are `known` by their id are not read again: a message never changes.
 */
export async function takePending(
  client: Queryable,
  shop: string,
  rows: number,
  bytes: number,
  known: ReadonlyMap<number, PendingMessage> = new Map(),
): Promise<PendingMessage[]> {
  const keys = await nextKeys(client, shop, rows, bytes, BEFORE_ALL);
  const unknown = keys.filter(({ id }) => !known.has(id));
  const { rows: read } = await loadMessages(client, shop, unknown, "bytes");
  const messages = new Map(
    read.map(({ body, ...row }) => [row.id, messageOf(row, body.toString("utf8"))]),
  );
  return inOrder(keys, (id) => known.get(id) ?? messages.get(id));
}

/**
 * The same, of what follows `after`. Bodies arrive as text, which is half the work of bytes; rejects
 * with a data error when one of them is not UTF-8, and so belongs into no transaction.
 */
export async function glimpsePending(
  client: Queryable,
  shop: string,
  rows: number,
  bytes: number,
  after: PendingKey,
): Promise<PendingMessage[]> {
  const keys = await nextKeys(client, shop, rows, bytes, after);
  const { rows: read } = await loadMessages(client, shop, keys, "text");
  const messages = new Map(read.map(({ body, ...row }) => [row.id, messageOf(row, body)]));
  return inOrder(keys, (id) => messages.get(id));
}

async function nextKeys(
  client: Queryable,
  shop: string,
  rows: number,
  bytes: number,
  after: PendingKey,
): Promise<PendingKey[]> {
  const next = await client.query<PendingKey>({
    name: `next-pending-${rows}`,
    text: `
      WITH next AS (
        SELECT lane, id, size FROM pending
        WHERE shop = $1 AND (lane, id) > ($3, $4) ORDER BY lane, id LIMIT ${rows}
      ), bounded AS (
        SELECT lane, id, sum(size) OVER (ORDER BY lane, id) - size AS before FROM next
      )
      SELECT lane, id FROM bounded WHERE before < $2 ORDER BY lane, id`,
    values: [shop, bytes, after.lane, after.id],
  });
  return next.rows;
}

type MessageRow<Body> = {
  id: number;
  topic: string;
  triggered_at: string | null;
  received_at: Date;
  body: Body;
};

type BodyForms = { bytes: Buffer; text: string };

const BODY = { bytes: "body", text: "convert_from(body, 'UTF8') AS body" };

async function loadMessages<Form extends keyof BodyForms>(
  client: Queryable,
  shop: string,
  keys: readonly PendingKey[],
  form: Form,
): Promise<{ rows: MessageRow<BodyForms[Form]>[] }> {
  if (keys.length === 0) return { rows: [] };
  return client.query<MessageRow<BodyForms[Form]>>({
    name: `load-messages-${form}`,
    text: `SELECT id, topic, triggered_at, received_at, ${BODY[form]} FROM message
           WHERE shop = $1 AND id = ANY($2::bigint[])`,
    values: [shop, list(keys.map(({ id }) => id))],
  });
}

type Read = Omit<PendingMessage, "lane">;

function messageOf(row: Omit<MessageRow<unknown>, "body">, text: string): Read {
  const { id, topic, triggered_at: triggeredAt, received_at: receivedAt } = row;
  return { id, topic, triggeredAt, receivedAt, text };
}

function inOrder(
  keys: readonly PendingKey[],
  find: (id: number) => Read | undefined,
): PendingMessage[] {
  return keys.flatMap(({ lane, id }) => {
    const message = find(id);
    return message ? [{ ...message, lane }] : [];
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
    values: [shop, list(messages.map(({ lane }) => lane)), list(messages.map(({ id }) => id))],
  });
  return rowCount ?? 0;
}
