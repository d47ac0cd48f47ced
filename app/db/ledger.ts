/**
 * The consent ledger: append-only, each entry named by the act it records, chained per number
 * (app/core/consent/chain.ts). Numbers are found by a digest salted with the shop's own salt, which
 * outlives the erasure of the number itself.
 */
import { hash, randomBytes } from "node:crypto";
import type { ChainEnd, ChainEntry, ConsentRecord } from "#app/core/consent/chain.ts";
import { actText, appendTo, startOf, subjectOf } from "#app/core/consent/chain.ts";
import type { Instant } from "#app/core/heard.ts";
import { inLines } from "./in-lines.ts";
import type { Queryable } from "./queryable.ts";
import { countDay } from "./shop-days.ts";

const ID_DIGITS = 32;
const SALT_BYTES = 16;

/** The digest that links the chains, in hex. */
export function hashText(text: string): string {
  return hash("sha256", text, "hex");
}

/** Hex of the salted digest under which a number, or an identity, is known to the ledger. */
export function digestOf(salt: Buffer, subject: string): string {
  return hash("sha256", Buffer.concat([salt, Buffer.from(subject)]), "hex");
}

/**
 * Appends what the ledger doesn't hold yet, in the order given; an act told again is the same entry,
 * also after its content was erased. Whoever calls holds the shop's merge lock. A second writer would
 * be refused by the place in the chain, which is taken once.
 */
export async function appendToLedger(
  client: Queryable,
  shopId: number,
  salt: Buffer,
  records: readonly ConsentRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const told = new Map<string, ConsentRecord>();
  for (const record of records) {
    const id = digestOf(salt, actText(record)).slice(0, ID_DIGITS);
    if (!told.has(id)) told.set(id, record);
  }
  const asked = [...told].map(([id, record]) => {
    return { id, record, chain: digestOf(salt, subjectOf(record)) };
  });
  const fresh = await findFresh(client, shopId, asked);
  const [first] = fresh;
  if (!first) return;
  await insertEntries(client, shopId, linkAll(fresh));
  const stops = fresh.filter(({ record }) => record.kind === "stop").length;
  await countDay(client, shopId, first.recordedAt, { stops });
}

type Asked = { id: string; record: ConsentRecord; chain: string };
type Fresh = Asked & { end: ChainEnd; recordedAt: Instant };
type Linked = Asked & { entry: ChainEntry };

/**
 * What is not recorded yet, each with the end of its chain. Both look-ups ask for the first in an order,
 * which one index alone can answer: for an equality the planner takes any index of a young table, and
 * reads the whole shop by it.
 */
async function findFresh(
  client: Queryable,
  shopId: number,
  asked: readonly Asked[],
): Promise<Fresh[]> {
  const { rows } = await client.query<{
    nth: number;
    seq: number | null;
    link: string | null;
    recorded_at: Date;
  }>({
    name: "find-fresh-entries",
    text: `
      SELECT (asked.nth - 1)::int AS nth, last.seq, encode(last.hash, 'hex') AS link, now() AS recorded_at
      FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (id, chain, nth)
      LEFT JOIN LATERAL (
        SELECT e.id FROM consent_entry e
        WHERE e.shop_id = $1 AND e.id >= decode(asked.id, 'hex') ORDER BY e.id LIMIT 1
      ) next ON true
      LEFT JOIN LATERAL (
        SELECT e.seq, e.hash FROM consent_entry e
        WHERE e.shop_id = $1 AND e.digest = decode(asked.chain, 'hex') ORDER BY e.seq DESC LIMIT 1
      ) last ON true
      WHERE next.id IS DISTINCT FROM decode(asked.id, 'hex')
      ORDER BY asked.nth`,
    values: [shopId, asked.map(({ id }) => id), asked.map(({ chain }) => chain)],
  });
  return rows.flatMap(({ nth, seq, link, recorded_at: recordedAt }) => {
    const one = asked[nth];
    if (one === undefined) return [];
    const { chain } = one;
    const end = seq === null || link === null ? startOf(chain) : { chain, seq, link };
    return [{ ...one, end, recordedAt: recordedAt.getTime() }];
  });
}

function linkAll(fresh: readonly Fresh[]): Linked[] {
  const ends = new Map<string, ChainEnd>();
  return fresh.map(({ id, record, chain, end, recordedAt }) => {
    const salt = randomBytes(SALT_BYTES).toString("hex");
    const entry = appendTo(ends.get(chain) ?? end, record, salt, recordedAt, hashText);
    ends.set(chain, { chain, seq: entry.seq, link: entry.link });
    return { id, record, chain, entry };
  });
}

async function insertEntries(
  client: Queryable,
  shopId: number,
  rows: readonly Linked[],
): Promise<void> {
  await client.query({
    name: "append-to-ledger",
    text: `
      INSERT INTO consent_entry (shop_id, id, digest, seq, previous_hash, content_digest, hash, salt,
        recorded_at, kind, at, e164, source, document, identity, level, disclosure, purposes, evidence)
      SELECT $1, decode(id, 'hex'), decode(digest, 'hex'), seq, decode(previous, 'hex'),
        decode(content_digest, 'hex'), decode(link, 'hex'), decode(salt, 'hex'), recorded_at, kind, at,
        e164, source, document, identity, level, disclosure,
        ARRAY(SELECT json_array_elements_text(purposes::json)), evidence::json
      FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::timestamptz[], $10::text[], $11::timestamptz[], $12::text[], $13::text[],
                  $14::text[], $15::text[], $16::text[], $17::text[],
                  string_to_array($18, E'\n'), string_to_array($19, E'\n'))
        AS new (id, digest, seq, previous, content_digest, link, salt, recorded_at, kind, at,
                e164, source, document, identity, level, disclosure, purposes, evidence)`,
    values: [
      shopId,
      rows.map(({ id }) => id),
      rows.map(({ chain }) => chain),
      rows.map(({ entry }) => entry.seq),
      rows.map(({ entry }) => entry.previous),
      rows.map(({ entry }) => entry.contentDigest),
      rows.map(({ entry }) => entry.link),
      rows.map(({ entry }) => entry.content?.salt ?? null),
      rows.map(({ entry }) => new Date(entry.recordedAt).toISOString()),
      ...columnsOf(rows.map(({ record }) => record)),
    ],
  });
}

function columnsOf(records: readonly ConsentRecord[]): unknown[] {
  return [
    records.map((record) => record.kind),
    records.map((record) => new Date(record.at).toISOString()),
    records.map((record) => record.number),
    records.map((record) => record.source),
    records.map((record) => record.document),
    records.map((record) => record.identity),
    records.map((record) => record.level),
    records.map((record) => record.disclosure),
    inLines(records.map((record) => JSON.stringify(record.purposes))),
    inLines(records.map((record) => JSON.stringify(record.evidence))),
  ];
}
