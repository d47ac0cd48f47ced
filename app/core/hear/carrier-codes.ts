/**
 * What Twilio's error codes say of a number. Most of them speak of the sender, the message or the
 * day, and so say nothing about the shopper (SEMANTICS §5, §9): 30007, 30032 and 30034 among them.
 */
import type { NumberSaying } from "../numbers/said.ts";

const MEANINGS: ReadonlyMap<string, "carrier_stop" | "landline" | "dead" | "unreached"> = new Map([
  ["21610", "carrier_stop"],
  ["21614", "landline"],
  ["21635", "landline"],
  ["30006", "landline"],
  ["21211", "dead"],
  ["30005", "dead"],
  ["30003", "unreached"],
]);

/** A code within prose: five digits that are no part of a longer number. */
const CODE = /(?<![\d+])[23]\d{4}(?!\d)/g;

/** Of whom and of what a report speaks. */
export type ReportOf = {
  /** Whom the carrier blocks, should it be that; null when nobody says so. */
  sender: string | null;
  /** The sender's name of the text: its failure told again is the same one. */
  text: string | null;
};

const OF_NOTHING: ReportOf = { sender: null, text: null };

/** Null for a code that says nothing of the number. */
export function sayingOfCode(
  code: string,
  { sender, text }: ReportOf = OF_NOTHING,
): NumberSaying | null {
  const meaning = MEANINGS.get(code);
  if (meaning === undefined) return null;
  const named = text === null ? {} : { text };
  return meaning === "carrier_stop"
    ? { kind: meaning, sender, ...named }
    : { kind: meaning, code, ...named };
}

/** The same for the first code with a meaning that a sentence names. */
export function sayingOfFailure(message: string, of: ReportOf = OF_NOTHING): NumberSaying | null {
  for (const [code] of message.matchAll(CODE)) {
    const says = sayingOfCode(code, of);
    if (says) return says;
  }
  return null;
}
