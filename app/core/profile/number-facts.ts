/**
 * The dated facts about a person's numbers (SEMANTICS §4, §5), from what was said of those numbers
 * and what the person did: which takes no texts, which is dead, reassigned, barred or verified.
 */
import type { ConsentAct } from "../consent/act.ts";
import { confirmedAt, mustConfirm } from "../consent/confirmation.ts";
import { firstGiven } from "../consent/texts.ts";
import type { Instant } from "../heard.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import type { NumberSaid, NumberSaying } from "../numbers/said.ts";
import { isAffirmative, isWrongNumber } from "../numbers/said.ts";
import type { Policy } from "../policy.ts";
import type { NumberHeard } from "./numbers-heard.ts";
import type { Note } from "./person-policy.ts";

export type Verification = { at: Instant; by: "confirmation" | "inbound_sms" | "support" };

export type NumberFacts = {
  /** E.164 barred for this person ("wrong number", blocked by support). */
  barred: ReadonlySet<string>;
  /** E.164 known to be fixed lines whatever their range says. */
  landlines: ReadonlySet<string>;
  /** E.164 to which texts do not arrive. */
  dead: ReadonlySet<string>;
  /** E.164 that somebody else got, and when last. */
  reassigned: ReadonlyMap<string, Instant>;
  /** E.164 whose carrier blocks texts until START comes from it. */
  carrierStopped: ReadonlySet<string>;
  /** E.164 whose control this person proved. */
  verified: ReadonlyMap<string, Verification>;
};

export const NO_FACTS: NumberFacts = {
  barred: new Set(),
  landlines: new Set(),
  dead: new Set(),
  reassigned: new Map(),
  carrierStopped: new Set(),
  verified: new Map(),
};

const DAY_MS = 86_400_000;
const UNREACHED_DAYS = 3;
const UNREACHED_WITHIN_MS = 30 * DAY_MS;

export function factsOf(
  heard: readonly NumberHeard[],
  acts: readonly ConsentAct[],
  notes: readonly Note[],
  known: NumbersKnown,
  policy: Policy,
): NumberFacts {
  if (known.said.size === 0 && notes.length === 0) return NO_FACTS;
  const given = firstGiven(heard);
  const lastGiven = lastGivenOf(heard, acts);
  const facts = {
    barred: barredFor(given, notes, known, policy),
    landlines: new Set<string>(),
    dead: new Set<string>(),
    reassigned: new Map<string, Instant>(),
    carrierStopped: new Set<string>(),
    verified: new Map<string, Verification>(),
  };
  for (const [number, since] of given) {
    const said = known.said.get(number) ?? [];
    const usedAt = Math.max(lastGiven.get(number) ?? since, lastTextOf(said));
    if (lastOf(said, "landline") > usedAt) facts.landlines.add(number);
    if (lastDeathOf(said) > usedAt) facts.dead.add(number);
    const reassignedAt = reassignedAtOf(said);
    if (reassignedAt !== null) facts.reassigned.set(number, reassignedAt);
    if (isCarrierStopped(said)) facts.carrierStopped.add(number);
    const verification = verificationOf(number, since, said, acts, known, policy);
    if (verification && verification.at > (reassignedAt ?? 0)) {
      facts.verified.set(number, verification);
    }
  }
  for (const { at, verifies } of notes) {
    const checked = verifies && read(verifies, policy);
    if (!checked || !given.has(checked)) continue;
    if (at > (facts.verified.get(checked)?.at ?? facts.reassigned.get(checked) ?? 0)) {
      facts.verified.set(checked, { at, by: "support" });
    }
  }
  return facts;
}

/** Numbers from which "wrong number" came while the person had them, and those support blocked. */
function barredFor(
  given: ReadonlyMap<string, Instant>,
  notes: readonly Note[],
  { said }: NumbersKnown,
  policy: Policy,
): Set<string> {
  const barred = new Set<string>();
  for (const [number, since] of given) {
    if (said.get(number)?.some((one) => isWrongNumber(one) && one.at >= since)) barred.add(number);
  }
  for (const { bars } of notes) {
    const number = bars && read(bars, policy);
    if (number) barred.add(number);
  }
  return barred;
}

