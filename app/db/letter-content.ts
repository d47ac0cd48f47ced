/** What lies behind one dead letter: the message as it came, the item as it was to be told. */
import type { Letter } from "./letters.ts";
import type { Queryable } from "./queryable.ts";

export type LetterContent = {
  /** What is known of it besides its content: ids, times, sizes, states. */
  about: Record<string, unknown>;
  /** As it came or was to be told; null when it is no longer kept. */
  content: { kind: "bytes"; bytes: Buffer } | { kind: "data"; data: unknown } | null;
};

export function loadLetterContent(
  client: Queryable,
  shop: { id: number; domain: string },
  letter: Letter,
): Promise<LetterContent> {
  if (letter.kind === "inbox") return loadMessage(client, shop.domain, letter);
  if (letter.reference.startsWith("feedback:")) return loadFeedback(client, shop.id, letter);
  return letter.reference.startsWith("item:")
    ? loadItem(client, shop.id, letter)
    : loadPerson(client, shop.id, letter);
}

async function loadMessage(
  client: Queryable,
  domain: string,
  { id, reference }: Letter,
): Promise<LetterContent> {
  const { rows } = await client.query<{ bytes: Buffer | null; about: Record<string, unknown> }>(
    `SELECT coalesce(l.content, m.body) AS bytes,
            json_build_object('messageId', l.reference, 'receivedAt', m.received_at, 'triggeredAt', m.triggered_at,
              'webhookId', m.webhook_id, 'eventId', m.event_id, 'apiVersion', m.api_version,
              'bytesKept', octet_length(coalesce(l.content, m.body))) AS about
     FROM dead_letter l LEFT JOIN message m ON m.shop = l.shop AND m.id = $3
     WHERE l.shop = $1 AND l.id = $2`,
    [domain, id, reference],
  );
  const row = rows[0];
  if (!row) throw new Error(`there is no dead letter ${id}`);
  const { bytes, about } = row;
  return { about, content: bytes === null ? null : { kind: "bytes", bytes } };
}

async function loadItem(
  client: Queryable,
  shopId: number,
  { reference }: Letter,
): Promise<LetterContent> {
  const { rows } = await client.query<{ data: unknown; about: Record<string, unknown> }>(
    `SELECT body AS data, json_build_object('eventId', event_id, 'kind', kind, 'name', name,
       'personId', person_id, 'at', at, 'dueAt', due_at, 'state', state) AS about
     FROM outbox WHERE shop_id = $1 AND id = $2`,
    [shopId, reference.split(":")[1]],
  );
  return contentOf(rows[0]);
}

async function loadFeedback(
  client: Queryable,
  shopId: number,
  { reference }: Letter,
): Promise<LetterContent> {
  const { rows } = await client.query<{ data: unknown; about: Record<string, unknown> }>(
    `SELECT json_build_object('customer_id', customer_id, 'phone', e164, 'stopped_at', at) AS data,
            json_build_object('kind', kind, 'personId', person_id, 'state', state, 'attempts', attempts,
              'dueAt', due_at) AS about
     FROM feedback WHERE shop_id = $1 AND id = $2`,
    [shopId, reference.split(":")[1]],
  );
  return contentOf(rows[0]);
}

/** The person as it is now: what would be told is never what was refused, but what is true. */
async function loadPerson(
  client: Queryable,
  shopId: number,
  { reference }: Letter,
): Promise<LetterContent> {
  const [, id, version] = reference.split(":");
  const { rows } = await client.query<{ data: unknown; about: Record<string, unknown> }>(
    `SELECT d.attributes AS data, json_build_object('personId', p.id, 'refusedVersion', $3::int,
       'version', p.version, 'toldVersion', p.told_version, 'changedAt', p.changed_at) AS about
     FROM person p JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
     WHERE p.shop_id = $1 AND p.id = $2`,
    [shopId, id, version],
  );
  return contentOf(rows[0]);
}

function contentOf(
  row: { data: unknown; about: Record<string, unknown> } | undefined,
): LetterContent {
  return row
    ? { about: row.about, content: { kind: "data", data: row.data } }
    : { about: {}, content: null };
}
