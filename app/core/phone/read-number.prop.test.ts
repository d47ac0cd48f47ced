// Laws of reading a number, over any text and any hints.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { READING_REASONS } from "./reasons.ts";
import { readNumber } from "./read-number.ts";

const HINTS =
  "US CA GB DE FR IT MX AR BR IN AU RU KZ JP SG NO SM VA PR JM KR FI CI AQ xx gb U 1 __proto__".split(
    " ",
  );
const hints = fc.array(fc.constantFrom(...HINTS), { maxLength: 4 });
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
);
const phoneSign = fc.oneof(
  fc.constantFrom(..."0123456789+()-/ .,;x#~"),
  fc.constantFrom("ext", "tel:", "(0)", "00", "011", "+1", "+44", "+49", "+52"),
  fc.constantFrom("٣", "७", "５", "\u202a", "\u200f"),
);
const nearlyNumber = fc.array(phoneSign, { maxLength: 24 }).map((signs) => signs.join(""));
const digits = fc
  .tuple(fc.constantFrom("", "+", "00", "0", "1", "011"), fc.stringMatching(/^[0-9]{4,15}$/))
  .map(([mark, rest]) => mark + rest);
const text = fc.oneof(anyText, nearlyNumber, digits);

const FIELDS = ["country", "e164", "extension", "mms", "reason", "status", "takesTexts", "type"];

describe("reading a number", () => {
  it("answers any text with one of three answers of one shape", () => {
    fc.assert(
      fc.property(text, hints, hints, (raw, addresses, others) => {
        const reading = readNumber(raw, addresses, others);
        expect(Object.keys(reading).toSorted()).toEqual(FIELDS);
        if (reading.status === "valid") expect(reading.e164).toMatch(/^\+[1-9]\d{1,14}$/);
        else expect(Object.keys(READING_REASONS)).toContain(reading.reason);
        if (reading.status === "invalid") expect(reading.e164).toBeNull();
        if (reading.extension !== null) expect(reading.takesTexts).toBe(false);
      }),
    );
  });

  it("reads its own valid result as the same number, with the same hints and with none", () => {
    fc.assert(
      fc.property(fc.oneof(nearlyNumber, digits), hints, hints, (raw, addresses, others) => {
        const reading = readNumber(raw, addresses, others);
        if (reading.status !== "valid") return;
        const again = {
          ...reading,
          extension: null,
          takesTexts: expect.any(Boolean),
          mms: expect.any(Boolean),
        };
        expect(readNumber(reading.e164, addresses, others)).toEqual(again);
        expect(readNumber(reading.e164, [])).toEqual(again);
      }),
    );
  });

  it("does not care for unusable hints or the case of usable ones", () => {
    fc.assert(
      fc.property(digits, hints, (raw, addresses) => {
        const noisy = addresses.flatMap((hint) => ["??", hint.toLowerCase(), "ZZ", hint]);
        expect(readNumber(raw, noisy)).toEqual(readNumber(raw, addresses));
      }),
    );
  });

  it("accepts no country that was neither written nor hinted", () => {
    const bare = fc.stringMatching(/^[1-9][0-9]{5,14}$/);
    fc.assert(
      fc.property(bare, fc.constantFrom("US", "CA", "GB", "DE", "FR", "AU", "IN"), (raw, home) => {
        const reading = readNumber(raw, [home]);
        if (reading.status !== "valid") return;
        const codes = { US: "+1", CA: "+1", GB: "+44", DE: "+49", FR: "+33", AU: "+61", IN: "+91" };
        expect(reading.e164.startsWith(codes[home])).toBe(true);
      }),
    );
  });
});
