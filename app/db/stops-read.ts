/** Whether what was read of others' stops still counts, by the shop's row alone. */
import type { WorkingShop } from "./working-shop.ts";

/** Read in while observing, it counts for going live on the same day. */
const COUNTS_FOR_MS = 86_400_000;

/** `of` is the digest of the connection as it is now. */
export function areStopsRead(
  { stopsRead, liveSince }: Pick<WorkingShop, "stopsRead" | "liveSince">,
  of: string,
): boolean {
  if (stopsRead.at === null || stopsRead.of !== of) return false;
  return liveSince === null || stopsRead.at.getTime() > liveSince.getTime() - COUNTS_FOR_MS;
}
