// The compiled ranges must answer exactly as the library does.

import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import google from "google-libphonenumber";
import { describe, expect, it } from "vitest";

import { lineTypeOf } from "./line-type.ts";

const util = google.PhoneNumberUtil.getInstance();

function differences(e164s: Iterable<string>): string[] {
  const found: string[] = [];
  for (const e164 of e164s) {
    const number = parsePhoneNumberFromString(e164, { extract: false });
    if (number === undefined) continue;
    const [ours, theirs] = [lineTypeOf(number), number.getType() ?? null];
    if (ours !== theirs) found.push(`${e164}: ${ours}, not ${theirs}`);
  }
  return found;
}

function* exampleNumbers(): Generator<string> {
  for (const region of util.getSupportedRegions()) {
    for (const type of Object.values(google.PhoneNumberType)) {
      const number = util.getExampleNumberForType(region, type);
      if (number !== null) yield util.format(number, google.PhoneNumberFormat.E164);
    }
  }
}

// Every leading pair and triple of digits, at every length, spread over the plans.
function* spreadNumbers(callingCodes: readonly string[]): Generator<string> {
  const tail = "2345678901234";
  for (const [index, callingCode] of callingCodes.entries()) {
    for (let lead = index % 3; lead < 1000; lead += 3) {
      const length = 5 + ((lead + index) % 8);
      yield `+${callingCode}${lead}${tail}`.slice(0, 1 + callingCode.length + length);
    }
  }
}

describe("the type of a line", () => {
  it("is what the library says for every example number", () => {
    expect(differences(exampleNumbers())).toEqual([]);
  });

  it("is what the library says throughout every plan, existing or not", () => {
    const codes = new Set(getCountries().map((country) => String(getCountryCallingCode(country))));
    for (const code of ["800", "808", "870", "878", "881", "882", "883", "888", "979"])
      codes.add(code);
    expect(differences(spreadNumbers([...codes]))).toEqual([]);
  });
});
