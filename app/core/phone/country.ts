// Countries as the numbering plans know them: which hints can be used, which numbers count as domestic for a hint.

import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

import type { CountryHint } from "./reading.ts";

const CALLING_CODES: ReadonlyMap<string, string> = new Map(
  getCountries().map((country) => [country, String(getCountryCallingCode(country))]),
);

// Two plans are shared by independent states, so an equal calling code does not make a number domestic: +1 and +7. Everywhere else the
// sharers are one state and its islands (or a city in it), and ranges are told apart too finely to mean anything to a shopper.
const PLANS_OF_SEVERAL_STATES: ReadonlySet<string> = new Set(["1", "7"]);
// Shops, carriers and Shopify's addresses (where these are provinces) treat them as the United States.
const UNITED_STATES: ReadonlySet<string> = new Set(["US", "PR", "GU", "VI", "AS", "MP"]);

/** Whether numbers can be read for this country. */
export function isKnownCountry(country: string): country is CountryCode {
  return CALLING_CODES.has(country);
}

/** The calling code without plus, `'44'`. */
export function callingCodeOf(country: CountryCode): string {
  return CALLING_CODES.get(country) ?? "";
}

/** The usable hints, upper case, each once, in the order given; anything else in the list is dropped. */
export function usableHints(hints: readonly CountryHint[]): readonly CountryCode[] {
  const usable: CountryCode[] = [];
  for (const hint of hints) {
    const country = hint.length === 2 ? hint.toUpperCase() : hint.trim().toUpperCase();
    if (isKnownCountry(country) && !usable.includes(country)) usable.push(country);
  }
  return usable;
}

/** The region of a language tag (`fr-FR` → `FR`, `zh-Hant_TW` → `TW`); null when it names none we know. */
export function countryOfLocale(tag: string): CountryCode | null {
  const [, ...subtags] = tag.slice(0, 64).split(/[-_]/);
  for (const subtag of subtags) {
    const region = subtag.toUpperCase();
    if (subtag.length === 1) return null;
    if (isKnownCountry(region)) return region;
  }
  return null;
}

/**
 * Whether a number is at home in the hinted country: same calling code and, where independent states share one, the same state.
 * A number of a shared range (toll-free …) belongs to all who share the code.
 */
export function isDomestic(
  number: {
    readonly callingCode: string;
    readonly country: string | null;
    readonly shared: boolean;
  },
  hint: CountryCode,
): boolean {
  if (callingCodeOf(hint) !== number.callingCode) return false;
  if (!PLANS_OF_SEVERAL_STATES.has(number.callingCode) || number.shared) return true;
  if (number.country === hint) return true;
  return number.country !== null && UNITED_STATES.has(number.country) && UNITED_STATES.has(hint);
}
