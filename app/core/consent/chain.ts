/**
 * The consent ledger as chains of digests.
 *
 * The law (SEMANTICS §2): append-only, one chain per number, over salted digests, in the order of
 * recording. Of an entry three things are kept apart: its content, sealed by a digest under a salt
 * of its own; what outlives the content; and the link, a digest of both and of the link before it.
 * Erasing destroys content and salt, and every link still verifies.
 */
import type { Instant } from "../heard.ts";
import type { ConsentAct } from "./act.ts";

/** One act of consent with its evidence, as the ledger keeps it. */
export type ConsentRecord = {
  kind: string;
  /** E.164, or null for an act that names no number. */
  number: string | null;
  at: Instant;
  source: string;
  document: string;
  /** The strongest identity of who acted, as it was known when the act was recorded. */
  identity: string;
  level: string | null;
  purposes: readonly string[];
  /** The version of the wording the shopper saw. */
  disclosure: string | null;
  /** Page, IP address, user agent, locale: what was known of them, by name. */
  evidence: Readonly<Record<string, string>>;
};

/** A digest of the text as 64 hex digits. Handed in, because the core knows no cryptography. */
export type Hash = (text: string) => string;

/** Where a chain ends so far: the entry that the next one links to. */
export type ChainEnd = {
  /** The salted digest of what the chain is about (`subjectOf`), in hex. */
  chain: string;
  /** How many entries the chain has. */
  seq: number;
  link: string;
};

export type ChainEntry = {
  /** Its place in the chain, from 1. */
  seq: number;
  /** The link of the entry before it. */
  previous: string;
  contentDigest: string;
  recordedAt: Instant;
  /** When a stop was said: it holds beyond the erasure of who said it. Null for any other act. */
  stoppedAt: Instant | null;
  link: string;
  /** Null once erased. The salt in hex, of the same length for all. */
  content: { salt: string; record: ConsentRecord } | null;
};

/** An act as the ledger records it. */
export function recordOf(act: ConsentAct, identity: string): ConsentRecord {
  const { kind, number, at, sourceName: source, document, level } = act;
  const { purposes, disclosure, evidence } = act;
  return { kind, number, at, source, document, identity, level, purposes, disclosure, evidence };
}

/** What the entry's chain is about: the number, or who acted where the act names none. */
export function subjectOf({ number, identity }: ConsentRecord): string {
  return number ?? identity;
}

/**
 * What makes an act the act it is. Who is known to have acted, and what else is known of it, may be
 * told otherwise later; that makes no second act, and what was recorded first stands.
 */
export function actText({ kind, number, at, source, document, level }: ConsentRecord): string {
  return JSON.stringify([kind, number, at, source, document, level]);
}

/** An empty chain links to its own name, so that entries cannot be carried over to another chain. */
export function startOf(chain: string): ChainEnd {
  return { chain, seq: 0, link: chain };
}

/** The entry that appends the record to the chain. */
export function appendTo(
  { seq, link: previous }: ChainEnd,
  record: ConsentRecord,
  salt: string,
  recordedAt: Instant,
  hash: Hash,
): ChainEntry {
  const contentDigest = sealOf(salt, record, hash);
  const stoppedAt = record.kind === "stop" ? record.at : null;
  const entry = { seq: seq + 1, previous, contentDigest, recordedAt, stoppedAt };
  return { ...entry, link: linkOf(entry, hash), content: { salt, record } };
}

/** The digest that commits to a content, and tells nothing of it once the salt is gone. */
export function sealOf(salt: string, record: ConsentRecord, hash: Hash): string {
  return hash(salt + canonicalText(record));
}

/** Digests have one length, so what is joined here can be joined in one way only. */
export function linkOf(
  {
    previous,
    contentDigest,
    recordedAt,
    stoppedAt,
  }: Pick<ChainEntry, "previous" | "contentDigest" | "recordedAt" | "stoppedAt">,
  hash: Hash,
): string {
  return hash(previous + contentDigest + JSON.stringify([recordedAt, stoppedAt]));
}

/**
 * The record as one text, the same however its parts were put together. A field that is added one
 * day must be left out where it is empty, or no older entry would verify.
 */
function canonicalText(record: ConsentRecord): string {
  const { kind, number, at, source, document, identity, level, purposes, disclosure } = record;
  const evidence = Object.entries(record.evidence).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({
    kind,
    number,
    at,
    source,
    document,
    identity,
    level,
    purposes,
    disclosure,
    evidence,
  });
}
