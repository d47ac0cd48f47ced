/**
 * One batch of one shop, in one transaction that begins with the shop's lock: messages become
 * observations, observations persons, persons versions to tell. Everything written is named by its
 * content, so doing it again changes nothing, and the pending rows go in the same transaction.
 */
import type pg from "pg";
import { createPolicy } from "#app/core/policy.ts";
import type { Observation } from "#app/core/heard.ts";
import type { Policy, ReadNumber } from "#app/core/policy.ts";
import { stopTold } from "#app/core/consent/acts.ts";
import { customerKey, identitiesNamed } from "#app/core/identity.ts";
import { bury } from "#app/db/dead-letters.ts";
import { clustersHaving } from "#app/db/holders.ts";
import { joinIdentities } from "#app/db/identities.ts";
import type { LedgerEntry } from "#app/db/ledger.ts";
import { appendToLedger, loadStops } from "#app/db/ledger.ts";
import type { NewObservation } from "#app/db/observations.ts";
import { loadObservations, onceEach, storeObservations } from "#app/db/observations.ts";
import { clustersDue, loadPeopleOfClusters } from "#app/db/people.ts";
import type { PendingMessage } from "#app/db/pending.ts";
import { settlePending, takePending } from "#app/db/pending.ts";
import type { Queryable } from "#app/db/queryable.ts";
import { lockForTransaction } from "#app/db/shop-lock.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadShopId, loadWorkingShop } from "#app/db/working-shop.ts";
import { carryOut } from "../privacy/carry-out.ts";
import { markUninstalled } from "../privacy/uninstall.ts";
import { foldPerson, meetPeople, numbersIn } from "./fold-clusters.ts";
import type { BatchRead } from "./read-messages.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { NOTHING_AHEAD } from "./read-ahead.ts";
import { readMessages } from "./read-messages.ts";
import { savePeople } from "./save-people.ts";

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
  | { kind: "busy" }
  | {
      kind: "merged";
      taken: number;
      buried: number;
      toTell: "urgent" | "some" | "nothing";
      more: boolean;
    };

/** Runs inside the caller's transaction. `now` in milliseconds since 1970. */
export async function mergeBatch(
  client: pg.ClientBase,
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
  const messages = await takePending(client, domain, size.rows, size.bytes, {
    known: ahead.messages,
  });
  size.onTaken?.(messages);
  if (!shop) return buryAll(client, domain, messages, "unknown_shop");
  const heard = readMessages(messages, domain, ahead.readings);
  const uninstalled = await settleLife(client, shop, heard, messages);
  const buried = heard.dead.length;
  await bury(client, domain, heard.dead);
  const observations = uninstalled ? [] : heard.observations;
  const due = await clustersDue(client, shop.id, new Date(now), size.due);
  const toTell = await mergeObservations(client, shop, observations, due.clusters, read, now);
  await carryOut(client, shop, uninstalled, heard.privacy);
  await settlePending(client, domain, messages);
  return {
    kind: "merged",
    taken: messages.length,
    buried,
    toTell,
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
  const unheard = new Set(heard.observations.map(({ messageId }) => messageId));
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

async function mergeObservations(
  client: Queryable,
  shop: WorkingShop,
  observations: readonly NewObservation[],
  due: readonly number[],
  read: ReadNumber,
  now: number,
): Promise<"urgent" | "some" | "nothing"> {
  const policy = createPolicy(shop.settings, read);
  const clusters = new Set(due);
  const heard = new Map<number, Observation[]>();
  if (observations.length > 0) {
    const news = onceEach(observations);
    const changed = await storeObservations(client, shop.id, news);
    const groups = news.map(({ document, says }) => [document, ...identitiesNamed(says)]);
    const { clusterOf, fresh } = await joinIdentities(client, shop.id, groups);
    for (const observation of news) {
      const cluster = clusterOf.get(observation.document);
      if (cluster === undefined) continue;
      if (changed.has(observation.document)) clusters.add(cluster);
      if (fresh.has(cluster)) addTo(heard, cluster, observation);
    }
    for (const cluster of await clustersStopped(client, shop, observations, policy))
      clusters.add(cluster);
  }
  if (clusters.size === 0) return "nothing";
  // Of a fresh cluster everything there is was heard just now.
  const stored = [...clusters].filter((cluster) => !heard.has(cluster));
  for (const [cluster, told] of await loadObservations(client, shop.id, stored))
    heard.set(cluster, told);
  const rows = await loadPeopleOfClusters(client, shop.id, stored);
  const met = meetPeople(heard, rows, policy);
  const stops = await loadStops(client, shop.id, shop.salt, numbersIn(met));
  const folded = met.map((one) => foldPerson(one, stops, policy, now));
  await appendToLedger(
    client,
    shop.id,
    shop.salt,
    folded.flatMap(({ decision, person }) =>
      decision.acts.map((act) => ({ act, identity: person.anchor })),
    ),
  );
  return savePeople(client, shop, folded);
}

function addTo(heard: Map<number, Observation[]>, cluster: number, observation: Observation): void {
  const known = heard.get(cluster);
  if (known) known.push(observation);
  else heard.set(cluster, [observation]);
}

/** A stop counts for everybody who has the number, so they are all looked at again. */
async function clustersStopped(
  client: Queryable,
  shop: WorkingShop,
  observations: readonly NewObservation[],
  policy: Policy,
): Promise<number[]> {
  const stopped: string[] = [];
  const entries: LedgerEntry[] = [];
  for (const observation of observations) {
    const act = stopTold(observation, policy);
    if (act === null || observation.says.kind !== "consent") continue;
    entries.push({ act, identity: customerKey(observation.says.customer) });
    if (act.number !== null) stopped.push(act.number);
  }
  await appendToLedger(client, shop.id, shop.salt, entries);
  return clustersHaving(client, shop.id, stopped);
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
  return { kind: "merged", taken: length, buried: length, toTell: "nothing", more: length > 0 };
}
