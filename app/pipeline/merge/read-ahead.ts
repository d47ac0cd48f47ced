/**
 * Reads the next messages of a shop before the batch begins, and where there is one before it, while the
 * database is busy with that: what a message says depends on nothing else. Whether they are still to do
 * is only seen under the lock.
 */
import { setImmediate as giveWay } from "node:timers/promises";
import type { PendingKey, PendingMessage } from "#app/db/pending.ts";
import { glimpsePending } from "#app/db/pending.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { BatchRead } from "./read-messages.ts";
import { readMessage } from "./read-messages.ts";

export type ReadAhead = {
  messages: ReadonlyMap<number, PendingMessage>;
  readings: ReadonlyMap<number, BatchRead>;
};

export const NOTHING_AHEAD: ReadAhead = { messages: new Map(), readings: new Map() };

/** Milliseconds of reading in one go would keep the batch from its next statement. */
const AT_A_TIME = 20;

export async function readAhead(
  client: Queryable,
  shop: string,
  size: { rows: number; bytes: number },
  after: PendingKey,
): Promise<ReadAhead> {
  const messages = await glimpsePending(client, shop, size.rows, size.bytes, after);
  const readings = new Map<number, BatchRead>();
  for (const message of messages) {
    readings.set(message.id, readMessage(message, shop));
    if (readings.size % AT_A_TIME === 0) await giveWay();
  }
  return { messages: new Map(messages.map((message) => [message.id, message])), readings };
}
