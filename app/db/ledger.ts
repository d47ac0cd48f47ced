/**
 * The consent ledger: append-only, each entry named by its content. Numbers are found by a digest
 * salted with the shop's own salt, which outlives the erasure of the number itself.
 */
import { hash } from "node:crypto";
import type { ConsentAct } from "#app/core/consent/acts.ts";
import type { Instant } from "#app/core/heard.ts";
import type { Queryable } from "./queryable.ts";

/** Hex of the salted digest under which a number is known to the ledger. */
export function digestOf(salt: Buffer, e164: string): string {
  return hash("sha256", Buffer.concat([salt, Buffer.from(e164)]), "hex");
}

export type LedgerEntry = { act: ConsentAct; identity: string };

/** Appends what the ledger doesn't hold yet; an act told again is the same entry. */
export async function appendToLedger(
  client: Queryable,
  shopId: number,
  salt: Buffer,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const rows = new Map<string, LedgerEntry>();
  for (const entry of entries) rows.set(nameOf(entry.act), entry);
  if (rows.size === 0) return;
  const ids = [...rows.keys()].sort();
  const acts = ids.flatMap((id) => rows.get(id) ?? []);
  await client.query({
    name: "append-to-ledger",
    text: `
      INSERT INTO consent_entry (shop_id, id, digest, e164, kind, at, source, document, identity, level)
      SELECT $1, decode(id, 'hex'), decode(digest, 'hex'), e164, kind, at, source, document, identity, level
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[],
                  $8::text[], $9::text[], $10::text[])
        AS new (id, digest, e164, kind, at, source, document, identity, level)
      ON CONFLICT (shop_id, id) DO NOTHING`,
    values: [
      shopId,
      ids,
      acts.map(({ act }) => (act.number === null ? null : digestOf(salt, act.number))),
      acts.map(({ act }) => act.number),
      acts.map(({ act }) => act.kind),
      acts.map(({ act }) => new Date(act.at).toISOString()),
      acts.map(({ act }) => act.source),
      acts.map(({ act }) => act.document),
      acts.map(({ identity }) => identity),
      acts.map(({ act }) => act.level),
    ],
  });
}

function nameOf(act: ConsentAct): string {
  const content = [act.kind, act.document, act.number, act.at, act.level];
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 32);
}

/** The latest stop heard for each of these numbers, from anybody of the shop. */
export async function loadStops(
  client: Queryable,
  shopId: number,
  salt: Buffer,
  numbers: Iterable<string>,
): Promise<Map<string, Instant>> {
  const numberOf = new Map<string, string>();
  for (const e164 of numbers) numberOf.set(digestOf(salt, e164), e164);
  if (numberOf.size === 0) return new Map();
  const { rows } = await client.query<{ digest: string; at: Date }>({
    name: "load-stops",
    text: `
      SELECT encode(digest, 'hex') AS digest, max(at) AS at FROM consent_entry
      WHERE shop_id = $1 AND kind = 'stop'
        AND digest = ANY (SELECT decode(d, 'hex') FROM unnest($2::text[]) AS asked (d))
      GROUP BY digest`,
    values: [shopId, [...numberOf.keys()]],
  });
  const stops = new Map<string, Instant>();
  for (const row of rows) {
    const e164 = numberOf.get(row.digest);
    if (e164 !== undefined) stops.set(e164, row.at.getTime());
  }
  return stops;
}
