/**
 * `ringtrue person`: everything Ringtrue knows and decided of one shopper, decided anew from what was
 * heard by the very functions that decide for Customer.io. Numbers are shown in full: the operator
 * asked for this shopper.
 */
import { readEmail } from "#app/core/identity.ts";
import { explain, sentencesOf } from "#app/core/explain/explain.ts";
import type { PersonFound } from "#app/db/person-file.ts";
import { loadDeliveries, loadEvents, loadTellingState } from "#app/db/person-file.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { forShop } from "./operator.ts";
import type { Operator } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done, refused } from "./outcome.ts";
import { decideAnew } from "./person/decide-anew.ts";
import { findPerson } from "./person/find-person.ts";
import { sayPerson } from "./person/say-person.ts";
import { showDecision, showLedger, showObservations } from "./person/show-decision.ts";

const SHOWN_MAX = 200;

export function person(domain: string, who: string): Promise<Outcome> {
  return forShop(domain, async (operator, shop) => {
    const [found, ...others] = await findPerson(operator.pool, shop, who);
    if (found) return show(operator, shop, found, others);
    const kind = readEmail(who) === null ? "number or Shopify customer id" : "email";
    return refused(`nobody of ${shop.domain} matches this ${kind}`);
  });
}

async function show(
  { pool }: Operator,
  shop: WorkingShop,
  found: PersonFound,
  others: readonly PersonFound[],
): Promise<Outcome> {
  const anew = await decideAnew(pool, shop, found, Date.now());
  if (!anew) return refused("this person is being merged just now: try again");
  const telling = await loadTellingState(pool, shop.id, found.id);
  const explanation = explain(anew.folded.decision, anew.eligibility);
  const data = {
    identities: [...anew.folded.person.identities].sort(),
    observations: showObservations(anew.folded),
    decision: {
      ...showDecision(anew, telling),
      explanation,
      sentences: sentencesOf(explanation),
    },
    ledger: showLedger(anew.folded),
    deliveries: await loadDeliveries(pool, shop.id, found.id, SHOWN_MAX),
    events: await loadEvents(pool, shop.id, found.id, SHOWN_MAX),
    alsoMatches: others.map(({ anchor }) => anchor),
  };
  const notes =
    others.length === 0
      ? []
      : [`${others.length} more have this number: ${data.alsoMatches.join(", ")}`];
  return done(data, sayPerson(data), notes);
}
