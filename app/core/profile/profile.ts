/**
 * A person's profile: what Ringtrue believes of one shopper, as a pure function of what was heard,
 * the stops and facts of the numbers involved, the shop's policy and a moment.
 *
 * What depends on *other* persons (who else has the number) is not in here: see eligibility.
 */
import type { ConsentAct } from "../consent/act.ts";
import { actsOf } from "../consent/acts.ts";
import type { Consent } from "../consent/standing.ts";
import { firstGiven } from "../consent/texts.ts";
import { consentFor } from "../consent/standing.ts";
import { consentWithoutNumber } from "../consent/without-number.ts";
import type { Instant } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import { waitsForNameUntil } from "../people/wait-for-name.ts";
import { nextWindowChange } from "../places/texting-window.ts";
import type { Policy } from "../policy.ts";
import type { Commerce, Purchases } from "../tell/commerce.ts";
import { commerceOf, purchasesOf, testsOf } from "../tell/commerce.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import { lastStopOf } from "../numbers/known.ts";
import type { Choice } from "./choose-number.ts";
import { chooseNumber } from "./choose-number.ts";
import type { NumberFacts, Verification } from "./number-facts.ts";
import { factsOf } from "./number-facts.ts";
import type { NumberHeard } from "./numbers-heard.ts";
import { numbersHeard } from "./numbers-heard.ts";
import type { Phone } from "./phone.ts";
import { phoneOf, placesOfPhone } from "./phone.ts";
import { notesOf, policyFor } from "./person-policy.ts";
import type { Shopper } from "./shopper.ts";
import { isUnsubscribedEverywhere, shopperOf } from "./shopper.ts";

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
  verified: Verification | null;
  /** The workspace says that the shopper wants nothing at all. */
  unsubscribedEverywhere: boolean;
  shopper: Shopper;
  /** Known from test orders alone: told to nobody but the test list. */
  onlyTests: boolean;
  /** Known by a bare customer id so far: an email may follow in a moment. */
  waitsForName: boolean;
  nextChangeAt: Instant | null;
};

export type NumberHad = {
  e164: string;
  since: Instant;
  /** Still theirs: neither replaced since, nor barred, nor the shop's. */
  isOwn: boolean;
  /** Since when consent for it stands; null when it doesn't. */
  consentAt: Instant | null;
};

/** Everything a profile was decided from, for explaining it. */
export type Decision = {
  profile: Profile;
  heard: NumberHeard[];
  choice: Choice;
  facts: NumberFacts;
  acts: ConsentAct[];
  purchases: Purchases;
  /** Every number the shopper ever gave as their own. */
  numbersHad: NumberHad[];
};

/** `heard` are the numbers this person's documents show (`numbersOf`). */
export function decide(
  person: PersonHeard,
  heard: NumberHeard[],
  known: NumbersKnown,
  shopPolicy: Policy,
  asOf: Instant,
): Decision {
  const notes = notesOf(person);
  const policy = policyFor(notes, shopPolicy);
  const purchases = purchasesOf(person);
  const real = withoutTests(person);
  const acts = actsOf(real, heard, known, policy);
  const facts = factsOf(heard, acts, notes, known, policy);
  const choice = chooseNumber(heard, proofsOf(acts), facts, policy);
  const consentOf = (e164: string, country: string | null): Consent => {
    const stoppedAt = lastStopOf(e164, known);
    const reassignedAt = facts.reassigned.get(e164) ?? null;
    const standing = { number: e164, country, stoppedAt, reassignedAt };
    return consentFor(standing, acts, policy.settings, asOf);
  };
  const phone = phoneOf(choice, facts, (e164) => isGranted(consentOf(e164, null)));
  const consent = phone ? consentOf(phone.e164, phone.country) : consentWithoutNumber(acts, asOf);
  const shopper = shopperOf(real);
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
    verified: (phone && facts.verified.get(phone.e164)) ?? null,
    unsubscribedEverywhere: isUnsubscribedEverywhere(real),
    shopper,
    onlyTests: purchases.onlyTests,
    waitsForName: waitsUntil !== null,
    nextChangeAt: earliest(
      earliest(consent.nextChangeAt, waitsUntil),
      phone && nextWindowChange(placesOfPhone(phone, shopper), asOf),
    ),
  };
  const numbersHad = [...firstGiven(heard)].map(([e164, since]): NumberHad => {
    const country = choice.own.get(e164);
    if (country === undefined) return { e164, since, isOwn: false, consentAt: null };
    const { status, givenAt } = consentOf(e164, country);
    return { e164, since, isOwn: true, consentAt: status === "subscribed" ? givenAt : null };
  });
  numbersHad.sort((a, b) => (a.e164 < b.e164 ? -1 : 1));
  return { profile, heard, choice, facts, acts, purchases, numbersHad };
}

/** The numbers to decide between. A test order's are nobody's, and so are those of its checkout. */
export function numbersOf(person: PersonHeard, policy: Policy): NumberHeard[] {
  return numbersHeard(withoutTests(person), policyFor(notesOf(person), policy));
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
    if (act.kind !== "grant" || act.number === null || act.doubt) continue;
    proofs.set(act.number, Math.max(act.at, proofs.get(act.number) ?? act.at));
  }
  return proofs;
}

function candidateOf({ candidate, losers }: Choice): Profile["candidate"] {
  if (!candidate || candidate.reading.status !== "valid") return null;
  const loss = losers.find(({ number }) => number === candidate);
  return {
    e164: candidate.e164,
    country: candidate.reading.country,
    givenAt: candidate.givenAt,
    why: loss?.reason ?? "lower_group",
  };
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
