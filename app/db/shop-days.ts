/** What happened in a shop, counted by day (UTC) in the transactions in which it happens. */
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export const DAY_COUNTS = [
  "messages_understood",
  "people_new",
  "consents_given",
  "stops",
  "numbers_changed",
  "became_eligible",
  "lost_eligibility",
  "told_people",
  "told_events",
  "dead_letters",
] as const;
export type DayCount = (typeof DAY_COUNTS)[number];
export type DayCounts = Partial<Record<DayCount, number>>;

/** The day of a moment in milliseconds since 1970, as `2026-11-16`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** $1 shop, $2 day, $3 names, $4 counts. */
export const ADD_TO_DAY = `
  INSERT INTO shop_day (shop_id, day, name, count)
  SELECT $1::int, $2::date, name, count FROM unnest($3::text[], $4::bigint[]) AS new (name, count)
  ON CONFLICT (shop_id, day, name) DO UPDATE SET count = shop_day.count + excluded.count`;

/** The names and counts that are not zero, always in one order, so that two writers never wait in a circle. */
export function dayValues(counts: DayCounts): [names: string, counts: string] {
  const names = DAY_COUNTS.filter((name) => (counts[name] ?? 0) !== 0);
  return [list(names), list(names.map((name) => counts[name] ?? 0))];
}

/** Does nothing when everything is zero. Inside the transaction in which it happened. */
export async function countDay(
  client: Queryable,
  shopId: number,
  at: number,
  counts: DayCounts,
): Promise<void> {
  const [names, values] = dayValues(counts);
  if (names === list([])) return;
  await client.query({
    name: "count-day",
    text: ADD_TO_DAY,
    values: [shopId, dayOf(at), names, values],
  });
}

export type ShopDay = { day: string; counts: Record<DayCount, number> };

/** The last `days` days up to the one of `now`, the oldest first; a day without anything is all zeros. */
export async function readDays(
  client: Queryable,
  shopId: number,
  days: number,
  now: number,
): Promise<ShopDay[]> {
  const wanted = Array.from({ length: days }, (_, back) => {
    return dayOf(now - (days - 1 - back) * 86_400_000);
  });
  const { rows } = await client.query<{ day: string; name: string; count: number }>(
    "SELECT day::text, name, count FROM shop_day WHERE shop_id = $1 AND day >= $2::date",
    [shopId, wanted[0] ?? dayOf(now)],
  );
  const known = new Map(rows.map(({ day, name, count }) => [`${day} ${name}`, count]));
  return wanted.map((day) => {
    const counts = DAY_COUNTS.map((name) => [name, known.get(`${day} ${name}`) ?? 0] as const);
    return { day, counts: Object.fromEntries(counts) as Record<DayCount, number> };
  });
}

/** Days older than `keepDays`. */
export async function expireDays(client: Queryable, keepDays: number): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM shop_day USING shop s
     WHERE shop_day.shop_id = s.id AND shop_day.day < (now() AT TIME ZONE 'UTC')::date - $1::int`,
    [keepDays],
  );
  return rowCount ?? 0;
}
