// The traps of phone fields, each by its name.

import { createRequire } from "node:module";

import { describe, expect, it } from "vitest";

import { READING_REASONS } from "./reasons.ts";
import { PHONE_LIBRARY, readNumber } from "./read-number.ts";

type Case = readonly [raw: string, hints: readonly string[], e164: string];
type Refusal = readonly [raw: string, hints: readonly string[], reason: string];

function expectValid(cases: readonly Case[]): void {
  for (const [raw, hints, e164] of cases)
    expect({ raw, ...readNumber(raw, hints) }).toMatchObject({
      raw,
      status: "valid",
      reason: null,
      e164,
    });
}

function expectReview(cases: readonly (readonly [...Refusal, string | null])[]): void {
  for (const [raw, hints, reason, e164] of cases)
    expect({ raw, ...readNumber(raw, hints) }).toMatchObject({
      raw,
      status: "review",
      reason,
      e164,
    });
}

function expectInvalid(cases: readonly Refusal[]): void {
  for (const [raw, hints, reason] of cases)
    expect({ raw, ...readNumber(raw, hints) }).toEqual({
      raw,
      status: "invalid",
      reason,
      e164: null,
      country: null,
      type: null,
      extension: null,
      takesTexts: false,
      mms: false,
    });
}

describe("how a number may be written", () => {
  it("reads national, international and machine forms", () => {
    expectValid([
      ["(415) 555-2671", ["US"], "+14155552671"],
      ["1-415-555-2671", ["US"], "+14155552671"],
      ["+1 415.555.2671", [], "+14155552671"],
      ["020 7183 8750", ["GB"], "+442071838750"],
      ["07911 123456", ["GB"], "+447911123456"],
      ["06 12 34 56 78", ["FR"], "+33612345678"],
      ["0171/1234567", ["DE"], "+491711234567"],
      ["+15005550006", [], "+15005550006"],
    ]);
  });

  it("sees through invisible marks and the digits of other scripts", () => {
    expectValid([
      ["\u202a+1 (415) 555\u20112671\u202c", [], "+14155552671"],
      ["\u2066+44\u00a020\u20097183\u00a08750\u2069\ufeff", [], "+442071838750"],
      ["4\u00ad155552671\u200b", ["US"], "+14155552671"],
      ["４１５５５５２６７１", ["US"], "+14155552671"],
      ["＋１（４１５）５５５－２６７１", [], "+14155552671"],
      ["٠٧٩١١١٢٣٤٥٦", ["GB"], "+447911123456"],
      ["۰۷۹۱۱۱۲۳۴۵۶", ["GB"], "+447911123456"],
      ["९८१२३ ४५६७८", ["IN"], "+919812345678"],
      ["৯৮১২৩ ৪৫৬৭৮", ["IN"], "+919812345678"],
      ["๐๘๑ ๒๓๔ ๕๖๗๘", ["TH"], "+66812345678"],
      ["𝟒𝟏𝟓 𝟓𝟓𝟓 𝟐𝟔𝟕𝟏", ["US"], "+14155552671"],
      ["4️⃣155552671", ["US"], "+14155552671"],
      ["➕14155552671", [], "+14155552671"],
    ]);
  });

  it("takes off links, labels and what spreadsheets add", () => {
    expectValid([
      ["tel:+1-415-555-2671", [], "+14155552671"],
      ["tel:%2B14155552671", [], "+14155552671"],
      ["tel:555-2671;phone-context=+1415", [], "+14155552671"],
      ["sms:+14155552671", [], "+14155552671"],
      ["whatsapp:+14155552671", [], "+14155552671"],
      ["Tel.: 020 7183 8750", ["GB"], "+442071838750"],
      ["'+14155552671", [], "+14155552671"],
      ['"415 555 2671"', ["US"], "+14155552671"],
      ["4155552671.0", ["US"], "+14155552671"],
    ]);
  });

  it("understands brackets around the country code and the trunk zero", () => {
    expectValid([
      ["+44 (0)20 7183 8750", [], "+442071838750"],
      ["(+44) (0)7911 123456", ["US"], "+447911123456"],
      ["+(49) 171 1234567", [], "+491711234567"],
      ["+ 49 171 1234567", [], "+491711234567"],
      ["++491711234567", [], "+491711234567"],
    ]);
  });

  it("puts up for review what reads as another number by a carrier's own exit code", () => {
    // 009 is one in Hong Kong: the same digits are an Afghan number after 00, a Belgian after 009.
    expect(readNumber("0093234567890", ["HK"])).toMatchObject({
      status: "review",
      reason: "ambiguous_country",
      e164: "+93234567890",
    });
    expect(readNumber("0093234567890", ["HK", "AF"])).toMatchObject({ e164: "+93234567890" });
  });

  it("understands 00 and the exit code of the default country", () => {
    expectValid([
      ["00 44 20 7183 8750", ["FR"], "+442071838750"],
      ["0044 20 7183 8750", ["US"], "+442071838750"],
      ["+0044 20 7183 8750", [], "+442071838750"],
      ["011 44 20 7183 8750", ["US"], "+442071838750"],
      ["0011 44 20 7183 8750", ["AU"], "+442071838750"],
      ["010 44 20 7183 8750", ["JP"], "+442071838750"],
      ["8~10 44 20 7183 8750", ["RU"], "+442071838750"],
      ["0044 20 7183 8750", [], "+442071838750"],
    ]);
  });
});

