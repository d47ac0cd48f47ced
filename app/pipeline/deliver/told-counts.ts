/** What a batch that was taken adds to the shop's day. */
import type { DayCounts } from "#app/db/shop-days.ts";
import type { Item } from "./compose.ts";

export function toldCounts(taken: readonly Item[]): DayCounts {
  const people = taken.filter(({ kind }) => kind === "identify").length;
  return { told_people: people, told_events: taken.filter(({ kind }) => kind === "event").length };
}
