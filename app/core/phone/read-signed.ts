// Digits whose country code is marked: by a plus sign, or by the exit code people dial before it. The mark is the shopper's own word
// for the country and stands without a second signal, except where it is a known slip of the pen.

import type { CountryCode } from "libphonenumber-js/max";

import {
  findDialled,
  findInternational,
  isAtHome,
  isCustomary,
  withExtension,
} from "./numbering.ts";
import type { FoundNumber } from "./numbering.ts";
import { callingCodeOf } from "./country.ts";
import { invalid, review, valid } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { whyInvalid } from "./why-invalid.ts";
import type { WrittenNumber } from "./written-number.ts";

const NORTH_AMERICAN_NATIONAL = /^[2-9]\d\d[2-9]\d{6}$/;

/** @param hints every usable hint, the default country first. */
export function readSigned(written: WrittenNumber, hints: readonly CountryCode[]): Reading {
  const { digits, digitsWithoutZero, extension } = written;
  const asWritten = findInternational(digits);
  const withoutZero = digitsWithoutZero === null ? null : findInternational(digitsWithoutZero);
  // Italy's zero is part of the number, elsewhere the one in brackets is not; where both exist only the shopper knows.
  if (asWritten && withoutZero && asWritten.facts.e164 !== withoutZero.facts.e164)
    return review("ambiguous_zero", withExtension(withoutZero.facts, extension));
  const found = withoutZero ?? asWritten;
  if (found === null) return explainUnknown(written, hints);
  return acceptMarked(found, extension, hints);
}

/** A number with a marked country code, unless it is made up or rather a number of the hinted plan that merely got a mark. */
export function acceptMarked(
  found: FoundNumber,
  extension: string | null,
  hints: readonly CountryCode[],
): Reading {
  if (found.placeholder) return invalid("placeholder");
  const facts = withExtension(found.facts, extension);
  return isSlip(found, hints) ? review("ambiguous_country", facts) : valid(facts);
}

// Lists of North American numbers get a plus put before ten national digits, and one in eleven of the results is valid abroad
// ("+6591234567": Singapore, or 659-123-4567). It is settled by a hint that knows the calling code. The rule looks at the E.164 form
// alone, so that reading a result again gives the same result.
function isSlip(found: FoundNumber, hints: readonly CountryCode[]): boolean {
  const [home] = hints;
  if (home === undefined || callingCodeOf(home) !== "1") return false;
  const digits = found.facts.e164.slice(1);
  if (!NORTH_AMERICAN_NATIONAL.test(digits)) return false;
  if (hints.some((hint) => callingCodeOf(hint) === found.callingCode)) return false;
  const national = findDialled(digits, home);
  return national !== null && isAtHome(national, [home]);
}

// "+5108675432" and "+0171 2345678" are national numbers with a plus; never corrected silently, a person may.
function explainUnknown(written: WrittenNumber, hints: readonly CountryCode[]): Reading {
  const { digits, extension } = written;
  for (const hint of hints) {
    const national = findDialled(digits, hint);
    if (national === null || national.placeholder || !isCustomary(digits, national)) continue;
    return review("plus_before_national", withExtension(national.facts, extension));
  }
  return invalid(whyInvalid(digits, true, null));
}
