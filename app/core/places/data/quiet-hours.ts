/**
 * When marketing texts may arrive, by the recipient's own clock: engineering facts, no legal advice.
 *
 * As of 2026-11-20. Sources disagree; where they do, the stricter hours stand. What a country says
 * holds in all of its regions; a region can only narrow it. Keyword replies, confirmations and order
 * updates are not marketing and not bound.
 *
 * Not in the table: Sundays and public holidays on which Alabama, Louisiana, Mississippi, Rhode
 * Island, Utah and Pennsylvania restrict *unsolicited calls* (their rules exempt consent or existing
 * customers, or name calls only), and how many texts a day Florida and Oklahoma allow (three).
 */

/** Local hours, `[from, until)`; 21.5 is half past nine in the evening. */
export type Hours = readonly [from: number, until: number];

export type QuietHoursRule = {
  country: string;
  /** Null: the whole country. */
  regions: readonly string[] | null;
  weekdays: Hours;
  saturdays: Hours;
  sundays: Hours;
  source: string;
};

export const QUIET_HOURS_VERSION = "2026-11-20";

export const QUIET_HOURS: readonly QuietHoursRule[] = [
  {
    country: "US",
    regions: null,
    ...everyDay(8, 21),
    source: "TCPA, 47 CFR 64.1200(c)(1); Virginia the same (SB 1339, 2026)",
  },
  {
    country: "US",
    regions: ["FL", "OK"],
    ...everyDay(8, 20),
    source: "Fla. Stat. 501.059 (FTSA) and Oklahoma's act like it",
  },
  {
    country: "US",
    regions: ["AL", "LA", "MA", "MD", "MS", "NJ", "WA"],
    ...everyDay(8, 20),
    source: "the states' telemarketing acts, as usestello.com/compliance (2026-04-08) lists them",
  },
  {
    country: "US",
    regions: ["CT"],
    ...everyDay(9, 20),
    source: "Conn. Gen. Stat. 42-288a (SB 1058, 2023-10-01)",
  },
  {
    country: "US",
    regions: ["CA", "IL", "MI", "MN"],
    ...everyDay(9, 21),
    source: "usestello.com/compliance (2026-04-08); Illinois 8 to 21 in others",
  },
  {
    country: "US",
    regions: ["KY"],
    ...everyDay(10, 21),
    source: "KRS 367.46955(3)",
  },
  {
    country: "US",
    regions: ["TX"],
    weekdays: [9, 21],
    saturdays: [9, 21],
    sundays: [12, 21],
    source: "SB 140 (2025-09-01)",
  },
  {
    country: "US",
    regions: ["RI"],
    weekdays: [9, 18],
    saturdays: [10, 17],
    sundays: [10, 17],
    source: "support.referrizer.com, TCPA quiet hours; the strictest state",
  },
  {
    country: "CA",
    regions: null,
    weekdays: [9, 21.5],
    saturdays: [10, 18],
    sundays: [10, 18],
    source: "CRTC's telemarketing hours, taken for texts too",
  },
];

/** Where nothing is known of the law: hours at which nobody would call a text rude. */
export const ELSEWHERE: Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays"> = everyDay(
  9,
  20,
);

function everyDay(
  from: number,
  until: number,
): Pick<QuietHoursRule, "weekdays" | "saturdays" | "sundays"> {
  const hours: Hours = [from, until];
  return { weekdays: hours, saturdays: hours, sundays: hours };
}
