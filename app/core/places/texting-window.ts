/**
 * The hours of today in which a marketing text is lawful wherever the shopper may be.
 *
 * The law: at an hour within the window, *read on the clock of any candidate place*, every candidate
 * place is open by its own clock and its own day of the week. With one time zone this is simply the
 * strictest of the places' hours; with several, the hours by which their clocks differ come off, so
 * that it does not matter by which of them a sender goes.
 */
import type { Instant } from "../heard.ts";
import { nextOffsetChange, offsetAt } from "./clock.ts";
import { weekOf } from "./lawful-hours.ts";
import type { Place } from "./place.ts";

/** Whole local hours `[start, end)`. */
export type TextingWindow = {
  start: number;
  end: number;
  /** The next instant at which the answer is another one; null when it stays. */
  changesAt: Instant | null;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS_LOOKED_AHEAD = 8;
// Where clocks differ, the next change may be the one in half a year that puts only one of them back.
const CLOCKS_LOOKED_AHEAD = 370 * DAY;
// 1970 began on a Thursday.
const FIRST_DAY = 4;
const NO_HOURS = -1;
const PACK = 100;

/** Null when no place is known, or no hour is left that is lawful in all of them. */
export function textingWindow(places: readonly Place[], asOf: Instant): TextingWindow | null {
  const hours = hoursAt(places, asOf);
  if (hours === NO_HOURS) return null;
  const changesAt = nextWindowChange(places, asOf);
  return { start: Math.floor(hours / PACK), end: hours % PACK, changesAt };
}

/**
 * When the window is next another one, also from or to none at all. Days are looked through for
 * eight days; changes of clocks, which matter only where they differ, for a year.
 */
export function nextWindowChange(places: readonly Place[], asOf: Instant): Instant | null {
  const zones = [...new Set(places.flatMap(({ timeZones }) => timeZones))];
  const alike = places.every(isEveryDayAlike);
  if (alike && zones.length < 2) return null;
  const now = hoursAt(places, asOf);
  const horizon = asOf + (zones.length < 2 ? DAYS_LOOKED_AHEAD * DAY : CLOCKS_LOOKED_AHEAD);
  for (let from = asOf; from < horizon;) {
    const until = Math.min(
      horizon,
      ...zones.map((zone) => nextOffsetChange(zone, from) ?? horizon),
    );
    const midnights = alike ? [] : midnightsBetween(zones, from, until);
    const change = [...midnights, until].find((at) => hoursAt(places, at) !== now);
    if (change !== undefined) return change;
    from = until;
  }
  return null;
}

/** Start and end as one comparable number, or `NO_HOURS`. */
function hoursAt(places: readonly Place[], at: Instant): number {
  const isKnown = places.length > 0 && places.every(({ timeZones }) => timeZones.length > 0);
  if (!isKnown) return NO_HOURS;
  let [ahead, behind] = [-Infinity, Infinity];
  for (const { timeZones } of places) {
    for (const zone of timeZones) {
      const offset = offsetAt(zone, at);
      ahead = Math.max(ahead, offset);
      behind = Math.min(behind, offset);
    }
  }
  let [start, end] = [0, 24];
  for (const place of places) {
    const week = weekOf(place);
    for (const zone of place.timeZones) {
      const offset = offsetAt(zone, at);
      const [from, until] = week[dayOfWeek(at + offset)] ?? [0, 0];
      start = Math.max(start, from + (ahead - offset) / HOUR);
      end = Math.min(end, until - (offset - behind) / HOUR);
    }
  }
  const [first, last] = [Math.ceil(start), Math.floor(end)];
  return first < last ? first * PACK + last : NO_HOURS;
}

/** The instants at which a day begins in any of the zones, in order; clocks stay as they are between. */
function midnightsBetween(zones: readonly string[], from: Instant, until: Instant): Instant[] {
  const last = Math.min(until, from + DAYS_LOOKED_AHEAD * DAY);
  const midnights = new Set<Instant>();
  for (const zone of zones) {
    const offset = offsetAt(zone, from);
    const first = (Math.floor((from + offset) / DAY) + 1) * DAY - offset;
    for (let at = first; at < last; at += DAY) midnights.add(at);
  }
  return [...midnights].toSorted((a, b) => a - b);
}

function dayOfWeek(local: number): number {
  const day = (Math.floor(local / DAY) + FIRST_DAY) % 7;
  return day < 0 ? day + 7 : day;
}

function isEveryDayAlike(place: Place): boolean {
  const week = weekOf(place);
  return week.every(([from, until]) => from === week[0]?.[0] && until === week[0]?.[1]);
}
