// Digits without a marked country code. They are read as the default country dials them, then as the other hinted countries do, then
// as if a plus were missing. The law: a reading that lands in a country nothing else points to is never accepted. One digit typed
// twice turns every fifth US number into a valid number abroad, and a stranger would get the texts.

import type { CountryCode } from "libphonenumber-js/max";

import { callingCodeOf, isDomestic } from "./country.ts";
import {
  findDialled,
  findInternational,
  isAtHome,
  isCustomary,
  withExtension,
} from "./numbering.ts";
import type { FoundNumber } from "./numbering.ts";
import { acceptMarked } from "./read-signed.ts";
import { invalid, review, valid } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { whyInvalid } from "./why-invalid.ts";
import type { WrittenNumber } from "./written-number.ts";

// With fewer digits after a foreign exit code, a national number whose first digit slipped to zero looks the same.
const LEAST_AFTER_EXIT_CODE = 9;

/** Countries in order of trust: the shopper's addresses first, then what merely suggests one (locale, the shop). */
export type Hints = {
  readonly addresses: readonly CountryCode[];
  readonly all: readonly CountryCode[];
};

export function readUnsigned(written: WrittenNumber, hints: Hints): Reading {
  const { digits } = written;
  const [home, ...others] = hints.all;
  if (home === undefined) return readWithoutCountry(written);

  const domestic = findAtHome(digits, home);
  if (domestic !== null && domestic.callingCode === callingCodeOf(home))
    return readDomestic(domestic, written, home, hints);

  const exited = findAfterExitCode(digits, domestic, others);
  if (exited !== null) return readExited(exited, written, home, hints);

  return readForeign(written, home, hints);
}

// "14155552671" with no country at hand may be what it looks like; without a plus that is a guess.
function readWithoutCountry(written: WrittenNumber): Reading {
  const { digits, extension } = written;
  const found = findInternational(digits.startsWith("00") ? digits.slice(2) : digits);
  if (found !== null && digits.startsWith("00")) return acceptMarked(found, extension, []);
  if (found?.placeholder === true) return invalid("placeholder");
  if (found !== null) return review("country_unknown", withExtension(found.facts, extension));
  const reason = whyInvalid(digits, false, null);
  const plausible = reason === "not_in_use" && digits.length <= 15;
  return plausible ? review("country_unknown", null) : invalid(reason);
}

// Digits that already carry the country's code make sense both with and without it in some countries ("4915123456789"); the code wins.
function findAtHome(digits: string, home: CountryCode): FoundNumber | null {
  if (digits.startsWith(callingCodeOf(home))) {
    const complete = findInternational(digits);
    if (complete !== null) return complete;
  }
  return findDialled(digits, home);
}

// 416 555 2671 at a shop in the US is either a Canadian or a slip for 415: Canada is another country with other rules, so it takes a
// Canadian hint (any address, the locale) or a written +1, which is how shops' own forms hand numbers over.
function readDomestic(
  found: FoundNumber,
  written: WrittenNumber,
  home: CountryCode,
  hints: Hints,
): Reading {
  if (found.placeholder) return invalid("placeholder");
  const facts = withExtension(found.facts, written.extension);
  if (!isAtHome(found, hints.all)) return review("foreign_unconfirmed", facts);
  if (hasRival(found, written.digits, home, hints)) return review("ambiguous_country", facts);
  return valid(facts);
}

// Another address that reads the digits as another number, or a country code that fits better than a fixed line without its zero.
function hasRival(found: FoundNumber, digits: string, home: CountryCode, hints: Hints): boolean {
  for (const address of hints.addresses) {
    if (callingCodeOf(address) === found.callingCode) continue;
    const other = findDialled(digits, address);
    if (other !== null && isDomestic(other, address) && isCustomary(digits, other)) return true;
  }
  const oddFixedLine =
    found.facts.type === "fixed_line" && !digits.startsWith("0") && !isCustomary(digits, found);
  if (!oddFixedLine && hints.addresses.length < 2) return false;
  if (digits.startsWith("0") || digits.startsWith(callingCodeOf(home))) return false;
  const complete = findInternational(digits);
  return complete !== null && (oddFixedLine || isAtHome(complete, hints.addresses));
}

// The exit code of the default country (which the library knows: 011, 0011, 010, 8~10 …), of another hint, or the common 00.
function findAfterExitCode(
  digits: string,
  dialledAtHome: FoundNumber | null,
  others: readonly CountryCode[],
): FoundNumber | null {
  if (dialledAtHome !== null) return dialledAtHome;
  if (digits.startsWith("00")) {
    const found = findInternational(digits.slice(2));
    if (found !== null) return found;
  }
  for (const other of others) {
    const found = findDialled(digits, other);
    if (found !== null && found.callingCode !== callingCodeOf(other)) return found;
  }
  return null;
}

// An exit code marks the country as a plus does, but zeros are typed by accident: 0015… is a Texan, or a German 015… with its zero doubled.
// Where carriers have exit codes of their own (Hong Kong's 009), the same digits may read as another number after the common 00.
function readExited(
  found: FoundNumber,
  written: WrittenNumber,
  home: CountryCode,
  hints: Hints,
): Reading {
  const { digits, extension } = written;
  if (found.placeholder || isAtHome(found, hints.all))
    return acceptMarked(found, extension, hints.all);
  const plain = digits.startsWith("00") ? findInternational(digits.slice(2)) : null;
  if (plain !== null && plain.facts.e164 !== found.facts.e164) {
    if (isAtHome(plain, hints.all)) return acceptMarked(plain, extension, hints.all);
    return review("ambiguous_country", withExtension(plain.facts, extension));
  }
  const tooFew = found.facts.e164.length - 1 < LEAST_AFTER_EXIT_CODE;
  const doubledZero = digits.startsWith("00") ? findDialled(digits.slice(1), home) : null;
  if (tooFew || doubledZero?.callingCode === callingCodeOf(home))
    return review("foreign_unconfirmed", withExtension(found.facts, extension));
  return acceptMarked(found, extension, hints.all);
}

// Nothing at home: the other countries, each with its own customary way of writing, and the missing plus where a hint agrees.
function readForeign(written: WrittenNumber, home: CountryCode, hints: Hints): Reading {
  const { digits, extension } = written;
  const complete = digits.startsWith("0") ? null : findInternational(digits);
  const confirmed = new Map<string, FoundNumber>();
  const guesses: FoundNumber[] = [];
  for (const hint of hints.all) {
    if (hint === home) continue;
    const found = findDialled(digits, hint);
    if (found === null) continue;
    const sure = isDomestic(found, hint) && isCustomary(digits, found);
    if (!sure) guesses.push(found);
    else if (hints.addresses.includes(hint) || confirmed.size === 0)
      confirmed.set(found.facts.e164, found);
  }
  if (complete !== null && isAtHome(complete, hints.all))
    confirmed.set(complete.facts.e164, complete);

  const [best] = confirmed.values();
  const suggestion = best ?? complete ?? guesses[0];
  if (suggestion === undefined) return invalid(whyInvalid(digits, false, home));
  if (suggestion.placeholder) return invalid("placeholder");
  const facts = withExtension(suggestion.facts, extension);
  if (confirmed.size === 1) return valid(facts);
  return review(confirmed.size > 1 ? "ambiguous_country" : "foreign_unconfirmed", facts);
}
