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
import { isSmsNumberSomebodyElses } from "../profile/whose-number.ts";

export type ConsentAct = {
  kind: "grant" | "record" | "echo" | "taken_back" | "stop" | "pending" | "record_ended" | "forgotten";
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
        acts.push(...actsOfRecord(telling, telling.says, runs, person, policy));
      }
    }
  }
  return acts.sort((a, b) => a.at - b.at || (a.document < b.document ? -1 : 1));
}

type TickRun = {
  document: string;
  number: string | null;
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
    const number = says.ticked ? numberTicked(says.smsPhone, policy) : null;
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

/** A ticked number that nobody could read with certainty grants nothing yet. */
function numberTicked(raw: string | null, policy: Policy): string | null {
  if (!raw) return null;
  const reading = policy.read(raw, [policy.settings.default_country]);
  return reading.status === "valid" ? reading.e164 : null;
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

function actsOfRecord(
  telling: Observation,
  says: ConsentSaid,
  runs: readonly TickRun[],
  person: PersonHeard,
  policy: Policy,
): ConsentAct[] {
  const number = numberTicked(says.phone, policy);
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
    case "subscribed": {
      if (number === null) return [];
      if (isEcho(number, telling.toldAt, runs)) return [act("echo")];
      const sight = firstSight(number, says.customer, person, policy);
      return telling.toldAt < sight ? [] : [act("record")];
    }
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
    (run) => run.number === number && at >= run.from && at <= (run.endedAt ?? run.lastToldAt) + ECHO_MS,
  );
}

/**
 * When this customer's account first showed the number. A record older than that was made for the
 * number before it (SEMANTICS story 15). An account that never showed another number proves nothing.
 */
function firstSight(
  number: string,
  customer: string,
  person: PersonHeard,
  policy: Policy,
): Instant {
  let others = false;
  for (const { says, toldAt } of person.documents.get(customerKey(customer)) ?? []) {
    if (says.kind !== "customer" || !says.phone) continue;
    const hints = [says.address?.country ?? "", policy.settings.default_country];
    const reading = policy.read(says.phone, hints);
    const isIt = reading.status === "valid" && reading.e164 === number;
    if (isIt) return others ? toldAt : 0;
    others = true;
  }
  return 0;
}

function levelOf(level: string | null): ConsentAct["level"] {
  return level === "single_opt_in" || level === "confirmed_opt_in" ? level : "unknown";
}
