/** How long what was just accepted had been known: of people only, since an event may have had to wait. */
import type { ItemRefused } from "#app/customerio/answer.ts";
import type { Item } from "./compose.ts";

export function waitsOf(
  items: readonly Item[],
  refused: readonly ItemRefused[],
  now: number,
): number[] {
  const lost = new Set(refused.map(({ index }) => index));
  return items.flatMap((item, index) =>
    item.kind === "identify" && !lost.has(index) ? [now - item.person.changedAt.getTime()] : [],
  );
}