describe("national habits", () => {
  it("prefers the country code over a second one in front of it", () => {
    expectValid([
      ["4915123456789", ["DE"], "+4915123456789"],
      ["62812345678", ["ID"], "+62812345678"],
    ]);
  });

  it("drops the mobile prefixes Mexico has given up", () => {
    expectValid([
      ["+52 1 55 1234 5678", [], "+525512345678"],
      ["5215512345678", ["MX"], "+525512345678"],
      ["044 55 1234 5678", ["MX"], "+525512345678"],
      ["045 55 1234 5678", ["MX"], "+525512345678"],
      ["01 55 1234 5678", ["MX"], "+525512345678"],
      ["55 1234 5678", ["MX"], "+525512345678"],
    ]);
  });

  it("turns Argentina’s 15 into the 9 of a mobile and leaves a fixed line alone", () => {
    expectValid([
      ["011 15-2345-6789", ["AR"], "+5491123456789"],
      ["+54 11 15 2345 6789", [], "+5491123456789"],
      ["+54 9 11 2345 6789", [], "+5491123456789"],
      ["+54 11 2345 6789", [], "+541123456789"],
    ]);
  });

  it("keeps the zero of Italy and San Marino", () => {
    expectValid([
      ["+39 02 36618300", [], "+390236618300"],
      ["+39 (0)2 36618300", [], "+390236618300"],
      ["+39 (0)347 1234567", [], "+393471234567"],
      ["0549 886377", ["SM"], "+3780549886377"],
    ]);
    expectInvalid([["+39 236618300", [], "not_in_use"]]);
    expectReview([["+39 (0)331 123456", ["IT"], "ambiguous_zero", "+39331123456"]]);
  });

  it("does not ask for the very country where a plan has several", () => {
    expectValid([
      ["07911 123456", ["GB"], "+447911123456"],
      ["787-555-2671", ["US"], "+17875552671"],
      ["340 555 2671", ["US"], "+13405552671"],
      ["800 356 9377", ["CA"], "+18003569377"],
      ["8 800 123-45-67", ["KZ"], "+78001234567"],
    ]);
    expect(readNumber("07911 123456", ["GB"]).country).toBe("GG");
  });
});

