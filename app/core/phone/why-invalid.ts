// Digits that no plan knows: the most telling reason, for the shopper's form and for support.

import type { CountryCode } from "libphonenumber-js/max";

import { lengthProblem, parseDigits } from "./parse-digits.ts";
import type { ParseProblem } from "./parse-digits.ts";
import { looksMadeUp } from "./placeholders.ts";
import { planOf } from "./plans.ts";
import type { InvalidReason } from "./reasons.ts";

// A trunk or exit code may come before the fifteen digits of E.164.
const MOST_DIGITS = 20;
const SHORT_CODE = { least: 3, most: 6 };

/**
 * @param digits as written
 * @param plus whether they start with a country code
 * @param country the expected country, if any
 */
export function whyInvalid(
  digits: string,
  plus: boolean,
  country: CountryCode | null,
): InvalidReason {
  if (looksMadeUp(digits)) return "placeholder";
  if (digits.length > MOST_DIGITS) return "too_long";
  if (digits.length < SHORT_CODE.least) return "too_short";
  if (digits.length <= SHORT_CODE.most) return plus ? "too_short" : "short_code";
  const problem =
    plus || country === null ? findProblem(`+${digits}`) : findProblem(digits, country);
  switch (problem) {
    case "INVALID_COUNTRY":
    case "NOT_A_NUMBER":
      return plus ? "unknown_country_code" : "not_in_use";
    case "TOO_SHORT":
      return "too_short";
    case "TOO_LONG":
      return "too_long";
    default:
      return "not_in_use";
  }
}

function findProblem(
  text: string,
  country?: CountryCode,
): ParseProblem | ReturnType<typeof lengthProblem> {
  const parsed = parseDigits(text, country);
  if (typeof parsed === "string") return parsed;
  return lengthProblem(parsed.nationalNumber, planOf(parsed.country ?? parsed.countryCallingCode));
}
