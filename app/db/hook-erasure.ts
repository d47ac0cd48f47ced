/**
 * Erasing what Twilio and Customer.io told of a shopper. Their raw messages name numbers and people
 * without any row that points at them, so they are found by looking into them.
 */
import type { OwnTopic } from "#app/core/topics.ts";
import type { Queryable } from "./queryable.ts";

/** A text names the number it came from and no person: it goes when the last who has the number does. */
export async function numbersOfNobodyElse(
  client: Queryable,
  shopId: number,
  identities: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ e164: string }>(
    `SELECT DISTINCT n.e164 FROM person p
     JOIN person_number n ON n.shop_id = p.shop_id AND n.person_id = p.id
     WHERE p.shop_id = $1 AND p.anchor = ANY($2::text[]) AND NOT EXISTS (
       SELECT FROM person_number other JOIN person q ON q.shop_id = other.shop_id AND q.id = other.person_id
       WHERE other.shop_id = n.shop_id AND other.e164 = n.e164 AND q.anchor <> ALL ($2::text[]))`,
    [shopId, identities],
  );
  return rows.map(({ e164 }) => e164);
}

const TOPICS_OF_TEXTS: readonly OwnTopic[] = [
  "text/inbound",
  "number/report",
  "twilio/message",
  "twilio/status",
  "customerio/consent",
  "customerio/report",
  "customerio/reply",
];

/**
 * Erases the raw messages that name one of these numbers (E.164), or an email of these identities. What
 * is not read yet is left for who reads it.
 */
export async function eraseHooks(
  client: Queryable,
  domain: string,
  identities: readonly string[],
  numbers: readonly string[],
): Promise<void> {
  const emails = identities.flatMap((key) => (key.startsWith("email:") ? [key.slice(6)] : []));
  // A form writes "+" as %2B and "@" as %40: the digits are the same everywhere.
  const named = [
    ...numbers.map((e164) => e164.slice(1)),
    ...emails,
    ...emails.map(encodeURIComponent),
  ];
  if (named.length === 0) return;
  const patterns = named.map((text) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  await client.query(
    `DELETE FROM message m
     WHERE m.shop = $1 AND m.topic = ANY($2::text[]) AND encode(m.body, 'escape') ILIKE ANY ($3::text[])
       AND NOT EXISTS (SELECT FROM pending p WHERE p.shop = m.shop AND p.id = m.id)`,
    [domain, TOPICS_OF_TEXTS, patterns],
  );
}
