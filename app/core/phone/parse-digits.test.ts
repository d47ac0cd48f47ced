// The parse on compiled plans must come to what the library's own comes to, for any digits in any country, valid or not.

import {
  getCountries,
  getCountryCallingCode,
  Metadata,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import google from "google-libphonenumber";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { lengthProblem, parseDigits } from "./parse-digits.ts";
import { planOf } from "./plans.ts";

const util = google.PhoneNumberUtil.getInstance();
const countries = getCountries();

function theirs(text: string, country: CountryCode | undefined): unknown {
  const home = country === undefined ? {} : { defaultCountry: country };
  const parsed = parsePhoneNumberFromString(text, { extract: false, ...home });
  const problem =
    country === undefined
      ? validatePhoneNumberLength(text)
      : validatePhoneNumberLength(text, country);
  if (parsed === undefined) return problem;
  const { number, countryCallingCode, nationalNumber } = parsed;
  const length = problem ?? null;
  return { number, countryCallingCode, country: parsed.country, nationalNumber, length };
}

function ours(text: string, country: CountryCode | undefined): unknown {
  const parsed = parseDigits(text, country);
  if (typeof parsed === "string") return parsed;
  const plan = planOf(parsed.country ?? parsed.countryCallingCode);
  return { ...parsed, length: lengthProblem(parsed.nationalNumber, plan) };
}

function expectTheSame(text: string, country: CountryCode | undefined): void {
  expect(ours(text, country), `${text} in ${country}`).toEqual(theirs(text, country));
}

/** The national digits of every example number there is. */
function exampleDigits(): [CountryCode, string][] {
  return countries.flatMap((country) =>
    Object.values(google.PhoneNumberType).flatMap((type): [CountryCode, string][] => {
      const number = util.getExampleNumberForType(country, type);
      return number === null ? [] : [[country, util.getNationalSignificantNumber(number)]];
    }),
  );
}

/** Every exit code that can be told from its pattern, and the common one. */
function exitCodesOf(country: CountryCode): string[] {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const pattern = metadata.numberingPlan?.IDDPrefix() ?? "";
  return [...new Set(["00", /^\d*/.exec(pattern)?.[0] ?? "", "810"])];
}

describe("digits are parsed as the library parses them", () => {
  it("for every example number, with every mark that may stand before it", () => {
    for (const [country, national] of exampleDigits()) {
      const code = getCountryCallingCode(country);
      const trunk = util.getNddPrefixForRegion(country, true) ?? "0";
      for (const mark of ["", trunk, "0", "1", code, `+${code}`, `+${code}${trunk}`])
        expectTheSame(mark + national, country);
      for (const exit of exitCodesOf(country)) {
        expectTheSame(`${exit}${code}${national}`, country);
        expectTheSame(`${exit}44${national}`, country);
      }
      expectTheSame(`+${code}${national}`, undefined);
      expectTheSame(national, undefined);
    }
  });

  it("for any digits anywhere", () => {
    const codes = countries.map((country) => String(getCountryCallingCode(country)));
    const mark = fc.oneof(
      fc.constantFrom("", "+", "0", "00", "011", "8", "+800", "+881", "+0", "+999"),
      fc.constantFrom(...codes).map((code) => `+${code}`),
      fc.constantFrom(...codes),
    );
    const country = fc.option(fc.constantFrom(...countries), { nil: undefined });
    const rest = fc.stringMatching(/^\d{0,18}$/);
    fc.assert(
      fc.property(mark, rest, country, (before, digits, home) => {
        expectTheSame(before + digits, home);
      }),
    );
  });

  it("for nearly valid numbers of every country, at home and abroad", () => {
    const example = fc.constantFrom(...exampleDigits());
    const abroad = fc.option(fc.constantFrom(...countries), { nil: undefined });
    const mark = fc.constantFrom("", "", "0", "00", "1", "+", "+", "8", "15", "044");
    fc.assert(
      fc.property(
        example,
        abroad,
        mark,
        fc.boolean(),
        fc.nat(20),
        fc.stringMatching(/^\d{0,3}$/),
        ([country, national], other, before, withCode, at, inserted) => {
          const damaged = national.slice(0, at) + inserted + national.slice(at + 1);
          const code = withCode ? getCountryCallingCode(country) : "";
          expectTheSame(before + code + damaged, other ?? country);
        },
      ),
    );
  });
});