describe("a country nobody pointed to", () => {
  it("is reviewed, with the reading as a suggestion", () => {
    expectReview([
      ["442071838750", ["US"], "foreign_unconfirmed", "+442071838750"],
      ["14155552671", ["GB"], "foreign_unconfirmed", "+14155552671"],
      ["416 555 2671", ["US"], "foreign_unconfirmed", "+14165552671"],
      ["1 416 555 2671", ["US"], "foreign_unconfirmed", "+14165552671"],
      ["212 555 2671", ["CA"], "foreign_unconfirmed", "+12125552671"],
      ["876 555 2671", ["US"], "foreign_unconfirmed", "+18765552671"],
      ["8 701 234 5678", ["RU"], "foreign_unconfirmed", "+77012345678"],
      ["600 887 7876", ["US"], "foreign_unconfirmed", "+16008877876"],
      ["14155552671", [], "country_unknown", "+14155552671"],
      ["0171 1234567", [], "country_unknown", null],
    ]);
  });

  it("is accepted when another signal agrees, be it an address or a weaker one", () => {
    expectValid([
      ["442071838750", ["US", "GB"], "+442071838750"],
      ["416 555 2671", ["US", "CA"], "+14165552671"],
      ["07911 123456", ["US", "GB"], "+447911123456"],
      ["98123 45678", ["US", "IN"], "+919812345678"],
    ]);
    expect(readNumber("416 555 2671", ["US"], ["CA"]).status).toBe("valid");
    expect(readNumber("(415) 555-2671", ["GB"], ["US"]).e164).toBe("+14155552671");
    expect(readNumber("(415) 555-2671", [], ["US"]).status).toBe("valid");
  });

  it("is accepted when it is written: a plus or an exit code is the shopper’s own word", () => {
    expectValid([
      ["+1 416 555 2671", ["US"], "+14165552671"],
      ["+442071838750", ["US"], "+442071838750"],
      ["+33 6 12 34 56 78", ["US"], "+33612345678"],
      ["+80012345678", ["US"], "+80012345678"],
    ]);
  });

  it("is not taken from a zero typed twice or a first digit slipped to zero", () => {
    expectReview([
      ["0015123456789", ["DE"], "foreign_unconfirmed", "+15123456789"],
      ["0067721234", ["US"], "foreign_unconfirmed", "+67721234"],
    ]);
  });

  it("is not taken from a plus before a national number", () => {
    expectReview([
      ["+5108675432", ["US"], "plus_before_national", "+15108675432"],
      ["+0171 2345678", ["DE"], "plus_before_national", "+491712345678"],
      ["+6592345678", ["US"], "ambiguous_country", "+6592345678"],
    ]);
    expectValid([["+6592345678", ["US", "SG"], "+6592345678"]]);
  });
});

describe("two countries", () => {
  it("are a review when both addresses read the digits as a number", () => {
    expectReview([
      ["0612345678", ["FR", "NL"], "ambiguous_country", "+33612345678"],
      ["0664 1234567", ["AT", "DE"], "ambiguous_country", "+436641234567"],
      ["33612345678", ["DE"], "ambiguous_country", "+4933612345678"],
    ]);
  });

  it("do not doubt an address because of the locale or the shop", () => {
    expect(readNumber("0664 1234567", ["AT"], ["DE"])).toMatchObject({
      status: "valid",
      e164: "+436641234567",
    });
  });

  it("do not count when one would write the number differently", () => {
    expectValid([["(201) 567-0123", ["US", "DE"], "+12015670123"]]);
    expectReview([["1712345678", ["US", "DE"], "foreign_unconfirmed", "+491712345678"]]);
  });
});

