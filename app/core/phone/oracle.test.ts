// An independent engine as judge: Google's own port writes each of its example numbers in many ways, and every writing must lead back
// to that number. A miss is a nuisance, another number is a text to a stranger.

import google from "google-libphonenumber";
import type { PhoneNumber } from "google-libphonenumber";
import { describe, expect, it } from "vitest";

import { readNumber } from "./read-number.ts";

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = google;
const util = PhoneNumberUtil.getInstance();

type Example = { region: string; number: PhoneNumber; e164: string };
type Writing = (example: Example) => string | null;

function listExamples(): Example[] {
  const examples: Example[] = [];
  const types = Object.values(PhoneNumberType);
  for (const region of util.getSupportedRegions()) {
    for (const type of types) {
      const number = util.getExampleNumberForType(region, type);
      if (number !== null && util.isValidNumber(number))
        examples.push({ region, number, e164: util.format(number, PhoneNumberFormat.E164) });
    }
  }
  return examples;
}

function shiftDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

const national: Writing = ({ number }) => util.format(number, PhoneNumberFormat.NATIONAL);
const international: Writing = ({ number }) => util.format(number, PhoneNumberFormat.INTERNATIONAL);

const WRITINGS: Readonly<Record<string, Writing>> = {
  national,
  international,
  "E.164": ({ e164 }) => e164,
  "RFC 3966": ({ number }) => util.format(number, PhoneNumberFormat.RFC3966),
  "exit code 00": ({ e164 }) => `00${e164.slice(1)}`,
  "trunk (0)": ({ region, number }) =>
    util.getNddPrefixForRegion(region, true) === "0"
      ? `+${number.getCountryCodeOrDefault()} (0)${util.getNationalSignificantNumber(number)}`
      : null,
  "full-width": (example) => shiftDigits(national(example) ?? "", 0xff10),
  "Arabic-Indic": (example) => shiftDigits(national(example) ?? "", 0x660),
  Devanagari: (example) => shiftDigits(international(example) ?? "", 0x966),
  "bidi-wrapped": (example) => `\u202a${international(example)}\u202c`,
  "no-break spaces": (example) => (international(example) ?? "").replaceAll(" ", "\u00a0"),
  "bare with country code": ({ e164 }) => e164.slice(1),
};

describe("against google-libphonenumber", () => {
  const examples = listExamples();

  it("has all the example numbers to compare with", () => {
    expect(examples.length).toBeGreaterThan(1300);
  });

  it.each(Object.keys(WRITINGS))(
    "never reads another number and finds 99.5 of 100, written as %s",
    (name) => {
      const write = WRITINGS[name] ?? (() => null);
      const wrong: string[] = [];
      const missed: string[] = [];
      let asked = 0;
      for (const example of examples) {
        const raw = write(example);
        if (raw === null) continue;
        asked += 1;
        const reading = readNumber(raw, [example.region]);
        const line = `${example.region} ${raw}: ${reading.status} ${reading.reason} ${reading.e164}, not ${example.e164}`;
        if (reading.status !== "valid") missed.push(line);
        else if (reading.e164 !== example.e164) wrong.push(line);
      }
      expect(wrong).toEqual([]);
      const tooMany = missed.length > asked * 0.005;
      expect({ tooMany, missed: tooMany ? missed : [] }).toEqual({ tooMany: false, missed: [] });
    },
  );

  it("reads the numbers of no country", () => {
    for (const callingCode of util.getSupportedGlobalNetworkCallingCodes()) {
      const number = util.getExampleNumberForNonGeoEntity(callingCode);
      if (number === null) continue;
      const e164 = util.format(number, PhoneNumberFormat.E164);
      expect(readNumber(e164, ["US"])).toMatchObject({ status: "valid", e164, country: null });
    }
  });
});
