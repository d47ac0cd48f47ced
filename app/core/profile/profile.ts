/**
 * A person's profile: what Ringtrue believes of one shopper, as a pure function of what was heard,
 * the stops and facts of the numbers involved, the shop's policy and a moment.
 *
 * What depends on *other* persons (who else has the number) is not in here: see eligibility.
 */
import type { ConsentAct } from "../consent/acts.ts";
import { actsOf } from "../consent/acts.ts";
import type { Consent, NumberStops } from "../consent/standing.ts";
import { consentFor, NO_CONSENT } from "../consent/standing.ts";
import type { Instant } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";
import type { Commerce, Purchases } from "../tell/commerce.ts";
import { commerceOf, purchasesOf } from "../tell/commerce.ts";
import type { Choice, NumberFacts } from "./choose-number.ts";
import { chooseNumber } from "./choose-number.ts";
import type { NumberHeard } from "./numbers-heard.ts";
import { numbersHeard } from "./numbers-heard.ts";
import type { Source } from "./source.ts";

export type Phone = {
  e164: string;
  country: string | null;
  type: string | null;
  takesTexts: boolean;
  mms: boolean;
  source: Source;
  givenAt: Instant;
};

/** Small, and all that eligibility and attributes need: it is stored with the person. */
export type Profile = {
  anchor: string;
  customerId: string | null;
  email: string | null;
  phone: Phone | null;
  candidate: { e164: string; country: string | null; givenAt: Instant; why: string } | null;
  /** A number was heard, but none could be read with certainty. */
  unreadable: boolean;
  consent: Consent;
  commerce: Commerce;
  verified: { at: Instant; by: string } | null;
  /** Known from test orders alone: told to nobody but the test list. */
  onlyTests: boolean;
  nextChangeAt: Instant | null;
};

/** Everything a profile was decided from, for explaining it. */
export type Decision = {
  profile: Profile;
  heard: NumberHeard[];
  choice: Choice;
  acts: ConsentAct[];
  purchases: Purchases;
  /** Each own number with the instant since when consent for it stands, or null. */
  ownNumbers: { e164: string; consentAt: Instant | null }[];
};

export function decide(
  person: PersonHeard,
  heard: NumberHeard[],
  stops: NumberStops,
  facts: NumberFacts,
  policy: Policy,
  asOf: Instant,
): Decision {
  const purchases = purchasesOf(person);
  const acts = actsOf(person, policy);
  const choice = chooseNumber(heard, proofsOf(acts), facts, policy);
  const phone = phoneOf(choice);
  const consentOf = (e164: string, country: string | null): Consent =>
    consentFor(e164, country, acts, stops, policy.settings, asOf);
  const consent = phone ? consentOf(phone.e164, phone.country) : consentWithoutPhone(acts);
  const verifiedAt = phone && facts.verified.get(phone.e164);
  const profile: Profile = {
    anchor: person.anchor,
    customerId: person.customerId,
    email: person.email,
    phone,
    candidate: candidateOf(choice),
    unreadable: phone === null && heard.some(isUnreadable),
    consent,
    commerce: commerceOf(purchases),
    verified: verifiedAt ? { at: verifiedAt, by: "confirmation" } : null,
    onlyTests: purchases.onlyTests,
    nextChangeAt: consent.nextChangeAt,
  };
  const ownNumbers = [...choice.own].sort().map((e164) => {
    const held = e164 === phone?.e164 ? consent : consentOf(e164, null);
    return { e164, consentAt: held.status === "subscribed" ? held.at : null };
  });
  return { profile, heard, choice, acts, purchases, ownNumbers };
}

/** The numbers to decide between. A test order's are nobody's. */
export function numbersOf(person: PersonHeard, policy: Policy): NumberHeard[] {
  return numbersHeard(withoutTests(person), policy);
}

function withoutTests(person: PersonHeard): PersonHeard {
  const isTest = (document: string): boolean => {
    const says = person.documents.get(document)?.at(-1)?.says;
    return says?.kind === "order" && says.test;
  };
  const tests = [...person.documents.keys()].filter(isTest);
  if (tests.length === 0) return person;
  const documents = new Map(person.documents);
  for (const document of tests) documents.delete(document);
  return { ...person, documents };
}

/** A tick proves its number each time the shopper makes it. */
function proofsOf(acts: readonly ConsentAct[]): Map<string, Instant> {
  const proofs = new Map<string, Instant>();
  for (const act of acts) {
    if (act.kind !== "grant" || act.number === null || act.unsure) continue;
    proofs.set(act.number, Math.max(act.at, proofs.get(act.number) ?? act.at));
  }
  return proofs;
}

function phoneOf({ winner }: Choice): Phone | null {
  if (!winner || winner.reading.status !== "valid") return null;
  const { reading, e164, takesTexts, source, givenAt } = winner;
  const { country, type, mms } = reading;
  return { e164, country, type, takesTexts, mms, source, givenAt };
}

function candidateOf({ candidate, losers }: Choice): Profile["candidate"] {
  if (!candidate || candidate.reading.status !== "valid") return null;
  const loss = losers.find(({ number }) => number.document === candidate.document && number.slot === candidate.slot);
  return {
    e164: candidate.e164,
    country: candidate.reading.country,
    givenAt: candidate.givenAt,
    why: loss?.reason ?? "lower_group",
  };
}

/** Without a number of their own a person may still have said no, or be asked about another's. */
function consentWithoutPhone(acts: readonly ConsentAct[]): Consent {
  const last = acts.findLast((act) => act.kind === "stop" || act.kind === "forgotten");
  if (last?.kind === "stop") return { ...NO_CONSENT, status: "unsubscribed", at: last.at, source: last.source };
  if (last) return { ...NO_CONSENT, status: "redacted", at: last.at, source: last.source };
  const unsure = acts.findLast((act) => act.kind === "grant" && act.unsure && act.stands);
  if (!unsure) return NO_CONSENT;
  return { ...NO_CONSENT, status: "pending", at: unsure.at, source: unsure.source, level: unsure.level };
}

function isUnreadable({ reading, source }: NumberHeard): boolean {
  return reading.status !== "valid" && source !== "delivery_contact";
}
