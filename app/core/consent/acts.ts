/**
 * The acts of consent that one person's documents tell of.
 *
 * The law (SEMANTICS §2, §9): a checkout has one consent, dated from the first message of its last
 * unbroken run of "ticked"; changing its number or un-ticking takes it back. What Shopify records
 * within fifteen minutes of a tick is an echo: evidence of the same act, never a later one.
 */
import type { ConsentSaid, Instant, Observation } from "../heard.ts";
import { customerKey } from "../identity.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";
import {
  accountHints,
  consentNumberOf,
  readHinted,
  smsNumberOf,
} from "../profile/country-hints.ts";
import { isSmsNumberSomebodyElses } from "../profile/whose-number.ts";

export type ConsentAct = {
  kind:
    | "grant"
    | "record"
    | "echo"
    | "taken_back"
    | "stop"
    | "pending"
    | "record_ended"
    | "forgotten";
  /** E.164, or null for an act that names no number. */
  number: string | null;
  at: Instant;
  /** A tick that stands until now; always true for what is not a tick. */
  stands: boolean;
  /** A tick for a number that is somebody else's in the same checkout: it must be confirmed. */
  unsure: boolean;
  level: "single_opt_in" | "confirmed_opt_in" | "unknown";
  source: "checkout" | "shopify";
  document: string;
};

/** Shopify's `subscribed` within this long after a tick was last told is the same act. */
const ECHO_MS = 15 * 60_000;

export function actsOf(person: PersonHeard, policy: Policy): ConsentAct[] {
  const acts: ConsentAct[] = [];
  const runs: TickRun[] = [];
  for (const [document, tellings] of person.documents) {
    if (document.startsWith("checkout:")) runs.push(...tickRuns(document, tellings, policy));
  }
  for (const run of runs) acts.push(...actsOfRun(run));
  for (const tellings of person.documents.values()) {
    for (const telling of tellings) {
      if (telling.says.kind === "consent") {
        acts.push(...actsOfRecord(telling, telling.says, tellings, runs, person, policy));
      }
    }
  }
  return acts.sort(inOrder);
}

function inOrder(a: ConsentAct, b: ConsentAct): number {
  const left = [a.document, a.kind, a.number].join();
  return a.at - b.at || (left < [b.document, b.kind, b.number].join() ? -1 : 1);
}

type TickRun = {
  document: string;
  number: string;
  from: Instant;
  lastToldAt: Instant;
  endedAt: Instant | null;
  unsure: boolean;
};

/** Unbroken runs of "ticked, for this number", in the order told. */
function tickRuns(document: string, tellings: readonly Observation[], policy: Policy): TickRun[] {
  const runs: TickRun[] = [];
  let open: TickRun | null = null;
  for (const { says, toldAt } of tellings) {
    if (says.kind !== "checkout") continue;
    // What staff click in a draft or at a till is no act of the shopper.
    const number = says.ticked && says.channel === "online" ? smsNumberOf(says, policy) : null;
    if (open && open.number !== number) {
      open.endedAt = toldAt;
      open = null;
    }
    if (number === null) continue;
    const unsure = isSmsNumberSomebodyElses(says, policy);
    if (open) {
      open.lastToldAt = toldAt;
      open.unsure = unsure;
    } else {
      open = { document, number, from: toldAt, lastToldAt: toldAt, endedAt: null, unsure };
      runs.push(open);
    }
  }
  return runs;
}

function actsOfRun(run: TickRun): ConsentAct[] {
  const common = { number: run.number, source: "checkout", document: run.document } as const;
  const level = "single_opt_in" as const;
  const { unsure } = run;
  const stands = run.endedAt === null;
  const grant: ConsentAct = { ...common, kind: "grant", at: run.from, stands, unsure, level };
  if (run.endedAt === null) return [grant];
  return [grant, { ...common, kind: "taken_back", at: run.endedAt, stands: true, unsure, level }];
}

/** The stop that a record of Shopify's tells, if it does: it counts whoever has the number. */
export function stopTold(
  { says, toldAt, document }: Observation,
  policy: Policy,
): ConsentAct | null {
  if (says.kind !== "consent" || says.state !== "unsubscribed") return null;
  return {
    kind: "stop",
    number: consentNumberOf(says, policy),
    at: toldAt,
    stands: true,
    unsure: false,
    level: levelOf(says.level),
    source: "shopify",
    document,
  };
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
  const act = (kind: ConsentAct["kind"]): ConsentAct => ({
    kind,
    number,
    at: telling.toldAt,
    stands: true,
    unsure: false,
    level: levelOf(says.level),
    source: "shopify",
    document: telling.document,
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

function levelOf(level: string | null): ConsentAct["level"] {
  return level === "single_opt_in" || level === "confirmed_opt_in" ? level : "unknown";
}
