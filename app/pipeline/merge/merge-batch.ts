/**
 * One batch of one shop, in one transaction that begins with the shop's lock: messages become
 * observations, observations persons, persons versions to tell. Everything written is named by its
 * content, so doing it again changes nothing, and the pending rows go in the same transaction.
 */
import type { ReadNumber } from "#app/core/policy.ts";
import { bury } from "#app/db/dead-letters.ts";
import { clustersDue } from "#app/db/people.ts";
import type { PendingMessage } from "#app/db/pending.ts";
import { settlePending, takePending } from "#app/db/pending.ts";
import { countDay } from "#app/db/shop-days.ts";
import type { Turns } from "#app/db/in-turn.ts";
import type { Queryable } from "#app/db/queryable.ts";
import { lockForTransaction } from "#app/db/shop-lock.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadShopId, loadWorkingShop } from "#app/db/working-shop.ts";
import { carryOut } from "../privacy/carry-out.ts";
import { markUninstalled } from "../privacy/uninstall.ts";
import type { HeardInBatch } from "./keep-heard.ts";
import { mergeHeard } from "./merge-heard.ts";
import type { BatchRead } from "./read-messages.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { NOTHING_AHEAD } from "./read-ahead.ts";
import { readMessages } from "./read-messages.ts";
import type { Saved } from "./save-people.ts";

const NOTHING_HEARD: HeardInBatch = { observations: [], ofNumbers: [], sent: [], ofTexts: [] };

export type BatchSize = {
  rows: number;
  bytes: number;
  /** Persons whose moment has come: at most so many are looked at again, too. */
  due: number;
  /** Called with what was taken, before anything is done with it. */
  onTaken?: (messages: readonly PendingMessage[]) => void;
  /** What was read of them already. */
  ahead?: ReadAhead;
};

export type MergeOutcome =
  /** Somebody else is at it, and will finish it. */
  { kind: "busy" } | ({ kind: "merged"; taken: number; buried: number; more: boolean } & Saved);

/** Runs inside the caller's transaction. `now` in milliseconds since 1970. */
export async function mergeBatch(
  client: Turns,
  domain: string,
  size: BatchSize,
  read: ReadNumber,
  now: number,
): Promise<MergeOutcome> {
  const { ahead = NOTHING_AHEAD } = size;
  const key = await loadShopId(client, domain);
  if (!(await lockForTransaction(client, "merge", key ?? 0))) return { kind: "busy" };
  // Read under the lock: who changes the policy takes it too, and has everybody looked at again.
  const shop = key === null ? null : await loadWorkingShop(client, domain);
  const messages = await takePending(client, domain, size.rows, size.bytes, ahead.messages);
  size.onTaken?.(messages);
  if (!shop) return buryAll(client, domain, messages, "unknown_shop");
  const heard = readMessages(messages, domain, ahead.readings);
  const uninstalled = await settleLife(client, shop, heard, messages);
  const buried = heard.dead.length;
  await bury(client, domain, heard.dead);
  const news = uninstalled ? NOTHING_HEARD : heard;
  const due = await clustersDue(client, shop.id, new Date(now), size.due);
  const saved = await mergeHeard(client, shop, news, due.clusters, read, now);
  await countDay(client, shop.id, now, { messages_understood: messages.length - buried });
  // What is settled may be erased.
  await settlePending(client, domain, messages);
  await carryOut(client, shop, uninstalled, heard.privacy);
  return {
    kind: "merged",
    taken: messages.length,
    buried,
    ...saved,
    more: messages.length === size.rows || due.more,
  };
}

/** An uninstalled shop is not listened to any more, except for what the law asks of us. */
async function settleLife(
  client: Queryable,
  shop: WorkingShop,
  heard: BatchRead,
  messages: readonly PendingMessage[],
): Promise<boolean> {
  const leaves = heard.uninstalledAt !== null && heard.uninstalledAt >= shop.installedAt.getTime();
  if (leaves) await markUninstalled(client, shop, new Date(heard.uninstalledAt ?? 0));
  if (!leaves && shop.uninstalledAt === null) return false;
  const unheard = new Set(
    [...heard.observations, ...heard.ofNumbers, ...heard.ofTexts].map(({ messageId }) => messageId),
  );
  for (const { id, topic } of messages) {
    if (!unheard.has(id)) continue;
    const detail = "the shop had uninstalled the app";
    heard.dead.push({
      kind: "inbox",
      reference: String(id),
      topic,
      reason: "uninstalled_shop",
      detail,
    });
  }
  return true;
}

async function buryAll(
  client: Queryable,
  domain: string,
  messages: readonly PendingMessage[],
  reason: string,
): Promise<MergeOutcome> {
  const detail = "no such shop is installed";
  await bury(
    client,
    domain,
    messages.map(({ id, topic }) => ({
      kind: "inbox",
      reference: String(id),
      topic,
      reason,
      detail,
    })),
  );
  await settlePending(client, domain, messages);
  const { length } = messages;
  const saved = { toTell: "nothing", toTellOthers: false } as const;
  return { kind: "merged", taken: length, buried: length, ...saved, more: length > 0 };
}
