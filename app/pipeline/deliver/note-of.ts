/** What the log says of an item that was taken: what was cut to fit, and whether it came too late for anything to begin on it. */
import { isTooOldToTrigger } from "#app/core/tell/late.ts";
import type { Item } from "./compose.ts";

export function noteOf(item: Item, now: number): string {
  const isLate = item.kind === "event" && isTooOldToTrigger(item.entry.at.getTime(), now);
  const notes = [item.trimmed, isLate ? "older than 72 hours: it triggers nothing" : ""];
  return notes.filter((note) => note !== "").join("; ");
}
