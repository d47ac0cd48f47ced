import { describe, expect, it } from "vitest";

import { countryOfLocale, isKnownCountry, usableHints } from "./country.ts";

describe("country hints", () => {
  it("are used in order, once each, and dropped when no plan knows them", () => {
    expect(usableHints(["us", "ZZ", " gb ", "", "US", "AQ", "__proto__", "XK"])).toEqual([
      "US",
      "GB",
      "XK",
    ]);
    expect(isKnownCountry("AN")).toBe(false);
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
});