describe("no number", () => {
  it("is what is made up", () => {
    expectInvalid([
      ["0000000000", ["US"], "placeholder"],
      ["1111111111", ["US"], "placeholder"],
      ["555-555-5555", ["US"], "placeholder"],
      ["+1 555 555 5555", [], "placeholder"],
      ["1234567890", ["US"], "placeholder"],
      ["(202) 555-0143", ["US"], "placeholder"],
      ["+12025550199", [], "placeholder"],
      ["555-0100", ["US"], "placeholder"],
    ]);
  });

  it("is two of them, or one with another ending", () => {
    expectInvalid([
      ["415 555 2671 / 415 555 2672", ["US"], "two_numbers"],
      ["415 555 2671 or 415 555 2672", ["US"], "two_numbers"],
      ["4155552671\n4155552672", ["US"], "two_numbers"],
      ["415 555 2671 / 2672", ["US"], "two_numbers"],
      ["030 1234567/68", ["DE"], "two_numbers"],
      ["4155552671 4155552672", ["US"], "too_long"],
    ]);
  });

  it("is words, codes and fragments", () => {
    expectInvalid([
      ["", [], "empty"],
      [" \u200b ", ["US"], "empty"],
      ["N/A", ["US"], "not_a_number"],
      ["none", ["US"], "not_a_number"],
      ["my number is 415 555 2671", ["US"], "not_a_number"],
      ["📞", ["US"], "not_a_number"],
      ["+", ["US"], "not_a_number"],
      ["4.15556E+09", ["US"], "not_a_number"],
      ["1-800-FLOWERS", ["US"], "vanity_letters"],
      ["555-555-SHIP", ["US"], "vanity_letters"],
      ["911", ["US"], "short_code"],
      ["12345", ["US"], "short_code"],
      ["555-2671", ["US"], "too_short"],
      ["20715550", ["US"], "too_short"],
      ["07700 900123", ["GB"], "not_in_use"],
      ["+37588109308729", ["BY"], "not_in_use"],
      ["06 39 98 00 01", ["FR"], "not_in_use"],
      ["+379 1234567", [], "unknown_country_code"],
      ["+4930123456789012", [], "not_in_use"],
      ["1".repeat(199), ["US"], "placeholder"],
      ["12".repeat(50), ["US"], "too_long"],
      ["x".repeat(201), ["US"], "too_long"],
      ["1".repeat(1_000_000), ["US"], "too_long"],
    ]);
  });
});

describe("what is known of a number", () => {
  it("keeps the e164 of a number with an extension, which takes no texts", () => {
    for (const raw of [
      "415 555 2671 ext. 5",
      "415-555-2671x5",
      "+14155552671;ext=5",
      "4155552671 #5",
    ])
      expect(readNumber(raw, ["US"])).toMatchObject({
        status: "valid",
        e164: "+14155552671",
        extension: "5",
        takesTexts: false,
        mms: false,
      });
  });

  it("tells the country, the type, and whether texts and pictures arrive", () => {
    const known = [
      ["+14155552671", "US", "fixed_line_or_mobile", true, true],
      ["+14165552671", "CA", "fixed_line_or_mobile", true, true],
      ["+17875552671", "PR", "fixed_line_or_mobile", true, false],
      ["+15005550006", "US", "personal_number", true, true],
      ["+18003569377", "US", "toll_free", false, false],
      ["+19002345678", "US", "premium_rate", false, false],
      ["+442071838750", "GB", "fixed_line", false, false],
      ["+447911123456", "GG", "mobile", true, false],
      ["+447640123456", "GB", "pager", false, false],
      ["+445612345678", "GB", "voip", true, false],
      ["+443001234567", "GB", "uan", false, false],
      ["+445512345678", "GB", "uan", false, false],
      ["+80012345678", null, "toll_free", false, false],
    ] as const;
    for (const [e164, country, type, takesTexts, mms] of known)
      expect(readNumber(e164, [])).toMatchObject({ e164, country, type, takesTexts, mms });
  });

  it("names the library that answered", () => {
    const manifest: unknown = createRequire(import.meta.url)("libphonenumber-js/package.json");
    expect(manifest).toMatchObject({ version: PHONE_LIBRARY.split(" ")[1] });
  });

  it("has a sentence for every reason", () => {
    for (const sentence of Object.values(READING_REASONS)) expect(sentence).toMatch(/^[A-Z].+\.$/);
  });
});
