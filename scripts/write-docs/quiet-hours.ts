// docs/quiet-hours.md: when a marketing text may arrive, by place, from the table the app runs on.
import type { Hours, QuietHoursRule } from "../../app/core/places/data/quiet-hours.ts";
import {
  ELSEWHERE,
  QUIET_HOURS,
  QUIET_HOURS_VERSION,
} from "../../app/core/places/data/quiet-hours.ts";
import { weekOf } from "../../app/core/places/lawful-hours.ts";
import { GENERATED, page, table } from "./markdown.ts";

const COUNTRY_NAMES: Readonly<Record<string, string>> = { US: "United States", CA: "Canada" };

export function quietHoursDoc(): string {
  return page([
    "# Quiet hours",
    GENERATED,
    "Ringtrue tells Customer.io two whole hours for each shopper whose whereabouts it knows: `sms_window_start` and `sms_window_end`. " +
      "From the first up to, but not including, the second a marketing text may arrive *today*, by the shopper's own clock. Where " +
      "neither attribute is there, no hour is safe: send nothing that can wait.",
    `**This is no legal advice.** The table is what public sources said on ${QUIET_HOURS_VERSION}. They disagree; where they do, the ` +
      "stricter hours stand. Ask counsel before you rely on it, and narrow it further wherever you like.",
    "## The hours",
    table(
      ["where", "Monday to Friday", "Saturday", "Sunday", "source"],
      [
        ...QUIET_HOURS.map((rule) => row(whereOf(rule), rule, rule.source)),
        row("an unknown state of the United States", allStates(), "all of the above together"),
        row("elsewhere", ELSEWHERE, "nothing is known: a decision of ours, not the law"),
      ],
    ),
    "A country's hours hold in all of its regions; a region can only narrow them. Half hours are rounded to the stricter side: " +
      "Canada's 21:30 becomes 21. Territories (Puerto Rico, Guam …) have the hours of the United States.",
    "## Where a shopper is",
    "Ringtrue counts every place that the shopper's own addresses (state or province) and number (area code, else country) speak for. " +
      "When they disagree, a window has to be lawful in *all* of them: a Californian number with an address in New York gets 12 to 18, " +
      "because at 12 on either clock it is past 9 in California, and at 18 on either clock it is not yet 21 in New York. An area code " +
      "of the address's own state tells which part of it; a number that belongs to no place (toll-free) adds nothing to an address.",
    "When all places share one time zone it can be told as `timezone` (off until switched on). Where they don't, none is told, and the " +
      "window holds on the clock of each of them.",
    "A number that may be anywhere in the United States, and a shopper on two continents, have no window: their nights leave none.",
    "## What is not in the table",
    "- Public holidays, and Sundays on which some states (Alabama, Louisiana, Mississippi) restrict unsolicited calls.\n" +
      "- How often: Florida and Oklahoma allow three texts in 24 hours on one matter.\n" +
      "- Order updates, confirmations and answers to STOP or HELP: they are not marketing, and quiet hours do not bind them.",
    "## In a journey",
    "Compare the hour in the shopper's time zone with both attributes right before the text, and wait until the next day's window " +
      "when it is past. Ringtrue tells new hours when a weekend, a change of clocks or a new address makes them other ones.",
  ]);
}

function row(
  where: string,
  hours: Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays">,
  source: string,
): string[] {
  return [where, range(hours.weekdays), range(hours.saturdays), range(hours.sundays), source];
}

function whereOf({ country, regions }: QuietHoursRule): string {
  return regions === null ? (COUNTRY_NAMES[country] ?? country) : regions.join(", ");
}

function allStates(): Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays"> {
  const [sundays, weekdays] = weekOf({ country: "US", region: null });
  const saturdays = weekOf({ country: "US", region: null })[6];
  const none: Hours = [0, 0];
  return { weekdays: weekdays ?? none, saturdays: saturdays ?? none, sundays: sundays ?? none };
}

function range([from, until]: Hours): string {
  return from < until ? `${clock(from)}–${clock(until)}` : "none";
}

function clock(hour: number): string {
  const minutes = Math.round((hour % 1) * 60);
  return `${String(Math.floor(hour)).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
