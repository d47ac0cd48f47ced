/** `ringtrue ledger`: whether the record of consent is as it was recorded. */
import type { BreakReason } from "#app/core/consent/chain-verify.ts";
import type { BrokenChain } from "#app/db/ledger-audit.ts";
import { auditLedger, BROKEN_MAX } from "#app/db/ledger-audit.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { facts, table } from "./table.ts";

/** Refused when a chain is broken: exit 1, with the result all the same. */
export function verifyLedger(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const audit = await auditLedger(pool, shop.id, shop.salt);
    const { broken } = audit;
    const counts = facts(Object.entries({ ...audit, broken: broken.length }));
    if (broken.length === 0) return done(audit, counts);
    const notes = ["The ledger was changed by something other than Ringtrue."];
    if (broken.length === BROKEN_MAX)
      notes.push(`The first ${BROKEN_MAX} broken chains are listed.`);
    return { code: 1, result: { data: audit, text: `${counts}\n\n${sayBroken(broken)}` }, notes };
  });
}

function sayBroken(broken: readonly BrokenChain[]): string {
  const rows = broken.map(({ chain, seq, why }) => [chain, String(seq), MEANING[why]]);
  return table([["chain", "seq", "why"], ...rows]);
}

const MEANING: Record<BreakReason, string> = {
  not_next: "entries before it are missing",
  not_linked: "it does not follow on the entry before it",
  content_changed: "its content was changed",
  link_changed: "its time, its digest or its link was changed",
  other_chain: "its content is about somebody else",
};
