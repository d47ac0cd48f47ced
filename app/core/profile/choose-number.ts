/**
 * Chooses one person's number.
 *
 * The law (SEMANTICS §1): a number that takes texts before one that doesn't; then the better group;
 * within a group the number given last; ties by trigger, then the smaller number. A ticked or
 * confirmed number yields only to one the shopper typed long after its last proof. A form's number
 * that contradicts a typed one wins only once it is confirmed. Every number that does not win keeps
 * the reason.
 */
import type { Instant } from "../heard.ts";
import type { Policy } from "../policy.ts";
import type { NumberFacts } from "./number-facts.ts";
import type { NumberHeard } from "./numbers-heard.ts";
import type { Source } from "./source.ts";
import { groupOf, isTypedByShopper, TYPED_GROUP } from "./source.ts";
import { contradictsTyped } from "./typed-numbers.ts";

export type LosingReason =
  | "lower_group"
  | "older"
  | `invalid_${string}`
  | "needs_review"
  | "takes_no_texts"
  | "barred"
  | "not_own"
  | "shops_own"
  | "superseded";

export type Contender = NumberHeard & {
  e164: string;
  group: number;
  takesTexts: boolean;
  /** Of a form, against what the shopper typed, and not confirmed: it never wins. */
  unconfirmed: boolean;
  /** A proved number whose proof is older than one the shopper has typed long since. */
  yielded: boolean;
};

export type Choice = {
  winner: Contender | null;
  candidate: Contender | null;
  /** Every number that could have won, the winner first. */
  contenders: readonly Contender[];
  losers: { number: NumberHeard; reason: LosingReason }[];
  /** The shopper's own numbers with their countries, won or not: who "has" a number. */
  own: Map<string, string | null>;
};

const DAY_MS = 86_400_000;

export function chooseNumber(
  heard: readonly NumberHeard[],
  proofs: ReadonlyMap<string, Instant>,
  facts: NumberFacts,
  policy: Policy,
): Choice {
  const losers: Choice["losers"] = [];
  const own: Choice["own"] = new Map();
  const contenders: Contender[] = [];
  for (const number of heard) {
    const reason = cannotWin(number, facts, policy);
    if (reason !== null || number.reading.status !== "valid") {
      losers.push({ number, reason: reason ?? "needs_review" });
      continue;
    }
    const { e164, takesTexts, country } = number.reading;
    own.set(e164, country);
    contenders.push({
      ...number,
      e164,
      group: facts.verified.has(e164)
        ? 1
        : groupOf(number.source, number.sourceName, policy.settings.source_groups),
      takesTexts: takesTexts && !facts.landlines.has(e164) && !facts.dead.has(e164),
      unconfirmed: false,
      yielded: false,
    });
  }
  for (const number of contenders) {
    const isProved = number.source !== "form" || facts.verified.has(number.e164);
    number.unconfirmed = !isProved && contradictsTyped(number.e164, contenders);
  }
  const lastProved = lastProofs(heard, proofs, facts);
  yieldToNewer(contenders, lastProved, policy);
  contenders.sort(better);
  const winner = contenders[0] ?? null;
  for (const number of contenders.slice(1)) {
    if (winner && number.e164 !== winner.e164)
      losers.push({ number, reason: whyLost(number, winner) });
  }
  return {
    winner,
    candidate: candidateFor(winner, contenders, lastProved),
    contenders,
    losers,
    own,
  };
}

function cannotWin(number: NumberHeard, facts: NumberFacts, policy: Policy): LosingReason | null {
  const { reading } = number;
  if (reading.status === "invalid") return `invalid_${reading.reason}`;
  if (number.source === "delivery_contact") return "not_own";
  if (reading.status === "review") return "needs_review";
  if (policy.ownNumbers.has(reading.e164)) return "shops_own";
  if (facts.barred.has(reading.e164)) return "barred";
  return number.stands ? null : "superseded";
}

/** When each number was last proved to be in use: a tick, a confirmation, an order with it. */
function lastProofs(
  heard: readonly NumberHeard[],
  acts: ReadonlyMap<string, Instant>,
  facts: NumberFacts,
): Map<string, Instant> {
  const last = new Map(acts);
  const prove = (e164: string, at: Instant): void => {
    if (at > (last.get(e164) ?? 0)) last.set(e164, at);
  };
  for (const [e164, { at }] of facts.verified) prove(e164, at);
  for (const { reading, source, provenAt } of heard) {
    if (source === "delivery_contact" || provenAt === 0) continue;
    if (reading.status === "valid") prove(reading.e164, provenAt);
  }
  return last;
}

/** A proved number that the shopper has long since replaced counts as merely typed. */
function yieldToNewer(
  contenders: readonly Contender[],
  proofs: ReadonlyMap<string, Instant>,
  policy: Policy,
): void {
  const grace = policy.settings.superseded_after_days * DAY_MS;
  for (const held of contenders) {
    if (held.group >= TYPED_GROUP) continue;
    const proof = Math.max(proofs.get(held.e164) ?? 0, held.givenAt);
    const newer = contenders.filter(
      (other) =>
        other.e164 !== held.e164 &&
        isTypedByShopper(other.source) &&
        (other.takesTexts || !held.takesTexts) &&
        other.givenAt > proof + grace,
    );
    if (newer.length === 0) continue;
    // Also where the shop has moved what shoppers type to a worse group.
    held.group = Math.max(TYPED_GROUP, ...newer.map(({ group }) => group));
    held.yielded = true;
  }
}

function better(a: Contender, b: Contender): number {
  return (
    Number(a.unconfirmed) - Number(b.unconfirmed) ||
    Number(b.takesTexts) - Number(a.takesTexts) ||
    a.group - b.group ||
    b.givenAt - a.givenAt ||
    b.triggeredAt - a.triggeredAt ||
    compareText(a.e164, b.e164) ||
    compareText(a.document, b.document) ||
    compareText(a.slot, b.slot)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function whyLost(number: Contender, winner: Contender): LosingReason {
  if (number.unconfirmed) return "lower_group";
  if (winner.takesTexts && !number.takesTexts) return "takes_no_texts";
  if (number.yielded) return "superseded";
  return number.group > winner.group ? "lower_group" : "older";
}

/** The newest number the shopper typed after the winner was last proved, that has not won yet. */
function candidateFor(
  winner: Contender | null,
  contenders: readonly Contender[],
  proofs: ReadonlyMap<string, Instant>,
): Contender | null {
  if (!winner) return null;
  const since = Math.max(winner.givenAt, proofs.get(winner.e164) ?? winner.givenAt);
  const newer = contenders.filter(
    (number) =>
      number.e164 !== winner.e164 &&
      number.takesTexts &&
      isCandidateSource(number.source) &&
      number.givenAt > since,
  );
  return newer.sort((a, b) => b.givenAt - a.givenAt || compareText(a.e164, b.e164))[0] ?? null;
}

function isCandidateSource(source: Source): boolean {
  return isTypedByShopper(source) || source === "form";
}
