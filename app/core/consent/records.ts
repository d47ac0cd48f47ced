/**
 * What Shopify records of a customer's consent.
 *
 * The law (SEMANTICS §9): what is recorded within fifteen minutes of a tick is an echo: evidence of
 * the same act, never a later one. A record never lifts a stop.
 */
import type { ConsentSaid, Instant, Observation } from "../heard.ts";
import { customerKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";
import { accountHints, consentNumberOf, readHinted } from "../profile/country-hints.ts";
import type { ConsentAct, ConsentLevel } from "./act.ts";
import { actOf } from "./act.ts";
import type { TickRun } from "./ticks.ts";
import { purposesOf } from "./wording.ts";

/** Shopify's `subscribed` within this long after a tick was last told is the same act. */
const ECHO_MS = 15 * 60_000;

export function actsOfRecords(
  person: PersonHeard,
  runs: readonly TickRun[],
  policy: Policy,
): ConsentAct[] {
  const acts: ConsentAct[] = [];
  for (const tellings of person.documents.values()) {
    for (const telling of tellings) {
      if (telling.says.kind !== "consent") continue;
      acts.push(...actsOfRecord(telling, telling.says, tellings, runs, person, policy));
    }
  }
  return acts;
}

/** The stop that a record of Shopify's tells, if it does: it counts whoever has the number. */
export function stopTold(
  { says, toldAt, document }: Observation,
  policy: Policy,
): ConsentAct | null {
  if (says.kind !== "consent" || says.state !== "unsubscribed") return null;
  const number = consentNumberOf(says, policy);
  return actOf({
    ...{ kind: "stop", number, at: toldAt, source: "shopify", document },
    level: levelOf(says.level),
  });
}

function actsOfRecord(
  telling: Observation,
  says: ConsentSaid,
  records: readonly Observation[],
  runs: readonly TickRun[],
  person: PersonHeard,
  policy: Policy,
): ConsentAct[] {
  const number = consentNumberOf(says, policy);
  const { document, toldAt: at } = telling;
  const act = (kind: ConsentAct["kind"]): ConsentAct =>
    actOf({
      ...{ kind, number, at, source: "shopify", document },
      level: levelOf(says.level),
      purposes: purposesOf(null, policy.settings),
    });
  switch (says.state) {
    case "subscribed":
      if (number === null) return [];
      if (isEcho(number, telling.toldAt, runs)) return [act("echo")];
      if (isForNumberBefore(telling, number, records, policy)) return [];
      return telling.toldAt < firstSight(number, says.customer, person, policy)
        ? []
        : [act("record")];
    case "pending":
      return number === null ? [] : [act("pending")];
    case "unsubscribed":
      return [act("stop")];
    case "not_subscribed":
      return [act("record_ended")];
    case "redacted":
      return [act("forgotten")];
    case null:
      return [];
  }
}

function isEcho(number: string, at: Instant, runs: readonly TickRun[]): boolean {
  return runs.some(
    (run) => run.number === number && at >= run.from && at <= run.lastToldAt + ECHO_MS,
  );
}

/**
 * One act told with two numbers, which is how Shopify tells that the phone of a subscribed customer
 * was edited: it was for the number told first, and where that can't be known for neither.
 */
function isForNumberBefore(
  telling: Observation,
  number: string,
  records: readonly Observation[],
  policy: Policy,
): boolean {
  return records.some(({ says, toldAt, triggeredAt }) => {
    if (says.kind !== "consent" || says.state !== "subscribed") return false;
    if (toldAt !== telling.toldAt || triggeredAt > telling.triggeredAt) return false;
    const other = consentNumberOf(says, policy);
    return other !== null && other !== number;
  });
}

/**
 * When this customer's account first showed the number: a record older than that was made for the
 * number before it (SEMANTICS story 15). While the account has only shown other numbers the record
 * waits; an account that never showed any proves nothing.
 */
function firstSight(
  number: string,
  customer: string,
  person: PersonHeard,
  policy: Policy,
): Instant {
  const tellings = person.documents.get(customerKey(customer)) ?? [];
  let others = false;
  for (const { says, toldAt } of tellings) {
    if (says.kind !== "customer" || says.phone === null) continue;
    if (readHinted(says.phone, accountHints(says), policy).e164 !== number) {
      others = true;
      continue;
    }
    const isFirst = tellings[0]?.says === says;
    return isFirst ? Math.min(says.createdAt ?? toldAt, toldAt) : toldAt;
  }
  return others ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function levelOf(level: string | null): ConsentLevel {
  return level === "single_opt_in" || level === "confirmed_opt_in" ? level : "unknown";
}
