/**
 * Says a decision in sentences: why this number, why not the others, why this consent, why texts may
 * or may not be sent. Pure: the same decision reads the same wherever it is shown.
 */
import type { ConsentSource } from "../consent/act.ts";
import type { Instant } from "../heard.ts";
import type { ReadingReason } from "../phone/reasons.ts";
import type { Choice, LosingReason } from "../profile/choose-number.ts";
import type { Eligibility } from "../profile/eligibility.ts";
import type { NumberHeard } from "../profile/numbers-heard.ts";
import type { Decision } from "../profile/profile.ts";
import type { PlainLosingReason, Purpose, Texts } from "./texts.ts";
import { ENGLISH } from "./texts.ts";

export type Explanation = {
  number: string;
  /** One sentence for every number that did not win, without repetition. */
  others: string[];
  consent: string[];
  /** One sentence for every reason; a single one when texts may be sent. */
  eligibility: Record<Purpose, string[]>;
};

export type ExplainOptions = {
  /** How a number is shown; without it, in full. */
  mask?: (number: string) => string;
  texts?: Texts;
};

export function explain(
  decision: Decision,
  eligibility: Eligibility,
  { mask = inFull, texts = ENGLISH }: ExplainOptions = {},
): Explanation {
  return {
    number: sayNumber(decision, mask, texts),
    others: sayOthers(decision.choice, mask, texts),
    consent: sayConsent(decision, texts),
    eligibility: {
      marketing: sayEligibility("marketing", eligibility, texts),
      cart: sayEligibility("cart", eligibility, texts),
      transactional: sayEligibility("transactional", eligibility, texts),
    },
  };
}

/** All sentences in reading order. */
export function sentencesOf({ number, others, consent, eligibility }: Explanation): string[] {
  const { marketing, cart, transactional } = eligibility;
  return [number, ...others, ...consent, ...marketing, ...cart, ...transactional];
}

function sayNumber(
  { choice, heard, profile: { verified } }: Decision,
  mask: (number: string) => string,
  texts: Texts,
): string {
  const { winner } = choice;
  if (!winner) return heard.length === 0 ? texts.noneHeard : texts.noneChosen;
  const day = dayOf(winner.givenAt);
  const chosen = texts.chosen(mask(winner.e164), texts.source[winner.source], day);
  return verified ? `${chosen} ${texts.verified[verified.by](dayOf(verified.at))}` : chosen;
}

function sayOthers(
  { winner, losers, candidate }: Choice,
  mask: (number: string) => string,
  texts: Texts,
): string[] {
  const shownWinner = winner && mask(winner.e164);
  const sentences = losers
    .filter(({ number }) => winner === null || number.reading.e164 !== winner.e164)
    .map(({ number, reason }) => sayLoser(number, reason, shownWinner, mask, texts));
  if (candidate) sentences.push(texts.candidate(mask(candidate.e164)));
  return [...new Set(sentences)];
}

function sayLoser(
  number: NumberHeard,
  reason: LosingReason,
  winner: string | null,
  mask: (number: string) => string,
  texts: Texts,
): string {
  const { reading, raw } = number;
  const source = texts.source[number.source];
  const day = dayOf(number.givenAt);
  const unread: ReadingReason | null = reading.status === "valid" ? null : reading.reason;
  if (unread !== null && reason !== "not_own") {
    return texts.unreadable(mask(raw), source, day, texts.reading[unread]);
  }
  const why = isPlain(reason) ? texts.lost[reason](winner) : "";
  return texts.loser(mask(reading.e164 ?? raw), source, day, why);
}

function isPlain(reason: LosingReason): reason is PlainLosingReason {
  return !reason.startsWith("invalid_");
}

function sayConsent({ profile: { consent } }: Decision, texts: Texts): string[] {
  const day = consent.at === null ? null : dayOf(consent.at);
  const sentences = [texts.consent[consent.status](day, sourceOfConsent(consent.source, texts))];
  if (consent.contradicted) sentences.push(texts.contradicted);
  if (consent.reassigned) sentences.push(texts.reassignedConsent);
  return sentences;
}

/** `form:popup` is said as a form. */
function sourceOfConsent(source: string | null, texts: Texts): string | null {
  const kind = source?.split(":")[0] ?? "";
  return isConsentSource(kind, texts) ? texts.consentBy[kind] : null;
}

function isConsentSource(kind: string, { consentBy }: Texts): kind is ConsentSource {
  return Object.hasOwn(consentBy, kind);
}

function sayEligibility(purpose: Purpose, eligibility: Eligibility, texts: Texts): string[] {
  const reasons = eligibility[purpose];
  if (reasons.length === 0) return [texts.eligible[purpose]];
  return reasons.map((reason) => texts.ineligible[purpose](texts.reason[reason]));
}

function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

function inFull(number: string): string {
  return number;
}
