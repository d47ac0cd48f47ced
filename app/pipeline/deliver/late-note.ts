/** What the log says of an event that came too late for anything to begin on it. */
import { isTooOldToTrigger } from "#app/core/tell/late.ts";
import type { Item } from "./compose.ts";

export function lateNote(item: Item, now: number): string {
  const isLate = item.kind === "event" && isTooOldToTrigger(item.entry.at.getTime(), now);
  return isLate ? "older than 72 hours: it triggers nothing" : "";
}
