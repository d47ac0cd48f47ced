// The numbering plans of libphonenumber-js: a row of digits goes in, a number that exists in its plan or null comes out.
// What the library no longer knows (Mexico's old mobile prefixes) or leaves out (a bound on length) is made good here.

import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";

import { isDomestic } from "./country.ts";
import { lineTypeOf } from "./line-type.ts";
import { factsOf } from "./number-facts.ts";
import { parseDigits } from "./parse-digits.ts";
import type { ParsedNumber } from "./parse-digits.ts";
import { isPlaceholder } from "./placeholders.ts";
import { planOf } from "./plans.ts";
import type { NumberFacts } from "./reading.ts";

const E164 = /^\+[1-9]\d{1,14}$/;
const TRUNK_OLD_MEXICO = /^(?:01|044|045)(\d{10})$/;
const MOBILE_OLD_MEXICO = /^521(\d{10})$/;
// Google's plan has these, the library's tables lack them. Fixed lines, so being generous texts nobody.
const FIXED_LINES_LACKING = /^\+26313\d{5}$/;
// Service ranges that all countries of a plan share are filed under the plan's main country.
const MAIN_COUNTRIES: ReadonlySet<string> = new Set(["US", "RU"]);
const SHARED_TYPES: ReadonlySet<string> = new Set([
  "TOLL_FREE",
  "PREMIUM_RATE",
  "SHARED_COST",
  "PERSONAL_NUMBER",
]);

/** A number that exists in its numbering plan. */
export type FoundNumber = {
  readonly facts: NumberFacts;
  readonly callingCode: string;
  readonly country: string | null;
  /** From a range that all countries of the plan share, such as +1 800. */
  readonly shared: boolean;
  readonly placeholder: boolean;
  /** Without calling code. */
  readonly national: string;
  /** The national number as the country writes it, without its trunk prefix where that may be left out: the digits alone. */
  shortWriting(): string;
};

/** Reads digits that start with a country code. */
export function findInternational(digits: string): FoundNumber | null {
  const oldMobile = digits.length === 13 ? MOBILE_OLD_MEXICO.exec(digits)?.[1] : undefined;
  return oldMobile === undefined ? find(`+${digits}`) : find(`+52${oldMobile}`);
}

/** Reads digits as they are dialled within a country; with its exit code in front the result may be of another. */
export function findDialled(digits: string, country: CountryCode): FoundNumber | null {
  const oldTrunk = country === "MX" ? TRUNK_OLD_MEXICO.exec(digits)?.[1] : undefined;
  return find(oldTrunk ?? digits, country);
}

/**
 * Whether people of the country write the number like this: with its trunk prefix where one is customary. `1712345678` is dialled
 * nowhere in Germany although it can be completed to a German number; `9812345678` is how an Indian writes a mobile.
 */
export function isCustomary(digits: string, number: FoundNumber): boolean {
  return digits.length > number.national.length || digits === number.shortWriting();
}

/** Whether any of the countries is at home with the number. */
export function isAtHome(number: FoundNumber, countries: readonly CountryCode[]): boolean {
  for (const country of countries) if (isDomestic(number, country)) return true;
  return false;
}

/** The same number with the extension that was written after it. */
export function withExtension(facts: NumberFacts, extension: string | null): NumberFacts {
  return extension === null ? facts : { ...facts, extension, takesTexts: false, mms: false };
}

function find(text: string, country?: CountryCode): FoundNumber | null {
  const parsed = parseDigits(text, country);
  if (typeof parsed === "string" || !E164.test(parsed.number)) return null;
  const type =
    lineTypeOf(parsed) ?? (FIXED_LINES_LACKING.test(parsed.number) ? "FIXED_LINE" : null);
  if (type === null || !isStable(text, parsed)) return null;
  const { countryCallingCode: callingCode, nationalNumber: national } = parsed;
  return {
    facts: factsOf(parsed, type),
    callingCode,
    country: parsed.country ?? null,
    shared: SHARED_TYPES.has(type) && MAIN_COUNTRIES.has(parsed.country ?? ""),
    placeholder: isPlaceholder(callingCode, national),
    national,
    shortWriting: () => writeShort(text, country),
  };
}

// In a plan with numbers of many lengths the library may take a second prefix off its own result; such a result is no number.
function isStable(text: string, { number, ...parsed }: ParsedNumber): boolean {
  const { trunk } = planOf(parsed.countryCallingCode);
  if (text === number || !trunk?.test(parsed.nationalNumber)) return true;
  const again = parseDigits(number);
  return typeof again !== "string" && again.number === number;
}

function writeShort(text: string, country: CountryCode | undefined): string {
  const options = country === undefined ? {} : { defaultCountry: country };
  const number = parsePhoneNumberFromString(text, { extract: false, ...options });
  const written = number?.format("NATIONAL", { nationalPrefix: false }) ?? "";
  return written.replace(/\D+/g, "");
}
