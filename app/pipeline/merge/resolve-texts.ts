/**
 * From failures that name a text to what they say of its number: as soon as both the failure and the
 * number are known, whichever was heard first. What nobody tells the number of says nothing.
 */
import type { TextSent, TextTold } from "#app/core/hear/reader.ts";
import type { NumberSaid } from "#app/core/numbers/said.ts";
import type { Turns } from "#app/db/in-turn.ts";
import { loadFailures, storeTextsFailed, storeTextsSent } from "#app/db/text-sent.ts";
import { numberSaidOf } from "./read-messages.ts";

export async function resolveTexts(
  client: Turns,
  shopId: number,
  sent: readonly TextSent[],
  failed: readonly TextTold[],
): Promise<NumberSaid[]> {
  storeTextsFailed(client, shopId, failed);
  const fresh = await storeTextsSent(client, shopId, sent);
  const references = new Set([...fresh, ...failed.map(({ reference }) => reference)]);
  const known = await loadFailures(client, shopId, [...references]);
  return known.map(({ number, statedAt, at, says }) =>
    numberSaidOf({ number, statedAt, at, says }),
  );
}
