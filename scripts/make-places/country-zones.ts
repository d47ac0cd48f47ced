// Which time zones a country has, from tz's zone.tab. Zones of one country whose clocks have agreed
// for years are one zone for us, named as Google names it for most whole codes.

import type { Prefixes } from "./prefixes.ts";

/** The zones of a country, and under which of them each of its tz names goes. */
export type CountryZones = { zones: readonly string[]; nameOf: ReadonlyMap<string, string> };

// Prefixes up to this length are whole countries and area codes.
const WHOLE = 4;
const HOUR = 3_600_000;
// Long enough that clocks which part in a newer edition of tz than a reader's are not merged.
const COMPARED = { from: Date.UTC(2015, 0, 1), until: Date.UTC(2036, 0, 1), step: 36 * HOUR };
// Codes of the numbering plans that zone.tab files under another country, or lacks.
const NOT_IN_TABLE = [
  ["XK", "Europe/Belgrade"],
  ["AC", "Atlantic/St_Helena"],
  ["TA", "Atlantic/St_Helena"],
] as const;

export function readZoneTable(text: string): Map<string, string[]> {
  const countries = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [country = "", , zone] = line.split("\t");
    if (!/^[A-Z]{2}$/.test(country) || zone === undefined) continue;
    countries.set(country, [...(countries.get(country) ?? []), zone]);
  }
  for (const [country, zone] of NOT_IN_TABLE) countries.set(country, [zone]);
  return countries;
}

export function mergedZones(
  table: ReadonlyMap<string, string[]>,
  prefixes: Prefixes,
): Map<string, CountryZones> {
  const uses = new Map<string, number>();
  for (const [prefix, value] of prefixes) {
    if (prefix.length > WHOLE) continue;
    for (const zone of value.split("&")) uses.set(zone, (uses.get(zone) ?? 0) + 1);
  }
  const byUse = (a: string, b: string): number => (uses.get(b) ?? 0) - (uses.get(a) ?? 0);
  return new Map([...table].toSorted().map(([country, zones]) => [country, merged(zones, byUse)]));
}

function merged(zones: string[], byUse: (a: string, b: string) => number): CountryZones {
  const nameOf = new Map<string, string>();
  const alike =
    zones.length === 1 ? new Map([["", zones]]) : Map.groupBy(zones, (zone) => clockOf(zone));
  for (const group of alike.values()) {
    const [name] = group.toSorted(byUse);
    for (const zone of group) nameOf.set(zone, name ?? zone);
  }
  return { zones: [...new Set(nameOf.values())], nameOf };
}

/** What a zone's clock shows over the years, as one comparable text. */
function clockOf(timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const shown: string[] = [];
  for (let at = COMPARED.from; at < COMPARED.until; at += COMPARED.step) {
    const offset = format.format(at).split("GMT")[1] ?? "";
    shown.push(offset);
  }
  return shown.join();
}
