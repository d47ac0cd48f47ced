// What a zone's clock shows, compared with Intl itself.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nextOffsetChange, offsetAt } from "./clock.ts";

const HOUR = 3_600_000;
const ZONES = [
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "America/Phoenix",
  "Europe/London",
];
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2034, 0, 1) });

const formats = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }),
  ]),
);

/** The offset as the difference between what the clock shows and UTC. */
function shown(timeZone: string, at: number): number {
  const clock = formats.get(timeZone)?.format(at) ?? "";
  return Date.parse(`${clock.replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}

describe("a zone's clock", () => {
  it("shows what Intl shows, in any zone at any time", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (zone, at) => {
        expect(offsetAt(zone, at)).toBe(shown(zone, at));
      }),
    );
  });

  it("stays until its next change, and is another one from then on", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, at, part) => {
          const change = nextOffsetChange(zone, at);
          if (change === null) return;
          const before = at + Math.floor((change - 1 - at) * part);
          expect(offsetAt(zone, before)).toBe(offsetAt(zone, at));
          expect(offsetAt(zone, change)).not.toBe(offsetAt(zone, at));
          expect(shown(zone, change)).not.toBe(shown(zone, change - 1));
        },
      ),
    );
  });

  it("is put forward and back on the announced days, and never in Arizona", () => {
    const spring = Date.UTC(2026, 2, 8, 7);
    expect(nextOffsetChange("America/New_York", Date.UTC(2026, 0, 1))).toBe(spring);
    expect(nextOffsetChange("America/New_York", spring - 1)).toBe(spring);
    expect(nextOffsetChange("America/New_York", spring)).toBe(Date.UTC(2026, 10, 1, 6));
    expect(nextOffsetChange("America/Phoenix", Date.UTC(2026, 0, 1))).toBeNull();
    expect(offsetAt("America/New_York", spring)).toBe(-4 * HOUR);
  });
});
