// Reads a phone field: one text and the countries the shopper is connected with go in, one of three answers comes out. Total over any
// string, deterministic, and stable: an e164 it called valid is valid again with the same hints and with none.

import { usableHints } from "./country.ts";
import { cleanText } from "./clean-text.ts";
import { readSigned } from "./read-signed.ts";
import { readUnsigned } from "./read-unsigned.ts";
import { invalid } from "./reading.ts";
import type { CountryHint, Reading } from "./reading.ts";
import { takeApart } from "./written-number.ts";
import type { WrittenNumber } from "./written-number.ts";

export type { CountryHint, Reading } from "./reading.ts";

/** Which numbering plans answered: kept as evidence with every number. */
export const PHONE_LIBRARY = "libphonenumber-js/max 1.13.16";

const ALREADY_E164 = /^\+[1-9]\d{6,14}$/;

/**
 * @param raw what was typed, as it was received
 * @param hints ISO alpha-2 countries of the shopper's addresses in order of trust (billing, default address, shipping); the first is
 *   the default country. Two of them that read the digits as two numbers make it a review.
 * @param weakHints countries that are no address (locale, the shop's default), in order of trust. They serve as default when there is
 *   no address and can confirm a reading, but never cast doubt on one.
 */
export function readNumber(
  raw: string,
  hints: readonly CountryHint[],
  weakHints: readonly CountryHint[] = [],
): Reading {
  if (ALREADY_E164.test(raw)) return readSigned(e164AsWritten(raw), joinHints(hints, weakHints));
  const text = cleanText(raw);
  if (text === null) return invalid("too_long");
  const written = takeApart(text);
  if (written.kind === "none") return invalid(written.reason);
  const all = joinHints(hints, weakHints);
  if (written.plus && !written.digits.startsWith("00")) return readSigned(written, all);
  return readUnsigned(written, { addresses: usableHints(hints), all });
}

function joinHints(hints: readonly CountryHint[], weakHints: readonly CountryHint[]) {
  return usableHints(weakHints.length === 0 ? hints : [...hints, ...weakHints]);
}

function e164AsWritten(raw: string): WrittenNumber {
  return {
    kind: "number",
    plus: true,
    digits: raw.slice(1),
    digitsWithoutZero: null,
    extension: null,
  };
}
