// Area codes with the states or provinces and the time zones they may mean.
//
// Numbers are moved within an area code and beyond, so a finer prefix would promise more than it
// knows: an area code has all zones of its prefixes.

import type { CountryZones } from "./country-zones.ts";
import type { Prefixes } from "./prefixes.ts";
import { REGION_NAMES } from "./region-names.ts";

/** One area code: `1201`; no regions where the country has none that matter. */
export type Area = {
  code: string;
  country: string;
  regions: readonly string[];
  zones: readonly string[];
};

// Brazil's mobile numbers carry an area too, of two digits without a nought.
const DIGITS = [..."123456789"];
const BRAZILIAN_CODES = DIGITS.flatMap((ten) => DIGITS.map((one) => `55${ten}${one}`));
const AREA_CODE = 4;
// Prefixes up to this length hold more than one exchange.
const EXCHANGE = 5;
// An overlay serves the ground of the code it lies over; what Google has of it is thin or wrong.
const OVERLAYS: Readonly<Record<string, string>> = {
  "1364": "1270",
  "1367": "1418",
  "1448": "1850",
  "1458": "1541",
  "1474": "1306",
  "1581": "1418",
  "1689": "1407",
  "1879": "1709",
  "1930": "1812",
  "1986": "1208",
  "1236": "1250",
  "1257": "1250",
  "1672": "1250",
  "1778": "1250",
};
// Shopify writes a province for these; for Australia it tells zones that a mobile number cannot.
const AUSTRALIA: Readonly<Record<string, readonly string[]>> = {
  ACT: ["Australia/Sydney"],
  NSW: ["Australia/Sydney"],
  NT: ["Australia/Darwin"],
  QLD: ["Australia/Brisbane"],
  SA: ["Australia/Adelaide"],
  TAS: ["Australia/Hobart"],
  VIC: ["Australia/Melbourne"],
  WA: ["Australia/Perth"],
};

type Countries = ReadonlyMap<string, CountryZones>;

/** The area codes of the United States, Canada and Brazil. */
export function readAreas(names: Prefixes, zones: Prefixes, countries: Countries): Area[] {
  const north = new Set(
    zones.map(([prefix]) => prefix.slice(0, AREA_CODE)).filter((code) => /^1\d{3}$/.test(code)),
  );
  const northern = [...north].toSorted().flatMap((code) => {
    const regions = regionsOf(code, names);
    const country = regions.length === 0 ? null : countryOf(regions);
    return country === null ? [] : areaOf(code, country, regions, zones, countries);
  });
  const brazil = BRAZILIAN_CODES.flatMap((code) => areaOf(code, "BR", [], zones, countries));
  return [...northern, ...brazil];
}

/** Country → region → zones: all that its area codes have. */
export function regionZones(
  areas: readonly Area[],
  countries: Countries,
): Map<string, Map<string, readonly string[]>> {
  const named = (country: string, zones: readonly string[]): string[] => [
    ...new Set(zones.map((zone) => countries.get(country)?.nameOf.get(zone) ?? zone)),
  ];
  const australia = Object.entries(AUSTRALIA).map(
    ([region, zones]) => [region, named("AU", zones)] as const,
  );
  const found = new Map<string, Map<string, readonly string[]>>([["AU", new Map(australia)]]);
  for (const { country, regions, zones } of areas) {
    const known = found.get(country) ?? new Map<string, readonly string[]>();
    for (const region of regions) {
      known.set(region, [...new Set([...(known.get(region) ?? []), ...zones])].toSorted());
    }
    if (regions.length > 0) found.set(country, known);
  }
  return new Map([...found].toSorted());
}

function areaOf(
  code: string,
  country: string,
  regions: readonly string[],
  prefixes: Prefixes,
  countries: Countries,
): Area[] {
  const named = countries.get(country)?.nameOf;
  const zones = zonesOn(OVERLAYS[code] ?? code, prefixes).flatMap((zone) => named?.get(zone) ?? []);
  return zones.length === 0
    ? []
    : [{ code, country, regions, zones: [...new Set(zones)].toSorted() }];
}

/** All zones of the code's prefixes, except what a single exchange alone is said to have. */
function zonesOn(code: string, prefixes: Prefixes): string[] {
  const within = prefixes.filter(([prefix]) => prefix.startsWith(code));
  const isWhole = within.some(([prefix]) => prefix === code);
  const above = prefixes.findLast(([prefix]) => prefix.length > 2 && code.startsWith(prefix));
  const rows = isWhole || above === undefined ? within : [above, ...within];
  const seen = Map.groupBy(
    rows.flatMap(([prefix, value]) => value.split("&").map((zone) => ({ prefix, zone }))),
    ({ zone }) => zone,
  );
  const counted = [...seen].filter(
    ([, [first, ...more]]) => more.length > 0 || (first?.prefix.length ?? 0) <= EXCHANGE,
  );
  return (counted.length > 0 ? counted : [...seen]).map(([zone]) => zone);
}

/** By the name of the whole code; where only parts of it are named, what most parts say. */
function regionsOf(code: string, names: Prefixes): readonly string[] {
  const whole = names.find(([prefix]) => prefix === code);
  if (whole !== undefined) return namedRegions(whole[1]);
  const parts = names.filter(([prefix]) => prefix.startsWith(code));
  const counted = Map.groupBy(
    parts.flatMap(([, name]) => namedRegions(name)),
    (region) => region,
  );
  const [most] = [...counted].toSorted(([, a], [, b]) => b.length - a.length);
  return most === undefined ? [] : [most[0]];
}

function namedRegions(name: string): readonly string[] {
  const [, abbreviation] = /, ([A-Z]{2})$/.exec(name) ?? [];
  if (abbreviation !== undefined) return countryOf([abbreviation]) === null ? [] : [abbreviation];
  return name.split("/").flatMap((part) => REGION_NAMES.get(part)?.region ?? []);
}

function countryOf([first]: readonly string[]): string | null {
  for (const { country, region } of REGION_NAMES.values()) if (region === first) return country;
  return null;
}
