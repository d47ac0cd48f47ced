// Where a shopper may be: addresses, area codes, and what happens when they disagree.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { COUNTRIES } from "../settings/countries.ts";
import { AREA_CODES } from "./data/area-codes.ts";
import { COUNTRY_ZONES, REGION_ZONES } from "./data/zones.ts";
import { placesOf, timeZoneOf } from "./place.ts";

const NEW_YORK = "+12125550123";
const TOLL_FREE = "+18005550123";
const at = (country: string | null, province: string | null = null) => ({ country, province });

function regionsOf(...given: Parameters<typeof placesOf>): string[] {
  return placesOf(...given).map(({ country, region }) => `${country} ${region ?? "?"}`);
}

describe("the places of a number", () => {
  it.each([
    ["+12125550123", "US NY", "America/New_York"],
    ["+13105550123", "US CA", "America/Los_Angeles"],
    ["+17135550123", "US TX", "America/Chicago"],
    ["+19155550123", "US TX", "America/Denver"],
    ["+18085550123", "US HI", "Pacific/Honolulu"],
    ["+12025550123", "US DC", "America/New_York"],
    ["+14165550123", "CA ON", "America/Toronto"],
    ["+13065550123", "CA SK", "America/Regina"],
    ["+16895550123", "US FL", "America/New_York"],
  ])("takes the state and the zone of %s from its area code", (e164, region, zone) => {
    expect(regionsOf(e164, e164 === "+14165550123" ? "CA" : "US", [])).toEqual([region]);
    expect(timeZoneOf(placesOf(e164, "US", []))).toBe(zone);
  });

  it("keeps all provinces and zones that an area code may mean", () => {
    expect(regionsOf("+19025550123", "CA", [])).toEqual(["CA NS", "CA PE"]);
    expect(placesOf("+18505550123", "US", [])).toEqual([
      { country: "US", region: "FL", timeZones: ["America/Chicago", "America/New_York"] },
    ]);
  });

  it("gives an overlay the zones of the area it lies over", () => {
    const zonesOf = (e164: string) => placesOf(e164, null, []).map(({ timeZones }) => timeZones);
    expect(zonesOf("+14485550123")).toEqual(zonesOf("+18505550123"));
    expect(zonesOf("+13675550123")).toEqual(zonesOf("+14185550123"));
  });

  it("takes a country's zone where a number has no area", () => {
    expect(timeZoneOf(placesOf("+4915112345678", "DE", []))).toBe("Europe/Berlin");
    expect(timeZoneOf(placesOf("+447911123456", "GB", []))).toBe("Europe/London");
    expect(timeZoneOf(placesOf("+213551234567", "DZ", []))).toBe("Africa/Algiers");
    expect(timeZoneOf(placesOf("+61412345678", "AU", []))).toBeNull();
  });

  it("finds the country of a number that came without one", () => {
    expect(regionsOf("+4915112345678", null, [])).toEqual(["DE ?"]);
  });

  it("counts the territories as places under the United States' law", () => {
    const puertoRico = { country: "US", region: "PR", timeZones: ["America/Puerto_Rico"] };
    expect(placesOf("+17875550123", "PR", [])).toEqual([puertoRico]);
    expect(placesOf("+17875550123", "PR", [at("US", "PR"), at("PR")])).toEqual([puertoRico]);
  });

  it("tells Brazil's areas apart, whose mobiles carry them", () => {
    expect(timeZoneOf(placesOf("+5511961234567", "BR", []))).toBe("America/Sao_Paulo");
    expect(timeZoneOf(placesOf("+5568961234567", "BR", []))).toBe("America/Rio_Branco");
  });

  it("knows no place for a number that belongs to none", () => {
    expect(placesOf("+80012345678", null, [])).toEqual([]);
    expect(placesOf("+881612345678", null, [])).toEqual([]);
  });
});

