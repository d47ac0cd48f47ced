import { describe, expect, it } from "vitest";

import {
  callingCodeOf,
  countryOfLocale,
  isDomestic,
  isKnownCountry,
  usableHints,
} from "./country.ts";

describe("country hints", () => {
  it("are used in order, once each, and dropped when no plan knows them", () => {
    expect(usableHints(["us", "ZZ", " gb ", "", "US", "AQ", "__proto__", "XK"])).toEqual([
      "US",
      "GB",
      "XK",
    ]);
    expect(isKnownCountry("AN")).toBe(false);
    expect(callingCodeOf("GB")).toBe("44");
  });

  it("come from a language tag that names a region", () => {
    expect(countryOfLocale("fr-FR")).toBe("FR");
    expect(countryOfLocale("pt_br")).toBe("BR");
    expect(countryOfLocale("zh-Hant-TW")).toBe("TW");
    expect(countryOfLocale("de")).toBeNull();
    expect(countryOfLocale("es-419")).toBeNull();
    expect(countryOfLocale("en-x-US")).toBeNull();
    expect(countryOfLocale("")).toBeNull();
  });

  it("come from the first 64 signs of a language tag, whatever follows", () => {
    expect(countryOfLocale(`en${"-variants".repeat(6)}-abcd-US`)).toBe("US");
    expect(countryOfLocale(`en${"-variants".repeat(6)}-abcdef-US`)).toBeNull();
  });
});

describe("a number at home in the hinted country", () => {
  const isAtHome = (
    callingCode: string,
    country: string | null,
    hint: Parameters<typeof isDomestic>[1],
    shared = false,
  ): boolean => isDomestic({ callingCode, country, shared }, hint);

  it("has its calling code", () => {
    expect(isAtHome("44", "GB", "GB")).toBe(true);
    expect(isAtHome("44", "GB", "IE")).toBe(false);
    expect(isAtHome("800", null, "US")).toBe(false);
  });

  it("is of the same state where +1 or +7 is shared by several", () => {
    expect(isAtHome("1", "CA", "US")).toBe(false);
    expect(isAtHome("1", "US", "CA")).toBe(false);
    expect(isAtHome("1", "CA", "CA")).toBe(true);
    expect(isAtHome("1", "JM", "US")).toBe(false);
    expect(isAtHome("1", null, "US")).toBe(false);
    expect(isAtHome("7", "KZ", "RU")).toBe(false);
    expect(isAtHome("7", "RU", "KZ")).toBe(false);
  });

  it("is of the same state among the United States and their territories", () => {
    for (const territory of ["PR", "GU", "VI", "AS", "MP"] as const) {
      expect(isAtHome("1", territory, "US"), territory).toBe(true);
      expect(isAtHome("1", "US", territory), territory).toBe(true);
      expect(isAtHome("1", territory, "CA"), territory).toBe(false);
      expect(isAtHome("1", "CA", territory), territory).toBe(false);
    }
  });

  it("may be of any of the islands that share a calling code with it", () => {
    expect(isAtHome("44", "GG", "GB")).toBe(true);
    expect(isAtHome("590", "MF", "GP")).toBe(true);
  });

  it("may be of a range that all of the plan share", () => {
    expect(isAtHome("1", "US", "CA", true)).toBe(true);
    expect(isAtHome("7", "RU", "KZ", true)).toBe(true);
    expect(isAtHome("7", "RU", "CA", true)).toBe(false);
  });
});
