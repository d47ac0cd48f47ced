/**
 * The number told as a person's phone, with the facts that stand of it, and where it may be.
 */
import type { Instant } from "../heard.ts";
import { PHONE_LIBRARY } from "../phone/read-number.ts";
import type { Place } from "../places/place.ts";
import { placesOf } from "../places/place.ts";
import type { Choice } from "./choose-number.ts";
import type { NumberFacts } from "./number-facts.ts";
import type { Shopper } from "./shopper.ts";
import type { Source } from "./source.ts";

export type Phone = {
  e164: string;
  /** Which numbering plans read it. */
  readBy: string;
  country: string | null;
  type: string | null;
  takesTexts: boolean;
  /** Texts to it do not arrive. */
  dead: boolean;
  /** Somebody else got it since the shopper last gave it. */
  reassigned: boolean;
  /** The carrier blocks texts until START comes from it. */
  carrierStopped: boolean;
  mms: boolean;
  source: Source;
  /** The source as it is told: of a form with its name. */
  sourceName: string;
  givenAt: Instant;
};

/**
 * A stop ends the permission, not the number's place: it stays the phone, but is told by where else
 * it was heard, because `checkout_consent` says that a grant stands.
 */
export function phoneOf(
  { winner, contenders }: Choice,
  facts: NumberFacts,
  isGranted: (e164: string) => boolean,
): Phone | null {
  if (!winner || winner.reading.status !== "valid") return null;
  const { reading, e164, source, sourceName, givenAt } = winner;
  const { country, type, mms } = reading;
  const lastGivenAt = Math.max(
    ...contenders.filter((one) => one.e164 === e164).map((one) => one.givenAt),
  );
  const common = {
    e164,
    readBy: PHONE_LIBRARY,
    country,
    type: facts.landlines.has(e164) ? "fixed_line" : type,
    takesTexts: reading.takesTexts && !facts.landlines.has(e164),
    dead: facts.dead.has(e164),
    reassigned: (facts.reassigned.get(e164) ?? 0) >= lastGivenAt,
    carrierStopped: facts.carrierStopped.has(e164),
    mms,
  };
  if (source !== "checkout_consent" || isGranted(e164)) {
    return { ...common, source, sourceName, givenAt };
  }
  const elsewhere = contenders.find(
    (other) => other.e164 === e164 && other.source !== "checkout_consent",
  );
  return {
    ...common,
    source: elsewhere?.source ?? "checkout",
    sourceName: elsewhere?.sourceName ?? "checkout",
    givenAt: (elsewhere ?? winner).givenAt,
  };
}

/** Where the phone may be: at home, and where its number says. */
export function placesOfPhone({ e164, country }: Phone, { homes }: Shopper): Place[] {
  return placesOf(e164, country, homes);
}
