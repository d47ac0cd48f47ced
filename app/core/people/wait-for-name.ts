/**
 * A shopper is told under an email when there is one. The first thing heard of a new customer is often a
 * consent, which names only the id, and the account with the email follows a moment later: telling
 * at once would make a second profile. So whoever is known by nothing else waits a moment.
 */
import type { Instant } from "../heard.ts";
import type { PersonHeard } from "./tell-apart.ts";

const WAIT_MS = 10_000;

/** Until when this person waits for an email, counted from the first receipt; null when no longer. */
export function waitsForNameUntil(person: PersonHeard, asOf: Instant): Instant | null {
  if (person.email !== null || person.customerId === null) return null;
  let firstHeardAt = Number.POSITIVE_INFINITY;
  for (const tellings of person.documents.values()) {
    for (const { says, receivedAt } of tellings) {
      // A document with room for an email has said that there is none.
      if ("email" in says) return null;
      firstHeardAt = Math.min(firstHeardAt, receivedAt);
    }
  }
  const until = firstHeardAt + WAIT_MS;
  return Number.isFinite(until) && asOf < until ? until : null;
}
