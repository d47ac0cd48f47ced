// The hours of today in which a marketing text is lawful, rule by rule and where places disagree.

import { describe, expect, it } from "vitest";

import type { Place } from "./place.ts";
import { placesOf } from "./place.ts";
import { nextWindowChange, textingWindow } from "./texting-window.ts";

const HOUR = 3_600_000;
// 20 November 2026 is a Friday; noon in New York.
const FRIDAY = Date.UTC(2026, 10, 20, 17);
const SATURDAY = FRIDAY + 24 * HOUR;
const SUNDAY = FRIDAY + 48 * HOUR;
const MONDAY = FRIDAY + 72 * HOUR;
const UTC_ZONE = { timeZones: ["Etc/UTC"] };

function at(country: string, region: string | null, timeZone: string): Place {
  return { country, region, timeZones: [timeZone] };
}

function hours(places: readonly Place[], asOf: number): string | null {
  const window = textingWindow(places, asOf);
  return window && `${window.start}-${window.end}`;
}

describe("the texting window of one place", () => {
  it.each([
    ["NY", "8-21", "8-21", "8-21"],
    ["VA", "8-21", "8-21", "8-21"],
    ["PR", "8-21", "8-21", "8-21"],
    ["FL", "8-20", "8-20", "8-20"],
    ["OK", "8-20", "8-20", "8-20"],
    ["WA", "8-20", "8-20", "8-20"],
    ["MD", "8-20", "8-20", "8-20"],
    ["MS", "8-20", "8-20", "8-20"],
    ["NJ", "8-20", "8-20", "8-20"],
    ["LA", "8-20", "8-20", "8-20"],
    ["AL", "8-20", "8-20", "8-20"],
    ["MA", "8-20", "8-20", "8-20"],
    ["CT", "9-20", "9-20", "9-20"],
    ["CA", "9-21", "9-21", "9-21"],
    ["IL", "9-21", "9-21", "9-21"],
    ["MI", "9-21", "9-21", "9-21"],
    ["MN", "9-21", "9-21", "9-21"],
    ["KY", "10-21", "10-21", "10-21"],
    ["TX", "9-21", "9-21", "12-21"],
    ["RI", "9-18", "10-17", "10-17"],
  ])("has the hours of %s on a weekday, a Saturday and a Sunday", (state, ...expected) => {
    const places = [{ country: "US", region: state, ...UTC_ZONE }];
    expect([FRIDAY, SATURDAY, SUNDAY].map((day) => hours(places, day))).toEqual(expected);
  });

  it("takes all states together while the state is unknown", () => {
    const places = [{ country: "US", region: null, ...UTC_ZONE }];
    const days = [FRIDAY, SATURDAY, SUNDAY].map((day) => hours(places, day));
    expect(days).toEqual(["10-18", "10-17", "12-17"]);
  });

  it("rounds Canada's half past nine to nine, and is shorter at its weekends", () => {
    const places = [at("CA", "ON", "America/Toronto")];
    const days = [FRIDAY, SATURDAY, SUNDAY].map((day) => hours(places, day));
    expect(days).toEqual(["9-21", "10-18", "10-18"]);
  });

  it("is 9 to 20 where nothing is known of the law", () => {
    expect(hours([at("DE", null, "Europe/Berlin")], SUNDAY)).toBe("9-20");
  });

  it("is none where no place is known", () => {
    expect(textingWindow([], FRIDAY)).toBeNull();
    expect(textingWindow([{ country: "US", region: "NY", timeZones: [] }], FRIDAY)).toBeNull();
  });
});

describe("when the texting window changes", () => {
  it("turns at midnight of the place's own zone, not of anybody else's", () => {
    const austin = [at("US", "TX", "America/Chicago")];
    const midnight = Date.UTC(2026, 10, 22, 6);
    expect(textingWindow(austin, FRIDAY)).toEqual({ start: 9, end: 21, changesAt: midnight });
    expect(hours(austin, midnight - 1)).toBe("9-21");
    expect(textingWindow(austin, midnight)).toEqual({
      start: 12,
      end: 21,
      changesAt: midnight + 24 * HOUR,
    });
  });

  it("is known when Sunday has more or fewer hours than others", () => {
    const austin = [at("US", "TX", "America/Chicago")];
    const sundayInSpring = Date.UTC(2027, 2, 14, 6);
    const sundayInAutumn = Date.UTC(2026, 10, 1, 5);
    expect(textingWindow(austin, sundayInSpring)?.changesAt).toBe(sundayInSpring + 23 * HOUR);
    expect(textingWindow(austin, sundayInAutumn)?.changesAt).toBe(sundayInAutumn + 25 * HOUR);
  });

  it("never does where every day is alike and there is one zone", () => {
    expect(textingWindow([at("US", "NY", "America/New_York")], FRIDAY)?.changesAt).toBeNull();
    expect(nextWindowChange([], FRIDAY)).toBeNull();
  });

  it("does when one of two clocks is put forward, months from now", () => {
    const places = [at("US", "NY", "America/New_York"), at("US", "AZ", "America/Phoenix")];
    expect(hours(places, FRIDAY)).toBe("10-19");
    const change = Date.UTC(2027, 2, 14, 7);
    expect(textingWindow(places, FRIDAY)?.changesAt).toBe(change);
    expect(hours(places, change)).toBe("11-18");
  });

  it("is known even while there is no window", () => {
    const places = [at("CA", "NL", "America/St_Johns"), at("CA", "BC", "America/Vancouver")];
    expect(textingWindow(places, SATURDAY)).toBeNull();
    const monday = nextWindowChange(places, SATURDAY);
    expect(monday).not.toBeNull();
    expect(textingWindow(places, MONDAY)).not.toBeNull();
  });
});

describe("the texting window of several places", () => {
  it("is the strictest of their hours where they share a clock", () => {
    const places = [
      at("US", "NY", "America/New_York"),
      at("US", "CT", "America/New_York"),
      at("US", "RI", "America/New_York"),
    ];
    expect(hours(places, FRIDAY)).toBe("9-18");
  });

  it("is lawful in New York and in California by whichever clock it is read", () => {
    const places = placesOf("+14155550123", "US", [{ country: "US", province: "NY" }]);
    expect(hours(places, FRIDAY)).toBe("12-18");
  });

  it("rounds half hours between clocks to the stricter side", () => {
    const places = [at("CA", "NL", "America/St_Johns"), at("CA", "ON", "America/Toronto")];
    expect(hours(places, FRIDAY)).toBe("11-20");
  });

  it("goes by each place's own day of the week", () => {
    // Saturday 23:00 in Austin is Sunday in New York, and the other way round for a Texan in New York.
    const night = Date.UTC(2026, 10, 22, 5, 30);
    const austin = at("US", "TX", "America/Chicago");
    const eastern = at("US", "TX", "America/New_York");
    expect(hours([austin], night)).toBe("9-21");
    expect(hours([eastern], night)).toBe("12-21");
    expect(hours([austin, eastern], night)).toBe("12-20");
  });

  it("is none for a shopper on two continents, or anywhere in the United States", () => {
    const berlin = [{ country: "DE", province: null }];
    expect(textingWindow(placesOf("+12125550123", "US", berlin), FRIDAY)).toBeNull();
    expect(textingWindow(placesOf("+18005550123", "US", []), FRIDAY)).toBeNull();
  });
});
