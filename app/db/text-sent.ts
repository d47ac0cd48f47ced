/**
 * Which text went to which number. Customer.io's reports of failures name only the text; what they say
 * counts for the number that another report names for it, and for none while nobody does: never for the
 * number the shopper has now. Both sides are kept, because either may come first.
 */
import { hash } from "node:crypto";
import type { TextSent, TextTold } from "#app/core/hear/reader.ts";
import type { NumberSaying } from "#app/core/numbers/said.ts";
import { inLines } from "./in-lines.ts";
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

const ID_DIGITS = 32;

/** Keeps what is new of these and returns the texts that were not known before. */
export async function storeTextsSent(
  client: Queryable,
  shopId: number,
  sent: readonly TextSent[],
): Promise<string[]> {
  if (sent.length === 0) return [];
  // A text goes to one number; should two be named for it, neither order may decide.
  const rows = sent.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { rows: fresh } = await client.query<{ reference: string }>({
    name: "store-texts-sent",
    text: `
      INSERT INTO text_sent (shop_id, reference, e164)
      SELECT $1, reference, e164 FROM unnest($2::text[], $3::text[]) AS new (reference, e164)
      ON CONFLICT (shop_id, reference) DO NOTHING
      RETURNING reference`,
    values: [
      shopId,
      list(rows.map(({ reference }) => reference)),
      list(rows.map(({ number }) => number)),
    ],
  });
  return fresh.map(({ reference }) => reference);
}

function keyOf({ reference, number }: TextSent): string {
  return `${reference} ${number}`;
}

/** Keeps failures by the text they name; one that is told again keeps its earliest time. */
export function storeTextsFailed(client: Turns, shopId: number, failed: readonly TextTold[]): void {
  if (failed.length === 0) return;
  const unique = new Map<string, TextTold>();
  for (const one of failed) {
    const id = idOf(one);
    const known = unique.get(id);
    unique.set(id, known && known.at <= one.at ? known : one);
  }
  const rows = [...unique].sort(([a], [b]) => (a < b ? -1 : 1));
  client.write({
    name: "store-texts-failed",
    text: `
      INSERT INTO text_failed AS known (shop_id, reference, id, at, stated_at, says)
      SELECT $1, reference, decode(id, 'hex'), at, stated_at, says::json
      FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], string_to_array($6, E'\\n'))
        AS new (reference, id, at, stated_at, says)
      ON CONFLICT (shop_id, reference, id) DO UPDATE SET at = excluded.at WHERE excluded.at < known.at`,
    values: [
      shopId,
      list(rows.map(([, { reference }]) => reference)),
      list(rows.map(([id]) => id)),
      list(rows.map(([, { at }]) => new Date(at).toISOString())),
      list(rows.map(([, { statedAt }]) => statedAt && new Date(statedAt).toISOString())),
      inLines(rows.map(([, { says }]) => JSON.stringify(says))),
    ],
  });
}

function idOf({ reference, statedAt, says }: TextTold): string {
  return hash("sha256", JSON.stringify([reference, statedAt, says]), "hex").slice(0, ID_DIGITS);
}

/** The failures of these texts whose number is known. */
export async function loadFailures(
  client: Queryable,
  shopId: number,
  references: readonly string[],
): Promise<(TextTold & { number: string })[]> {
  if (references.length === 0) return [];
  const { rows } = await client.query<{
    reference: string;
    e164: string;
    at: Date;
    stated_at: Date | null;
    says: NumberSaying;
  }>({
    name: "load-failures-of-texts",
    text: `
      SELECT f.reference, s.e164, f.at, f.stated_at, f.says
      FROM text_failed f JOIN text_sent s ON s.shop_id = f.shop_id AND s.reference = f.reference
      WHERE f.shop_id = $1 AND f.reference = ANY($2::text[])
      ORDER BY f.reference, f.id`,
    values: [shopId, list(references)],
  });
  return rows.map(({ reference, e164: number, at, stated_at, says }) => {
    return { reference, number, at: at.getTime(), statedAt: stated_at?.getTime() ?? null, says };
  });
}

/** Nothing is left of which texts went to these numbers, or failed to. */
export async function eraseTextsSent(
  client: Queryable,
  shopId: number,
  numbers: readonly string[],
): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM text_sent WHERE shop_id = $1 AND e164 = ANY($2::text[]) RETURNING reference
     )
     DELETE FROM text_failed USING gone
     WHERE text_failed.shop_id = $1 AND text_failed.reference = gone.reference`,
    [shopId, numbers],
  );
}

const EXPIRE_AT_ONCE = 5_000;

/** Forgets texts older than `days`, oldest first, at most 5,000 of each kind in one call. */
export async function expireTextsSent(client: Queryable, days: number): Promise<number> {
  const sent = await client.query(
    `DELETE FROM text_sent USING (
       SELECT shop_id, reference FROM text_sent WHERE at < now() - $1 * interval '1 day'
       ORDER BY at LIMIT ${EXPIRE_AT_ONCE}
     ) old WHERE text_sent.shop_id = old.shop_id AND text_sent.reference = old.reference`,
    [days],
  );
  const failed = await client.query(
    `DELETE FROM text_failed USING (
       SELECT shop_id, reference, id FROM text_failed WHERE kept_at < now() - $1 * interval '1 day'
       ORDER BY kept_at LIMIT ${EXPIRE_AT_ONCE}
     ) old WHERE text_failed.shop_id = old.shop_id AND text_failed.reference = old.reference
       AND text_failed.id = old.id`,
    [days],
  );
  return (sent.rowCount ?? 0) + (failed.rowCount ?? 0);
}