describe("the places of a shopper", () => {
  it("keeps both, the address first, where address and area code disagree", () => {
    expect(regionsOf(NEW_YORK, "US", [at("US", "CA")])).toEqual(["US CA", "US NY"]);
    expect(timeZoneOf(placesOf(NEW_YORK, "US", [at("US", "CA")]))).toBeNull();
  });

  it("counts an address in another country than the number's", () => {
    expect(regionsOf(NEW_YORK, "US", [at("DE", "BY")])).toEqual(["DE ?", "US NY"]);
  });

  it("counts every address once", () => {
    const addresses = [at("US", "CA"), at("US", "CA"), at("US", "NV")];
    expect(regionsOf(NEW_YORK, "US", addresses)).toEqual(["US CA", "US NV", "US NY"]);
  });

  it("lets an area code of the address's state tell which part of it", () => {
    const texas = [at("US", "TX")];
    expect(timeZoneOf(placesOf("+15125550123", "US", texas))).toBe("America/Chicago");
    expect(timeZoneOf(placesOf(NEW_YORK, "US", texas))).toBeNull();
  });

  it("leaves out what only names the country when something else says where in it", () => {
    expect(regionsOf(TOLL_FREE, "US", [at("US", "CA")])).toEqual(["US CA"]);
    expect(regionsOf(NEW_YORK, "US", [at("US")])).toEqual(["US NY"]);
    expect(regionsOf("+61412345678", "AU", [at("AU", "WA")])).toEqual(["AU WA"]);
  });

  it("takes a province it does not know, a military post too, for the country alone", () => {
    expect(regionsOf(TOLL_FREE, "US", [at("US", "AE")])).toEqual(["US ?"]);
    expect(regionsOf(NEW_YORK, "US", [at("US", "constructor")])).toEqual(["US NY"]);
    expect(regionsOf(NEW_YORK, "US", [at("constructor"), at("AN"), at(null, "CA")])).toEqual([
      "US NY",
    ]);
  });

  it("knows Micronesia, which the United States' post serves, as a country of its own", () => {
    expect(regionsOf(NEW_YORK, "US", [at("US", "FM")])).toEqual(["FM ?", "US NY"]);
  });

  it("agrees on no zone when there is no place", () => {
    expect(timeZoneOf([])).toBeNull();
  });

  it("answers any text and any address with places that have zones", () => {
    const part = fc.oneof(fc.string(), fc.constantFrom("US", "CA", "PR", "TX", "__proto__", ""));
    const number = fc.oneof(fc.string(), fc.stringMatching(/^\+[1-9]\d{1,14}$/));
    const address = fc.record({ country: fc.option(part), province: fc.option(part) });
    fc.assert(
      fc.property(number, fc.option(part), fc.array(address), (e164, country, addresses) => {
        const places = placesOf(e164, country, addresses);
        for (const { timeZones } of places) expect(timeZones.join("")).not.toBe("");
        const names = places.map((place) => JSON.stringify(place));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});

describe("the tables of places", () => {
  const zones = [
    ...Object.values(COUNTRY_ZONES),
    ...Object.values(REGION_ZONES).flatMap((regions) => Object.values(regions)),
    ...AREA_CODES.map(([, , known]) => known),
  ].flatMap((known) => known.split(" "));

  it("name only zones that the runtime knows", () => {
    for (const timeZone of new Set(zones)) {
      expect(() => new Intl.DateTimeFormat("en-US", { timeZone })).not.toThrow();
    }
  });

  it("have a zone for every country that has numbers", () => {
    expect(COUNTRIES.filter((country) => !(country in COUNTRY_ZONES))).toEqual([]);
  });

  it("have every state and the federal district, and every province and territory of Canada", () => {
    expect(Object.keys(REGION_ZONES["US"] ?? {})).toHaveLength(51);
    expect(Object.keys(REGION_ZONES["CA"] ?? {})).toHaveLength(13);
  });

  it("have each area code once", () => {
    const codes = AREA_CODES.flatMap(([, , , list]) => list.split(" "));
    expect(new Set(codes).size).toBe(codes.length);
  });
});
