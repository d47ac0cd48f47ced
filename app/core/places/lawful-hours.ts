/**
 * The hours a place allows on each day of the week.
 *
 * All rules that may apply are taken together: the country's and the region's, and for a country
 * whose regions differ, those of *all* its regions while the region is unknown.
 */
import type { Hours, QuietHoursRule } from "./data/quiet-hours.ts";
import { ELSEWHERE, QUIET_HOURS } from "./data/quiet-hours.ts";
import type { Place } from "./place.ts";

/** Seven days, Sunday first. A day without lawful hours has `from >= until`. */
export type Week = readonly Hours[];

const weeks = new Map<string, Map<string | null, Week>>();

export function weekOf({ country, region }: Pick<Place, "country" | "region">): Week {
  let known = weeks.get(country);
  if (known === undefined) weeks.set(country, (known = new Map<string | null, Week>()));
  let week = known.get(region);
  if (week === undefined) known.set(region, (week = strictest(rulesFor(country, region))));
  return week;
}

function rulesFor(
  country: string,
  region: string | null,
): readonly Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays">[] {
  const rules = QUIET_HOURS.filter((rule) => rule.country === country);
  if (rules.length === 0) return [ELSEWHERE];
  return rules.filter(
    ({ regions }) => regions === null || region === null || regions.includes(region),
  );
}

function strictest(
  rules: readonly Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays">[],
): Week {
  const days = ["sundays", ...Array<"weekdays">(5).fill("weekdays"), "saturdays"] as const;
  return days.map((day) => [
    Math.max(...rules.map((rule) => rule[day][0])),
    Math.min(...rules.map((rule) => rule[day][1])),
  ]);
}
