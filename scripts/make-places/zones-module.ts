// The module that lists the zones of countries and of the regions we tell apart.

import type { CountryZones } from "./country-zones.ts";
import { GOOGLE, head, TZ } from "./provenance.ts";

export function zonesModule(
  countries: ReadonlyMap<string, CountryZones>,
  regions: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): string {
  const byCountry = [...countries].map(([country, { zones }]) => line(country, zones)).join("");
  const byRegion = [...regions].map(([country, known]) => {
    const lines = [...known].toSorted().map(([region, zones]) => line(region, zones));
    return `${country}: {\n${lines.join("")}},\n`;
  });
  return (
    head("The time zones of countries, and of their regions where we tell them apart.", [
      TZ,
      GOOGLE,
    ]) +
    "\n/** ISO 3166-1 alpha-2 → IANA zones, separated by spaces. */\n" +
    `export const COUNTRY_ZONES: Readonly<Record<string, string>> = {\n${byCountry}};\n` +
    "\n/** Country → state, province or territory as Shopify codes it → IANA zones. */\n" +
    "export const REGION_ZONES: Readonly<Record<string, Readonly<Record<string, string>>>> = {\n" +
    `${byRegion.join("")}};\n`
  );
}

function line(key: string, zones: readonly string[]): string {
  return `${key}: ${JSON.stringify(zones.join(" "))},\n`;
}