/** The numbers that are this person's own now, each since when. */
export function ownSince(
  heard: readonly NumberHeard[],
  notes: readonly Note[],
  known: NumbersKnown,
  policy: Policy,
): Map<string, Instant> {
  const given = firstGiven(heard.filter(({ stands }) => stands));
  const barred = barredFor(firstGiven(heard), notes, known, policy);
  for (const number of given.keys()) {
    if (barred.has(number) || policy.ownNumbers.has(number)) given.delete(number);
  }
  return given;
}

function read(raw: string, policy: Policy): string | null {
  const reading = policy.read(raw, [], [policy.settings.default_country]);
  return reading.status === "valid" ? reading.e164 : null;
}

/** When each number was last given or used by this person: a fact from before is then outlived. */
function lastGivenOf(
  heard: readonly NumberHeard[],
  acts: readonly ConsentAct[],
): Map<string, Instant> {
  const last = new Map<string, Instant>();
  const note = (number: string, at: Instant): void => {
    if (at > (last.get(number) ?? Number.NEGATIVE_INFINITY)) last.set(number, at);
  };
  for (const { reading, source, givenAt, provenAt } of heard) {
    if (reading.status !== "valid" || source === "delivery_contact") continue;
    note(reading.e164, Math.max(givenAt, provenAt));
  }
  for (const { kind, number, at } of acts) if (kind === "grant" && number) note(number, at);
  return last;
}

function lastOf(said: readonly NumberSaid[], kind: NumberSaying["kind"]): Instant {
  return said.findLast(({ says }) => says.kind === kind)?.at ?? Number.NEGATIVE_INFINITY;
}

function lastTextOf(said: readonly NumberSaid[]): Instant {
  return lastOf(said, "text");
}

/** Out of service, or not reached on three days within thirty. */
function lastDeathOf(said: readonly NumberSaid[]): Instant {
  const days: { day: number; at: Instant }[] = [];
  let last = lastOf(said, "dead");
  for (const { says, at } of said) {
    const day = Math.floor(at / DAY_MS);
    if (says.kind !== "unreached" || days.at(-1)?.day === day) continue;
    days.push({ day, at });
    const first = days.at(-UNREACHED_DAYS);
    if (first && at - first.at <= UNREACHED_WITHIN_MS) last = Math.max(last, at);
  }
  return last;
}

/** Told by the carrier, or by whoever has it now. */
function reassignedAtOf(said: readonly NumberSaid[]): Instant | null {
  return said.findLast((one) => one.says.kind === "reassigned" || isWrongNumber(one))?.at ?? null;
}

/** Carriers heed STOP from the handset themselves, until START comes from it; ties block. */
function isCarrierStopped(said: readonly NumberSaid[]): boolean {
  const last = said.filter(
    ({ says }) =>
      says.kind === "carrier_stop" ||
      (says.kind === "text" && (says.meaning === "stop" || says.meaning === "start")),
  );
  const lastAt = last.at(-1)?.at;
  return last.some(({ at, says }) => at === lastAt && !isStart(says));
}

function isStart(says: NumberSaying): boolean {
  return says.kind === "text" && says.meaning === "start";
}

/** Their own confirmation answered, or an affirmative text while nobody else had the number. */
function verificationOf(
  number: string,
  since: Instant,
  said: readonly NumberSaid[],
  acts: readonly ConsentAct[],
  known: NumbersKnown,
  policy: Policy,
): Verification | null {
  const confirmations = acts.flatMap((act) => {
    if (act.kind !== "grant" && act.kind !== "record") return [];
    if (act.number !== number || !mustConfirm(act, countryOf(number, policy), policy.settings))
      return [];
    return confirmedAt(act, acts) ?? [];
  });
  const texts = said.flatMap((one) =>
    isAffirmative(one) && one.at >= since && !known.hadByOthers(number, one.at) ? [one.at] : [],
  );
  const confirmed = confirmations.length > 0 ? Math.max(...confirmations) : null;
  const texted = texts.length > 0 ? Math.max(...texts) : null;
  if (confirmed !== null && confirmed >= (texted ?? confirmed)) {
    return { at: confirmed, by: "confirmation" };
  }
  return texted === null ? null : { at: texted, by: "inbound_sms" };
}

function countryOf(number: string, policy: Policy): string | null {
  return policy.read(number, []).country;
}
