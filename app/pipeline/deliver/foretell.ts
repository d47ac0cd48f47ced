/**
 * What is about to be told is written down before it is sent. An answer can be lost after the
 * telling was worked in, and so can the process that waited for it; by then the state may be another
 * one. What a profile may hold must be known all the same, so that all of it is removed when its time
 * comes, and so that no later telling carries a time that was used before.
 */
import type { ToldRow } from "#app/db/tellings.ts";
import { forgetTold, saveTold } from "#app/db/tellings.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Item } from "./compose.ts";

type Identify = Extract<Item, { kind: "identify" }>;

/** Durable when it resolves: not part of the transaction that settles the answer. */
export async function foretell(
  client: Queryable,
  shop: WorkingShop,
  items: readonly Item[],
): Promise<void> {
  await saveTold(
    client,
    shop.id,
    items.flatMap((item) => {
      if (item.kind === "identify") return [foretold(item)];
      return item.kind === "withdraw" ? [{ ...item.before, stamp: item.operation.timestamp }] : [];
    }),
  );
}

/** What the profile may hold until the answer is known: what it was told before and what it is told now. */
export function foretold({ before, now }: Identify): ToldRow {
  if (!before) return now;
  return { ...now, names: [...new Set([...before.names, ...now.names])] };
}

/** Items that were certainly not worked in: nothing of theirs will ever have to be removed. */
export async function takeBack(
  client: Queryable,
  shop: WorkingShop,
  items: readonly Item[],
): Promise<void> {
  const refused = items.flatMap((item) => (item.kind === "identify" ? [item] : []));
  const known = refused.flatMap(({ before, now }) =>
    before ? [{ ...before, stamp: now.stamp }] : [],
  );
  const unknown = refused.flatMap(({ before, now }) => (before ? [] : [now]));
  await saveTold(client, shop.id, known);
  await forgetTold(client, shop.id, unknown);
}
