/**
 * Reads a shop's ledger from end to end and verifies every chain. It takes no lock and no long
 * transaction, so the shop is worked on meanwhile: what is appended to a chain behind the reader waits
 * for the next time.
 */
import type { ChainEnd, ChainEntry, ConsentRecord } from "#app/core/consent/chain.ts";
import { startOf } from "#app/core/consent/chain.ts";
import type { BreakReason, ChainRules } from "#app/core/consent/chain-verify.ts";
import { verifyChain } from "#app/core/consent/chain-verify.ts";
import { digestOf, hashText } from "./ledger.ts";
import type { Queryable } from "./queryable.ts";

export type BrokenChain = { chain: string; seq: number; why: BreakReason };

export type LedgerAudit = {
  chains: number;
  entries: number;
  /** Entries whose content was erased on request. */
  erased: number;
  /** Where each broken chain is broken first; of very many, the first `BROKEN_MAX`. */
  broken: BrokenChain[];
};

/** Rows read at once: some megabytes. */
const PAGE_ROWS = 5_000;
export const BROKEN_MAX = 1_000;

export async function auditLedger(
  client: Queryable,
  shopId: number,
  salt: Buffer,
  pageRows = PAGE_ROWS,
): Promise<LedgerAudit> {
  const rules = { hash: hashText, chainOf: (subject: string) => digestOf(salt, subject) };
  const audit: LedgerAudit = { chains: 0, entries: 0, erased: 0, broken: [] };
  let reached: Reached | null = null;
  for (;;) {
    const page = await readPage(client, shopId, reached, pageRows);
    for (const [chain, entries] of byChain(page)) {
      reached = auditEntries(audit, chain, entries, reached, rules);
    }
    if (page.length < pageRows) return audit;
  }
}

/** How far the audit has come; no end when the chain is broken already, which is told once. */
type Reached = { chain: string; seq: number; end: ChainEnd | null };

function auditEntries(
  audit: LedgerAudit,
  chain: string,
  entries: readonly ChainEntry[],
  reached: Reached | null,
  rules: ChainRules,
): Reached {
  const isNew = reached?.chain !== chain;
  let end = isNew ? startOf(chain) : reached.end;
  if (isNew) audit.chains += 1;
  audit.entries += entries.length;
  for (const { content } of entries) if (content === null) audit.erased += 1;
  if (end !== null) {
    const verdict = verifyChain(end, entries, rules);
    if (!verdict.whole && audit.broken.length < BROKEN_MAX) {
      audit.broken.push({ chain, ...verdict.break });
    }
    end = verdict.whole ? verdict.end : null;
  }
  return { chain, seq: entries.at(-1)?.seq ?? 0, end };
}

function byChain(page: readonly EntryRow[]): Map<string, ChainEntry[]> {
  const chains = new Map<string, ChainEntry[]>();
  for (const row of page) {
    const entries = chains.get(row.chain);
    if (entries) entries.push(entryOf(row));
    else chains.set(row.chain, [entryOf(row)]);
  }
  return chains;
}

/** Null where it was erased, or where somebody took it away. */
type ContentRow = { [Field in keyof ConsentRecord]: ConsentRecord[Field] | null };

type EntryRow = ContentRow & {
  chain: string;
  seq: number;
  previous: string;
  contentDigest: string;
  link: string;
  recordedAt: number;
  salt: string | null;
};

async function readPage(
  client: Queryable,
  shopId: number,
  after: Reached | null,
  limit: number,
): Promise<EntryRow[]> {
  const { rows } = await client.query<EntryRow>(
    `SELECT encode(digest, 'hex') AS chain, seq, encode(previous_hash, 'hex') AS previous,
            encode(content_digest, 'hex') AS "contentDigest", encode(hash, 'hex') AS link,
            (extract(epoch FROM recorded_at) * 1000)::float8 AS "recordedAt",
            encode(salt, 'hex') AS salt, kind, e164 AS number,
            (extract(epoch FROM at) * 1000)::float8 AS at,
            source, document, identity, level, purposes, disclosure, evidence
     FROM consent_entry
     WHERE shop_id = $1 AND (digest, seq) > (decode($2, 'hex'), $3) ORDER BY digest, seq LIMIT $4`,
    [shopId, after?.chain ?? "", after?.seq ?? 0, limit],
  );
  return rows;
}

function entryOf(row: EntryRow): ChainEntry {
  const { seq, previous, contentDigest, link, recordedAt, salt } = row;
  const stoppedAt = row.kind === "stop" ? row.at : null;
  const sealed = { seq, previous, contentDigest, link, recordedAt, stoppedAt };
  if (salt === null) return { ...sealed, content: null };
  return { ...sealed, content: { salt, record: contentOf(row) } };
}

/** What nobody records stands for what is missing, so that it cannot pass for what was sealed. */
function contentOf(row: ContentRow): ConsentRecord {
  return {
    kind: row.kind ?? "",
    number: row.number,
    at: row.at ?? Number.NaN,
    source: row.source ?? "",
    document: row.document ?? "",
    identity: row.identity ?? "",
    level: row.level,
    purposes: row.purposes ?? [],
    disclosure: row.disclosure,
    evidence: row.evidence ?? {},
  };
}
