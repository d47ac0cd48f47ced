// Writes the place tables of app/core/places/data from three downloaded text files:
//
//   node scripts/make-places.ts <map_data.txt> <1.txt> <zone.tab>
//
// map_data.txt and 1.txt are resources/timezones/map_data.txt and resources/geocoding/en/1.txt of
// github.com/google/libphonenumber; zone.tab is the one of github.com/eggert/tz. Format the result.
import { readFileSync, writeFileSync } from "node:fs";

import { areaCodesModule } from "./make-places/area-codes.ts";
import { mergedZones, readZoneTable } from "./make-places/country-zones.ts";
import { readPrefixes } from "./make-places/prefixes.ts";
import { readAreas, regionZones } from "./make-places/regions.ts";
import { zonesModule } from "./make-places/zones-module.ts";

const [mapData, geocoding, zoneTable] = process.argv.slice(2);
if (mapData === undefined || geocoding === undefined || zoneTable === undefined) {
  process.stderr.write("usage: make-places.ts <map_data.txt> <1.txt> <zone.tab>\n");
  process.exit(2);
}
const prefixes = readPrefixes(readFileSync(mapData, "utf8"));
const countries = mergedZones(readZoneTable(readFileSync(zoneTable, "utf8")), prefixes);
const areas = readAreas(readPrefixes(readFileSync(geocoding, "utf8")), prefixes, countries);
write("area-codes.ts", areaCodesModule(areas));
write("zones.ts", zonesModule(countries, regionZones(areas, countries)));

function write(name: string, text: string): void {
  writeFileSync(new URL(`../app/core/places/data/${name}`, import.meta.url), text);
}
