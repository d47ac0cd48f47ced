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
      if (number !== null)
        examples.push({ region, number, e164: util.format(number, PhoneNumberFormat.E164) });
    }
  }
  return examples;
}

function shiftDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/** What people of a region dial to get abroad; null where it depends on their carrier. */
function exitCodeOf(region: string): string | null {
  const probe = util.getExampleNumber(util.getCountryCodeForRegion(region) === 44 ? "FR" : "GB");
  const dialled = util.formatOutOfCountryCallingNumber(probe, region);
  if (dialled.startsWith("+")) return null;
  return dialled.slice(0, dialled.indexOf(` ${probe.getCountryCodeOrDefault()} `));
}

const national: Writing = ({ number }) => util.format(number, PhoneNumberFormat.NATIONAL);
const international: Writing = ({ number }) => util.format(number, PhoneNumberFormat.INTERNATIONAL);

const WRITINGS: Readonly<Record<string, Writing>> = {
  national,
  international,
  "E.164": ({ e164 }) => e164,
  "RFC 3966": ({ number }) => util.format(number, PhoneNumberFormat.RFC3966),
  "exit code 00": ({ e164 }) => `00${e164.slice(1)}`,
  "the region's own exit code": (example) => {
    const exitCode = exitCodeOf(example.region);
    return exitCode === null ? null : `${exitCode} ${international(example)?.slice(1)}`;
  },
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

type Hints = (example: Example) => [addresses: string[], others?: string[]];

function readAll(examples: readonly Example[], write: Writing, hints: Hints) {
  const wrong: string[] = [];
  const missed: string[] = [];
  let asked = 0;
  for (const example of examples) {
    const raw = write(example);
    if (raw === null) continue;
    asked += 1;
    const { status, reason, e164 } = readNumber(raw, ...hints(example));
    const line = `${example.region} ${raw}: ${status} ${reason} ${e164}, not ${example.e164}`;
    if (status !== "valid") missed.push(line);
    else if (e164 !== example.e164) wrong.push(line);
  }
  return { asked, wrong, missed };
}

describe("against google-libphonenumber", () => {
  const examples = listExamples();

  it("has all the example numbers to compare with", () => {
    expect(examples.length).toBeGreaterThan(1300);
  });

  it.each(Object.entries(WRITINGS))(
    "never reads another number and finds 99.5 of 100, written as %s",
    (_, write) => {
      const { asked, wrong, missed } = readAll(examples, write, ({ region }) => [[region]]);
      expect(asked).toBeGreaterThan(600);
      expect(wrong).toEqual([]);
      const tooMany = missed.length > asked * 0.005;
      expect({ tooMany, missed: tooMany ? missed : [] }).toEqual({ tooMany: false, missed: [] });
    },
  );

  it.each(["US", "GB", "DE", "FR", "AU", "JP", "RU", "KE", "FI", "CU"])(
    "never reads another number dialled from %s, and finds 99.5 of 100 where its country is known",
    (home) => {
      const dial: Writing = (example) => `${exitCodeOf(home)} ${international(example)?.slice(1)}`;
      expect(readAll(examples, dial, () => [[home]]).wrong).toEqual([]);
      const known = readAll(examples, dial, ({ region }) => [[home], [region]]);
      expect(known.wrong).toEqual([]);
      expect(known.missed.length).toBeLessThanOrEqual(known.asked * 0.005);
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
