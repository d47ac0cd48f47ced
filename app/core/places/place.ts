/**
 * Where a shopper may be: the places that their addresses and their number speak for.
 *
 * An address comes before an area code, because numbers are taken along when people move. But where
 * the two disagree nobody knows, so all of them count, and whoever asks what is lawful takes the
 * strictest. What merely says less than another candidate (only the country, only the state) adds
 * nothing to it and is left out.
 */
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

import { AREA_CODES } from "./data/area-codes.ts";
import { COUNTRY_ZONES, REGION_ZONES } from "./data/zones.ts";

/** One candidate. `region` is a state or province as Shopify codes it, where we tell them apart. */
export type Place = {
  country: string;
  region: string | null;
  /** IANA zones, any of which the place may be in; never empty. */
  timeZones: readonly string[];
};

type AddressHeard = { country: string | null; province: string | null };

// Countries to the numbering plans and to some addresses; states under the law of the United States.
const TERRITORIES: ReadonlySet<string> = new Set(["PR", "VI", "GU", "AS", "MP"]);
// The other way round: the United States' post delivers there, its law ends before.
const FREELY_ASSOCIATED: ReadonlySet<string> = new Set(["FM", "MH", "PW"]);

const COUNTRIES: ReadonlyMap<string, Place> = new Map(
  Object.entries(COUNTRY_ZONES).map(([code, zones]) => [
    code,
    TERRITORIES.has(code) ? place("US", code, zones) : place(code, null, zones),
  ]),
);
const REGIONS: ReadonlyMap<string, ReadonlyMap<string, Place>> = new Map(
  Object.entries(REGION_ZONES).map(([country, regions]) => [
    country,
    new Map(
      Object.entries(regions).map(([region, zones]) => [region, place(country, region, zones)]),
    ),
  ]),
);
const BY_AREA_CODE: ReadonlyMap<string, readonly Place[]> = new Map(
  AREA_CODES.flatMap(([country, regions, zones, codes]) => {
    const places = regions.split(" ").map((region) => place(country, region || null, zones));
    return codes.split(" ").map((code) => [code, places] as const);
  }),
);
const AREA_CODE_LENGTH = 4;

/**
 * The candidate places of a shopper, addresses first; empty when nothing says where.
 *
 * @param e164 the shopper's number, `+15125550123`
 * @param country the number's own country as it was read, ISO 3166-1 alpha-2
 * @param addresses the shopper's own addresses, the province as Shopify codes it; the same in another
 *   country than the number's counts too
 */
export function placesOf(
  e164: string,
  country: string | null,
  addresses: readonly AddressHeard[],
): Place[] {
  const candidates: Place[] = [];
  for (const address of addresses) add(candidates, placeOfAddress(address));
  for (const candidate of placesOfNumber(e164, country)) add(candidates, candidate);
  return candidates.filter((candidate) => !candidates.some((other) => saysMore(other, candidate)));
}

/** The one time zone all candidates agree on, or null. */
export function timeZoneOf(places: readonly Place[]): string | null {
  const [first] = places;
  const zone = first?.timeZones[0] ?? null;
  const agree = places.every(({ timeZones }) => timeZones.length === 1 && timeZones[0] === zone);
  return agree ? zone : null;
}

function placeOfAddress({ country, province }: AddressHeard): Place | null {
  if (country === null) return null;
  if (country !== "US" || province === null) return regionOrCountry(country, province);
  const isCountry = TERRITORIES.has(province) || FREELY_ASSOCIATED.has(province);
  return isCountry ? countryPlace(province) : regionOrCountry("US", province);
}

function placesOfNumber(e164: string, country: string | null): readonly Place[] {
  const byAreaCode = BY_AREA_CODE.get(e164.slice(1, 1 + AREA_CODE_LENGTH));
  if (byAreaCode !== undefined) return byAreaCode;
  const home = countryPlace(country ?? parsePhoneNumberFromString(e164)?.country ?? "");
  return home === null ? [] : [home];
}

/** A province we do not know (a military post among them) says no more than its country. */
function regionOrCountry(country: string, province: string | null): Place | null {
  const known = province === null ? undefined : REGIONS.get(country)?.get(province);
  return known ?? countryPlace(country);
}

function countryPlace(country: string): Place | null {
  return COUNTRIES.get(country) ?? null;
}

function add(candidates: Place[], found: Place | null): void {
  if (found === null) return;
  if (!candidates.some((known) => isSame(known, found))) candidates.push(found);
}

function isSame(a: Place, b: Place): boolean {
  return a === b || (a.country === b.country && a.region === b.region && isWithin(a, b, true));
}

/** Whether `a` is a part of what `b` names. */
function saysMore(a: Place, b: Place): boolean {
  if (a === b || a.country !== b.country) return false;
  if (b.region !== null && b.region !== a.region) return false;
  return isWithin(a, b, false) && !isSame(a, b);
}

function isWithin(a: Place, b: Place, entirely: boolean): boolean {
  if (entirely && a.timeZones.length !== b.timeZones.length) return false;
  return a.timeZones.every((zone) => b.timeZones.includes(zone));
}

function place(country: string, region: string | null, zones: string): Place {
  return { country, region, timeZones: zones.split(" ") };
}
