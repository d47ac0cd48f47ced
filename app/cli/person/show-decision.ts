/** A decision as a document: times in ISO 8601, every number with its fate, every reason that applies. */
import type { Instant } from "#app/core/heard.ts";
import type { LosingReason } from "#app/core/profile/choose-number.ts";
import type { IneligibleReason } from "#app/core/profile/eligibility.ts";
import type { NumberHeard } from "#app/core/profile/numbers-heard.ts";
import type { TellingState } from "#app/db/person-file.ts";
import type { Folded } from "#app/pipeline/merge/fold-clusters.ts";
import type { DecidedAnew } from "./decide-anew.ts";

export type NumberShown = {
  number: string | null;
  raw: string;
  source: string;
  document: string;
  slot: string;
  givenAt: string | null;
  /** The document's last telling still shows it. */
  stands: boolean;
  status: string;
  country: string | null;
  type: string | null;
  fate: "won" | "candidate" | "lost";
  reason: LosingReason | null;
};

export function showDecision(anew: DecidedAnew, telling: TellingState) {
  const { folded, eligibility, attributes, address } = anew;
  const { profile } = folded.decision;
  const { phone, candidate, consent } = profile;
  return {
    anchor: profile.anchor,
    email: profile.email,
    customerId: profile.customerId,
    address,
    phone: phone && { ...phone, givenAt: iso(phone.givenAt) },
    candidate: candidate && { ...candidate, givenAt: iso(candidate.givenAt) },
    numbers: showNumbers(folded),
    consent: { ...consent, at: iso(consent.at), nextChangeAt: iso(consent.nextChangeAt) },
    eligibility: {
      marketing: showReasons(eligibility.marketing),
      cart: showReasons(eligibility.cart),
      transactional: showReasons(eligibility.transactional),
    },
    attributes,
    nextChangeAt: iso(folded.nextChangeAt),
    version: telling.version,
    toldVersion: telling.toldVersion,
    toldAt: telling.toldAt,
    heldSince: telling.heldSince,
  };
}

function showReasons(reasons: readonly IneligibleReason[]) {
  return { eligible: reasons.length === 0, reasons };
}

function showNumbers({ decision: { heard, choice } }: Folded): NumberShown[] {
  const reasonOf = new Map(choice.losers.map(({ number, reason }) => [keyOf(number), reason]));
  return heard.map((number) => {
    const { raw, reading, source, document, slot, givenAt, stands } = number;
    const reason = reasonOf.get(keyOf(number)) ?? null;
    const isCandidate = reading.e164 !== null && reading.e164 === choice.candidate?.e164;
    const fate = reason === null ? "won" : isCandidate ? "candidate" : "lost";
    const { e164, status, country, type } = reading;
    return {
      number: e164,
      raw,
      source,
      document,
      slot,
      givenAt: iso(givenAt),
      stands,
      status,
      country,
      type,
      fate,
      reason,
    };
  });
}

function keyOf({ document, slot, raw, reading }: NumberHeard): string {
  return [document, slot, raw, reading.e164].join("\n");
}

/** The acts of consent the documents tell of, in an order that owes nothing to their arrival. */
export function showLedger({ decision }: Folded) {
  return decision.acts
    .map((act) => ({ ...act, at: iso(act.at), askedFrom: iso(act.askedFrom) }))
    .map((act) => ({ act, key: JSON.stringify([act.at, act]) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ act }) => act);
}

export function showObservations({ person }: Folded) {
  return [...person.documents.values()]
    .flat()
    .map(({ document, id, toldAt, triggeredAt, receivedAt, says }) => ({
      document,
      id,
      toldAt: iso(toldAt),
      triggeredAt: iso(triggeredAt),
      receivedAt: iso(receivedAt),
      says,
    }));
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
