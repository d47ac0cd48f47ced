/**
 * Which stops others have to be told of.
 *
 * The law (SEMANTICS §9, feedback out): a stop that no keyword told stands in no sender's own list,
 * so it is written there; a stop for the number Shopify has is told to Shopify, unless Shopify told
 * it. What a carrier or a sender heard by keyword they block themselves. A record of Shopify's at
 * the very second of a stop heard elsewhere is our own writing coming back, and no stop of its own.
 */
import type { Instant } from "../heard.ts";
import { consentKey } from "../identity.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import { lastStopOf } from "../numbers/known.ts";
import type { NumberSaid } from "../numbers/said.ts";
import { isStop, isWrongNumber } from "../numbers/said.ts";
import type { Decision, Profile } from "../profile/profile.ts";
import type { Settings } from "../settings/schema.ts";
import { consentFor } from "./standing.ts";

export type Revocations = {
  /** Numbers of this person for which a stop is in force that Shopify did not tell of them itself. */
  numbers: { number: string; at: Instant }[];
  /** The senders' lists have to agree with this person as they are now; null when nothing was ever said. */
  optOuts: OptOutsDue | null;
};

export type OptOutsDue = {
  /** The latest stop that no keyword told. */
  stoppedAt: Instant;
  /** The latest act by which a stop may be lifted, while it is; null while the stop stands. */
  liftedAt: Instant | null;
  /** The number whose holder said that it isn't this person's; null for every other stop. */
  wrongNumber: string | null;
};

type Heard = {
  at: Instant;
  how: "keyword" | "record" | "otherwise";
  document: string;
  wrongNumber: string | null;
};

const NOTHING: Revocations = { numbers: [], optOuts: null };

export function revocationsOf(
  decision: Decision,
  known: NumbersKnown,
  settings: Settings,
  asOf: Instant,
): Revocations {
  const { acts, numbersHad, profile } = decision;
  const isAnything =
    acts.some(({ kind }) => kind === "stop") ||
    numbersHad.some(({ e164 }) => lastStopOf(e164, known) !== null);
  if (!isAnything) return NOTHING;
  const own = stopsOfActs(decision, known);
  const numbers =
    profile.customerId === null ? [] : numbersRevoked(decision, own, known, settings, asOf);
  return { numbers, optOuts: optOutsDue(decision, own, known, settings) };
}

/**
 * Must no sender text this person? Asked again at the moment of writing, because what was said since
 * counts. A number that isn't theirs stops them only while nothing else lets them be texted.
 */
export function isToBeOptedOut(
  { phone, consent }: Profile,
  wrongNumber: string | null,
  settings: Settings,
): boolean {
  if (consent.stopped || consent.status === "unsubscribed") return true;
  if (wrongNumber === null || phone?.e164 === wrongNumber) return false;
  const isTextable =
    consent.status === "subscribed" || (phone !== null && settings.transactional_sms);
  return !isTextable;
}

function stopsOfActs({ acts }: Decision, known: NumbersKnown): Heard[] {
  return acts.flatMap(({ kind, source, at, document, number }) => {
    if (kind !== "stop") return [];
    if (source === "shopify") return [{ at, how: "record", document, wrongNumber: null }];
    const text = number === null ? undefined : known.said.get(number)?.find(isNamed(document));
    return [{ at, how: text ? howSaid(text) : "otherwise", document, wrongNumber: null }];
  });
}

function isNamed(document: string): (said: NumberSaid) => boolean {
  return ({ id }) => document === `text:${id}`;
}

function stopsSaidOf(number: string, { said }: NumbersKnown): Heard[] {
  return (said.get(number) ?? []).filter(isStop).map((one) => {
    const wrongNumber = isWrongNumber(one) ? number : null;
    return { at: one.at, how: howSaid(one), document: `text:${one.id}`, wrongNumber };
  });
}

function howSaid({ says }: NumberSaid): Heard["how"] {
  if (says.kind === "carrier_stop") return "keyword";
  if (says.kind === "stop") return "record";
  const isKeyword = says.kind === "text" && says.meaning === "stop" && says.inOtherWords !== true;
  return isKeyword ? "keyword" : "otherwise";
}

function numbersRevoked(
  { acts, choice, facts, numbersHad, profile }: Decision,
  own: readonly Heard[],
  known: NumbersKnown,
  settings: Settings,
  asOf: Instant,
): Revocations["numbers"] {
  const record = profile.customerId === null ? null : consentKey(profile.customerId);
  return numbersHad.flatMap(({ e164: number }) => {
    const standing = {
      number,
      country: choice.own.get(number) ?? null,
      stoppedAt: lastStopOf(number, known),
      reassignedAt: facts.reassigned.get(number) ?? null,
    };
    if (!consentFor(standing, acts, settings, asOf).stopped) return [];
    const stops = [...own, ...stopsSaidOf(number, known)];
    const at = Math.max(...stops.map((stop) => stop.at));
    const isTheirs = own.some(
      (stop) => stop.document === record && secondOf(stop) >= secondOf({ at }),
    );
    return isTheirs ? [] : [{ number, at }];
  });
}

function optOutsDue(
  { acts, numbersHad, profile }: Decision,
  own: readonly Heard[],
  known: NumbersKnown,
  settings: Settings,
): OptOutsDue | null {
  const { phone } = profile;
  const ofNumbers = numbersHad.flatMap(({ e164 }) => {
    const said = stopsSaidOf(e164, known);
    // A stop for a number that isn't told there can be in no text to it.
    return e164 === phone?.e164 ? said : said.filter(({ wrongNumber }) => wrongNumber !== null);
  });
  const all = [...own, ...ofNumbers];
  const elsewhere = new Set(all.filter(({ how }) => how !== "record").map(secondOf));
  const toldByNobody = all.filter(
    (stop) => stop.how === "otherwise" || (stop.how === "record" && !elsewhere.has(secondOf(stop))),
  );
  const [last] = toldByNobody.toSorted((a, b) => b.at - a.at);
  if (!last) return null;
  const { at: stoppedAt, wrongNumber } = last;
  if (isToBeOptedOut(profile, wrongNumber, settings))
    return { stoppedAt, liftedAt: null, wrongNumber };
  const lifting = acts.filter(
    ({ kind }) => kind === "restored" || kind === "grant" || kind === "yes",
  );
  // What the carrier still blocks is not ours to open, whatever was agreed to since.
  if (phone?.carrierStopped) return null;
  return { stoppedAt, liftedAt: Math.max(stoppedAt, ...lifting.map(({ at }) => at)), wrongNumber };
}

/** Shopify tells the times of its records in whole seconds. */
function secondOf({ at }: { at: Instant }): number {
  return Math.floor(at / 1_000);
}
