// Laws of the texting window over any places and moments.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { QUIET_HOURS } from "./data/quiet-hours.ts";
import { REGION_ZONES } from "./data/zones.ts";
import { offsetAt } from "./clock.ts";
import { weekOf } from "./lawful-hours.ts";
import type { Place } from "./place.ts";
import { placesOf } from "./place.ts";
import { nextWindowChange, textingWindow } from "./texting-window.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const northAmerican = fc
  .constantFrom(
    ...["US", "CA"].flatMap((country) =>
      Object.keys(REGION_ZONES[country] ?? {}).map((province) => ({ country, province })),
    ),
  )
  .map((address) => placesOf("", null, [address])[0])
  .filter((place): place is Place => place !== undefined);
const country = fc
  .constantFrom("DE", "GB", "AU", "BR", "IN", "NZ", "EG", "MA", "US", "CA", "KI")
  .map((code) => placesOf("", code, [])[0])
  .filter((place): place is Place => place !== undefined);
const place = fc.oneof({ weight: 3, arbitrary: northAmerican }, { weight: 1, arbitrary: country });
const places = fc.array(place, { minLength: 1, maxLength: 3 });
const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
const part = fc.double({ min: 0, max: 1, noNaN: true });

const same = (known: readonly Place[], at: number): [number, number] | null => {
  const window = textingWindow(known, at);
  return window && [window.start, window.end];
};

describe("the texting window", () => {
  it("is within the widest lawful hours of the United States and Canada", () => {
    fc.assert(
      fc.property(fc.array(northAmerican, { minLength: 1, maxLength: 3 }), instant, (known, at) => {
        const window = textingWindow(known, at);
        if (window === null) return;
        expect(window.start).toBeGreaterThanOrEqual(8);
        expect(window.end).toBeLessThanOrEqual(21.5);
        expect(window.end).toBeGreaterThan(window.start);
        expect([window.start, window.end].every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it("is never wider, nor there again, with one more candidate", () => {
    fc.assert(
      fc.property(places, place, instant, (known, more, at) => {
        const before = textingWindow(known, at);
        const after = textingWindow([...known, more], at);
        if (after === null) return;
        expect(before).not.toBeNull();
        expect(after.start).toBeGreaterThanOrEqual(before?.start ?? 24);
        expect(after.end).toBeLessThanOrEqual(before?.end ?? 0);
      }),
    );
  });

  it("does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(places, instant, (known, at) => {
        expect(textingWindow(known.toReversed(), at)).toEqual(textingWindow(known, at));
      }),
    );
  });

  it("stays until it says it changes, and is another one then", () => {
    fc.assert(
      fc.property(places, instant, part, (known, at, when) => {
        const change = nextWindowChange(known, at);
        const until = change ?? at + 8 * DAY;
        const before = at + Math.floor((until - 1 - at) * when);
        expect(same(known, before)).toEqual(same(known, at));
        if (change === null) return;
        expect(same(known, change - 1)).toEqual(same(known, at));
        expect(same(known, change)).not.toEqual(same(known, at));
      }),
    );
  });

  it("lets nobody be texted at an unlawful hour, by whichever clock it is read", () => {
    fc.assert(
      fc.property(places, instant, (known, at) => {
        const window = textingWindow(known, at);
        if (window === null) return;
        const zones = known.flatMap(({ timeZones }) => timeZones);
        const hours = zones.map((zone) => Math.floor((at + offsetAt(zone, at)) / HOUR) % 24);
        if (!hours.some((hour) => hour >= window.start && hour < window.end)) return;
        for (const { country: code, region, timeZones } of known) {
          for (const zone of timeZones) {
            const local = at + offsetAt(zone, at);
            const [from, until] = weekOf({ country: code, region })[
              new Date(local).getUTCDay()
            ] ?? [0, 0];
            const hour = (local % DAY) / HOUR;
            expect(hour).toBeGreaterThanOrEqual(from);
            expect(hour).toBeLessThan(until);
          }
        }
      }),
    );
  });
});

describe("the table of quiet hours", () => {
  it("has no region wider than its country", () => {
    for (const { country: code, regions } of QUIET_HOURS) {
      const whole = QUIET_HOURS.find((rule) => rule.country === code && rule.regions === null);
      for (const region of regions ?? []) {
        weekOf({ country: code, region }).forEach(([from, until], day) => {
          const [earliest, latest] =
            day === 0
              ? (whole?.sundays ?? [24, 0])
              : day === 6
                ? (whole?.saturdays ?? [24, 0])
                : (whole?.weekdays ?? [24, 0]);
          expect(from).toBeGreaterThanOrEqual(earliest);
          expect(until).toBeLessThanOrEqual(latest);
        });
      }
    }
  });

  it("names each region once, and only regions we tell apart", () => {
    const named = QUIET_HOURS.flatMap(({ country: code, regions }) =>
      (regions ?? []).map((region) => `${code} ${region}`),
    );
    expect(new Set(named).size).toBe(named.length);
    for (const rule of QUIET_HOURS) {
      for (const region of rule.regions ?? []) {
        expect(Object.keys(REGION_ZONES[rule.country] ?? {})).toContain(region);
      }
    }
  });
});
