// The module that tells area codes apart, one row for all codes with the same answer.

import { GOOGLE, head } from "./provenance.ts";
import type { Area } from "./regions.ts";

export function areaCodesModule(areas: readonly Area[]): string {
  const rows = Map.groupBy(areas, ({ country, regions, zones }) =>
    JSON.stringify([country, regions.join(" "), zones.join(" ")]),
  );
  const lines = [...rows].toSorted().map(([key, codes]) => {
    const tail = JSON.stringify(codes.map(({ code }) => code).join(" "));
    return `  ${key.slice(0, -1)},${tail}],\n`;
  });
  return (
    head("What the first four digits of a +1 or +55 number say of its place.", [GOOGLE]) +
    "\n/** A country, its regions and zones, and the codes (with the calling code) that may mean any of them. */\n" +
    "export type AreaCodes = readonly [country: string, regions: string, zones: string, codes: string];\n\n" +
    `export const AREA_CODES: readonly AreaCodes[] = [\n${lines.join("")}];\n`
  );
}
