/** What a fold of one person is told of the numbers involved, because others have said it. */
import type { Instant } from "../heard.ts";
import type { NumbersSaid } from "./said.ts";
import { isAffirmative, isStop } from "./said.ts";

export type NumbersKnown = {
  said: NumbersSaid;
  /** Somebody else of the shop had given the number by then. */
  hadByOthers: (e164: string, at: Instant) => boolean;
};

export const NOTHING_KNOWN: NumbersKnown = {
  said: new Map(),
  hadByOthers: () => false,
};

/** The latest stop said for this number, whoever said it; null when there is none. */
export function lastStopOf(number: string, { said }: NumbersKnown): Instant | null {
  return said.get(number)?.findLast(isStop)?.at ?? null;
}

/** Numbers from whose handset somebody has said yes: whoever else has them matters then. */
export function talkingNumbers(said: NumbersSaid): string[] {
  return [...said].flatMap(([number, all]) => (all.some(isAffirmative) ? [number] : []));
}

/** Who has which number as their own, and since when: by number, then by anchor. */
export type OwnSince = ReadonlyMap<string, ReadonlyMap<string, Instant>>;

/** For one person: had anybody else the number by then? */
export function hadByOthersThan(anchor: string, own: OwnSince): NumbersKnown["hadByOthers"] {
  return (e164, at) =>
    [...(own.get(e164) ?? [])].some(([other, since]) => other !== anchor && since <= at);
}
