/**
 * What a time zone's clock shows at an instant, and when it is next put forward or back.
 *
 * A function of zone and instant alone (and of the tz edition of the runtime). Asking Intl is slow,
 * so a zone's changes are looked up once for a stretch of time and kept.
 */
import type { Instant } from "../heard.ts";

type Change = { at: Instant; offset: number };

const MINUTE = 60_000;
const DAY = 86_400_000;
// Clocks are put forward and back at least a month apart, so that two looks between miss nothing.
const LOOK = 16 * DAY;
const STRETCH = 32 * LOOK;
const KEPT = 8;

const formats = new Map<string, Intl.DateTimeFormat>();
const stretches = new Map<string, Map<number, readonly Change[]>>();

/** Milliseconds by which the zone's clock is ahead of UTC; behind is negative. */
export function offsetAt(zone: string, at: Instant): number {
  const changes = changesAround(zone, at);
  let offset = 0;
  for (const change of changes) {
    if (change.at > at) break;
    offset = change.offset;
  }
  return offset;
}

/** When the zone's clock is next put forward or back, within more than a year; null when it is not. */
export function nextOffsetChange(zone: string, at: Instant): Instant | null {
  const near = changesAround(zone, at);
  const later = near.find((change) => change.at > at);
  if (later !== undefined) return later.at;
  const [start, next] = changesAround(zone, (Math.floor(at / STRETCH) + 1) * STRETCH);
  if (start !== undefined && start.offset !== near.at(-1)?.offset) return start.at;
  return next?.at ?? null;
}

/** The stretch's first offset as a change at its start, then the changes within it. */
function changesAround(zone: string, at: Instant): readonly Change[] {
  let ofZone = stretches.get(zone);
  if (ofZone === undefined) {
    stretches.set(zone, (ofZone = new Map<number, readonly Change[]>()));
  }
  const stretch = Math.floor(at / STRETCH);
  const known = ofZone.get(stretch);
  if (known !== undefined) return known;
  if (ofZone.size >= KEPT) ofZone.clear();
  const found = changesIn(zone, stretch * STRETCH);
  ofZone.set(stretch, found);
  return found;
}

function changesIn(zone: string, start: Instant): Change[] {
  const changes = [{ at: start, offset: ask(zone, start) }];
  for (let at = start; at < start + STRETCH; at += LOOK) {
    const before = ask(zone, at);
    const offset = ask(zone, at + LOOK);
    if (offset !== before) changes.push({ at: changeBetween(zone, at, at + LOOK), offset });
  }
  return changes.filter((change) => change.at < start + STRETCH);
}

/** The minute from which the later offset holds. */
function changeBetween(zone: string, from: Instant, until: Instant): Instant {
  const before = ask(zone, from);
  let [low, high] = [from, until];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
    if (ask(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function ask(zone: string, at: Instant): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(at)) ?? [];
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
  return sign === "-" ? -ahead : ahead;
}
