// Where the digits alone decide nothing: each line of the rules for doubtful numbers, with the number that it is there for.

import { describe, expect, it } from "vitest";

import { readNumber } from "./read-number.ts";

function outcome(raw: string, hints: readonly string[], weakHints: readonly string[] = []): string {
  const { status, reason, e164 } = readNumber(raw, hints, weakHints);
  return [status, reason ?? e164, status === "review" ? e164 : ""].join(" ").trim();
}

describe("digits with no country at hand", () => {
  it("are a review where they may be a number somewhere", () => {
    expect(outcome("14155552671", [])).toBe("review country_unknown +14155552671");
    expect(outcome("379123456789012", [])).toBe("review country_unknown");
  });

  it("are no number where no country has such a one", () => {
    expect(outcome("12025550143", [])).toBe("invalid placeholder");
    expect(outcome("911", [])).toBe("invalid short_code");
    expect(outcome("4420718", [])).toBe("invalid too_short");
    expect(outcome("3791234567890123", [])).toBe("invalid not_in_use");
  });
});

describe("digits that two addresses read", () => {
  it("are a review where one of the two begins with its own country's code", () => {
    for (const raw of ["4352350617", "4352350610"]) {
      expect(outcome(raw, ["US", "AT"])).toBe(`review ambiguous_country +1${raw}`);
      expect(outcome(raw, ["US"])).toBe(`valid +1${raw}`);
      expect(outcome(raw, ["US"], ["AT"])).toBe(`valid +1${raw}`);
    }
    expect(outcome("497234864", ["AU", "DE"])).toBe("review ambiguous_country +61497234864");
  });

  it("are no doubt where they begin with the first one's code", () => {
    expect(outcome("14155552672", ["US", "GB"])).toBe("valid +14155552672");
  });

  it("are a fixed line without its zero only where no country code fits better", () => {
    expect(outcome("33612345670", ["DE"])).toBe("review ambiguous_country +4933612345670");
    expect(outcome("033612345670", ["DE"])).toBe("valid +4933612345670");
  });

  it("are the mobile they are at home, whatever a missing plus would make of them", () => {
    expect(outcome("15123456789", ["DE"])).toBe("valid +4915123456789");
  });
});

describe("digits that are nothing at home", () => {
  it("are what another address reads, written as it is customary there", () => {
    expect(outcome("01 55 1234 5678", ["US", "MX"])).toBe("valid +525512345678");
    expect(outcome("0 15 11 91234-5678", ["US", "BR"])).toBe("valid +5511912345678");
  });

  it("are what a missing plus makes of them where an address agrees", () => {
    expect(outcome("4915123456789", ["US", "DE"])).toBe("valid +4915123456789");
  });

  it("are a review where two addresses read them, and none where only a weak hint objects", () => {
    expect(outcome("0664 1234567", ["US", "AT", "DE"])).toBe(
      "review ambiguous_country +436641234567",
    );
    expect(outcome("0664 1234567", ["US", "AT"], ["DE"])).toBe("valid +436641234567");
  });

  it("are made up where the number they suggest is", () => {
    expect(outcome("12025550143", ["GB"])).toBe("invalid placeholder");
  });
});

describe("an exit code", () => {
  it("may be that of any hinted country", () => {
    expect(outcome("0011 44 20 7183 8750", ["US", "AU"])).toBe("valid +442071838750");
  });

  it("marks a country with nine digits after it, not with fewer", () => {
    expect(outcome("00298 211234", ["US"])).toBe("valid +298211234");
    expect(outcome("00677 21234", ["US"])).toBe("review foreign_unconfirmed +67721234");
  });
});

describe("a plus", () => {
  it("before ten digits is a slip only where people dial ten digits", () => {
    expect(outcome("+6592345678", ["US"])).toBe("review ambiguous_country +6592345678");
    for (const hints of [[], ["DE"], ["SG"]])
      expect(outcome("+6592345678", hints)).toBe("valid +6592345678");
  });
});

describe("Mexico's old prefixes", () => {
  it("are dropped from whole numbers only, never from the midst of more digits", () => {
    for (const raw of ["01 55 1234 56789", "52 01 55 1234 5678", "045 55 1234 56789"])
      expect(outcome(raw, ["MX"]), raw).toBe("invalid too_long");
    expect(outcome("01 55 1234 5678", ["US"])).toBe("invalid too_long");
  });
});

describe("Zimbabwe's fixed lines that the library lacks", () => {
  it("are fixed lines, and only in their one length", () => {
    expect(readNumber("+2631312345", [])).toMatchObject({
      status: "valid",
      type: "fixed_line",
      takesTexts: false,
    });
    expect(outcome("+26313123456", [])).toBe("invalid not_in_use");
  });
});
