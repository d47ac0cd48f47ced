/**
 * What is known of numbers, whoever has them: what was said of them, stops included. It is kept under
 * digests salted with the shop's own salt, so that it outlives the erasure of whoever said it. The
 * ledger records stops, too; but what it recorded stays, while a telling may turn out to be older.
 */
import type { NumberSaid, NumberSaying, NumbersSaid } from "#app/core/numbers/said.ts";
import { toldOnce } from "#app/core/numbers/told-once.ts";
import type { Turns } from "./in-turn.ts";
import { inLines } from "./in-lines.ts";
import { digestOf } from "./ledger.ts";
import type { Queryable } from "./queryable.ts";

/** Keeps what is new of these; the same report told again changes nothing but its earliest time. */
export function storeNumbersSaid(
  client: Turns,
  shopId: number,
  salt: Buffer,
  said: readonly NumberSaid[],
): void {
  const unique = new Map<string, NumberSaid>();
  for (const one of said) {
    const known = unique.get(one.id);
    unique.set(one.id, known && known.at <= one.at ? known : one);
  }
  const rows = [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return;
  client.write({
    name: "store-numbers-said",
    text: `
      INSERT INTO number_said AS known (shop_id, digest, id, at, says)
      SELECT $1, decode(digest, 'hex'), decode(id, 'hex'), at, says::json
      FROM unnest($2::text[], $3::text[], $4::timestamptz[], string_to_array($5, E'\n'))
        AS new (digest, id, at, says)
      ON CONFLICT (shop_id, digest, id) DO UPDATE SET at = excluded.at WHERE excluded.at < known.at`,
    values: [
      shopId,
      rows.map(({ number }) => digestOf(salt, number)),
      rows.map(({ id }) => id),
      rows.map(({ at }) => new Date(at).toISOString()),
      inLines(rows.map(({ says }) => JSON.stringify(says))),
    ],
  });
}

/** Of one number: more than anybody means, and a bound on what a flood of texts can cost. */
const SAID_MAX = 1_000;

type KnownRow = { digest: string; id: string; at: Date; says: NumberSaying };

/** What was said of these numbers (E.164), each act once, in the order of its times. */
export async function loadSaid(
  client: Queryable,
  shopId: number,
  salt: Buffer,
  numbers: Iterable<string>,
): Promise<NumbersSaid> {
  const numberOf = new Map<string, string>();
  for (const e164 of numbers) numberOf.set(digestOf(salt, e164), e164);
  if (numberOf.size === 0) return new Map();
  const { rows } = await client.query<KnownRow>({
    name: "load-said-of-numbers",
    text: `
      SELECT asked.digest, encode(said.id, 'hex') AS id, said.at, said.says
      FROM unnest($2::text[]) AS asked (digest)
      CROSS JOIN LATERAL (
        SELECT s.id, s.at, s.says FROM number_said s
        WHERE s.shop_id = $1 AND s.digest = decode(asked.digest, 'hex')
        ORDER BY s.says->>'kind' = 'text' AND s.says->>'meaning' IN ('help', 'unclear_no', 'other'), s.at DESC
        LIMIT $3
      ) said`,
    values: [shopId, [...numberOf.keys()], SAID_MAX],
  });
  return sortOut(rows, numberOf);
}

function sortOut(rows: readonly KnownRow[], numberOf: ReadonlyMap<string, string>): NumbersSaid {
  const said = new Map<string, NumberSaid[]>();
  for (const { digest, id, at, says } of rows) {
    const number = numberOf.get(digest);
    if (number === undefined) continue;
    const all = said.get(number) ?? [];
    said.set(number, all);
    all.push({ number, id, at: at.getTime(), says });
  }
  return new Map([...said].map(([number, all]) => [number, toldOnce(all)]));
}
