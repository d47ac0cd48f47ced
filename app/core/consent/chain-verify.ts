/**
 * Whether a chain of the consent ledger is as it was recorded, and if not, where it first isn't.
 *
 * It finds what was changed, removed, moved or put between entries. What was cut off a chain's end it
 * cannot find, since nothing links to the last entry; nor what somebody computed anew to the end.
 */
import type { ChainEnd, ChainEntry, Hash } from "./chain.ts";
import { linkOf, sealOf, subjectOf } from "./chain.ts";

export type ChainBreak = {
  /** The place at which the chain is found broken. */
  seq: number;
  why: BreakReason;
};

export type BreakReason =
  /** It is not the next place: entries before it are missing, or stand twice. */
  | "not_next"
  /** It links to another entry than the one before it. */
  | "not_linked"
  /** Its content is not what was sealed. */
  | "content_changed"
  /** Its link was not made from what it holds: a digest or a time beside the content was changed. */
  | "link_changed"
  /** Its content is about another number or shopper than the chain. */
  | "other_chain";

export type ChainRules = {
  hash: Hash;
  /** The name of the chain that is about this subject. */
  chainOf: (subject: string) => string;
};

export type Verdict = { whole: true; end: ChainEnd } | { whole: false; break: ChainBreak };

/** `entries` are what follows on `end`, in order: a long chain can be verified piece by piece. */
export function verifyChain(
  end: ChainEnd,
  entries: Iterable<ChainEntry>,
  rules: ChainRules,
): Verdict {
  let { seq, link } = end;
  for (const entry of entries) {
    const why = findFault({ ...end, seq, link }, entry, rules);
    if (why !== null) return { whole: false, break: { seq: entry.seq, why } };
    ({ seq, link } = entry);
  }
  return { whole: true, end: { ...end, seq, link } };
}

function findFault(end: ChainEnd, entry: ChainEntry, rules: ChainRules): BreakReason | null {
  const { hash, chainOf } = rules;
  const { seq, previous, link, contentDigest, content } = entry;
  if (seq !== end.seq + 1) return "not_next";
  if (previous !== end.link) return "not_linked";
  if (content && sealOf(content.salt, content.record, hash) !== contentDigest) {
    return "content_changed";
  }
  if (linkOf(entry, hash) !== link) return "link_changed";
  if (content && chainOf(subjectOf(content.record)) !== end.chain) return "other_chain";
  return null;
}
