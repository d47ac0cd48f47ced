/**
 * A person's profile: what Ringtrue believes of one shopper, as a pure function of what was heard,
 * the stops and facts of the numbers involved, the shop's policy and a moment.
 *
 * What depends on *other* persons (who else has the number) is not in here: see eligibility.
 */
import type { ConsentAct } from "../consent/acts.ts";
import { actsOf } from "../consent/acts.ts";
import type { Consent, NumberStops } from "../consent/standing.ts";
import { consentFor, lapsing, NO_CONSENT } from "../consent/standing.ts";
import type { Instant } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import { waitsForNameUntil } from "../people/wait-for-name.ts";
import type { Policy } from "../policy.ts";
import type { Commerce, Purchases } from "../tell/commerce.ts";
import { commerceOf, purchasesOf, testsOf } from "../tell/commerce.ts";
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
  /** Known by a bare customer id so far: an email may follow in a moment. */
  waitsForName: boolean;
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
  const acts = actsOf(withoutTests(person), policy);
  const choice = chooseNumber(heard, proofsOf(acts), facts, policy);
  const consentOf = (e164: string, country: string | null): Consent =>
    consentFor(e164, country, acts, stops, policy.settings, asOf);
  const phone = phoneOf(choice, (e164) => isGranted(consentOf(e164, null)));
  const consent = phone ? consentOf(phone.e164, phone.country) : consentWithoutPhone(acts, asOf);
  const verifiedAt = phone && facts.verified.get(phone.e164);
  const waitsUntil = waitsForNameUntil(person, asOf);
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
    waitsForName: waitsUntil !== null,
    nextChangeAt: earliest(consent.nextChangeAt, waitsUntil),
  };
  const ownNumbers = [...choice.own].map(([e164, country]) => {
    const held = consentOf(e164, country);
    return { e164, consentAt: held.status === "subscribed" ? held.at : null };
  });
  ownNumbers.sort((a, b) => (a.e164 < b.e164 ? -1 : 1));
  return { profile, heard, choice, acts, purchases, ownNumbers };
}

/** The numbers to decide between. A test order's are nobody's, and so are those of its checkout. */
export function numbersOf(person: PersonHeard, policy: Policy): NumberHeard[] {
  return numbersHeard(withoutTests(person), policy);
}

function withoutTests(person: PersonHeard): PersonHeard {
  const tests = testsOf(person);
  if (tests.size === 0) return person;
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

/**
 * A stop ends the permission, not the number's place: it stays the phone, but is told by where else
 * it was heard, because `checkout_consent` says that a grant stands.
 */
function phoneOf(
  { winner, contenders }: Choice,
  isGranted: (e164: string) => boolean,
): Phone | null {
  if (!winner || winner.reading.status !== "valid") return null;
  const { reading, e164, takesTexts } = winner;
  const { country, type, mms } = reading;
  const common = { e164, country, type, takesTexts, mms };
  if (winner.source !== "checkout_consent" || isGranted(e164)) {
    return { ...common, source: winner.source, givenAt: winner.givenAt };
  }
  const elsewhere = contenders.find(
    (other) => other.e164 === e164 && other.source !== "checkout_consent",
  );
  return {
    ...common,
    source: elsewhere?.source ?? "checkout",
    givenAt: (elsewhere ?? winner).givenAt,
  };
}

function candidateOf({ candidate, losers }: Choice): Profile["candidate"] {
  if (!candidate || candidate.reading.status !== "valid") return null;
  const loss = losers.find(
    ({ number }) => number.document === candidate.document && number.slot === candidate.slot,
  );
  return {
    e164: candidate.e164,
    country: candidate.reading.country,
    givenAt: candidate.givenAt,
    why: loss?.reason ?? "lower_group",
  };
}

/** Without a number of their own a person may still have said no, or be asked about another's. */
function consentWithoutPhone(acts: readonly ConsentAct[], asOf: Instant): Consent {
  const last = (kind: ConsentAct["kind"]): ConsentAct | undefined =>
    acts.findLast((act) => act.kind === kind && act.stands);
  const stop = last("stop");
  const forgotten = last("forgotten");
  const source = "shopify";
  if (stop && stop.at >= (forgotten?.at ?? stop.at)) {
    return { ...NO_CONSENT, status: "unsubscribed", at: stop.at, source, stopped: true };
  }
  const unsure = acts.findLast((act) => act.kind === "grant" && act.unsure && act.stands);
  if (unsure && unsure.at > (forgotten?.at ?? 0)) {
    const { at, level } = unsure;
    const asked = { ...NO_CONSENT, at, source: unsure.source, level, purposes: ["marketing"] };
    return lapsing({ ...asked, stopped: stop !== undefined }, at, asOf);
  }
  return forgotten ? { ...NO_CONSENT, status: "redacted", source } : NO_CONSENT;
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function isGranted({ status }: Consent): boolean {
  return status === "subscribed" || status === "pending" || status === "expired";
}

function isUnreadable({ reading, source, stands }: NumberHeard): boolean {
  return stands && reading.status !== "valid" && source !== "delivery_contact";
}
