/**
 * What a batch heard becomes persons: kept, folded with everything known before, judged and saved.
 */
import { recordOf } from "#app/core/consent/chain.ts";
import type { Observation } from "#app/core/heard.ts";
import type { Policy, ReadNumber } from "#app/core/policy.ts";
import { createPolicy } from "#app/core/policy.ts";
import { clustersHaving } from "#app/db/holders.ts";
import { appendToLedger } from "#app/db/ledger.ts";
import { loadObservations } from "#app/db/observations.ts";
import { loadPeopleOfClusters } from "#app/db/people.ts";
import type { Turns } from "#app/db/in-turn.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Met } from "./fold-clusters.ts";
import { foldPerson, meetPeople } from "./fold-clusters.ts";
import type { HeardInBatch } from "./keep-heard.ts";
import { keepHeard } from "./keep-heard.ts";
import { knowNumbers } from "./know-numbers.ts";
import type { Saved } from "./save-people.ts";
import { savePeople } from "./save-people.ts";

/** `due` are the clusters whose moment has come, whatever was heard. */
export async function mergeHeard(
  client: Turns,
  shop: WorkingShop,
  heard: HeardInBatch,
  due: readonly number[],
  read: ReadNumber,
  now: number,
): Promise<Saved> {
  const policy = createPolicy(shop.settings, read);
  const { clusters, fresh } = await keepHeard(client, shop, heard, policy);
  for (const cluster of due) clusters.add(cluster);
  if (clusters.size === 0) return { toTell: "nothing", toTellOthers: false };
  const met = await meetClusters(client, shop, clusters, fresh, policy);
  let known = await knowNumbers(client, shop, met, policy);
  const talking = await clustersHaving(client, shop.id, known.talking);
  const more = talking.filter((cluster) => !clusters.has(cluster));
  if (more.length > 0) {
    // Whether a text proves a number to be somebody's hangs on who else has it.
    met.push(...(await meetClusters(client, shop, new Set(more), new Map(), policy)));
    known = await knowNumbers(client, shop, met, policy);
  }
  const folded = met.map((one) => foldPerson(one, known.knownFor(one), policy, now));
  const records = folded.flatMap(({ decision, person }) =>
    decision.acts.map((act) => recordOf(act, person.anchor)),
  );
  await appendToLedger(client, shop.id, shop.salt, records);
  return savePeople(client, shop, folded, now);
}

/** Of a fresh cluster everything there is was heard just now; the others are read. */
async function meetClusters(
  client: Queryable,
  shop: WorkingShop,
  clusters: ReadonlySet<number>,
  fresh: ReadonlyMap<number, Observation[]>,
  policy: Policy,
): Promise<Met[]> {
  const heard = new Map(fresh);
  const stored = [...clusters].filter((cluster) => !heard.has(cluster));
  for (const [cluster, told] of await loadObservations(client, shop.id, stored)) {
    heard.set(cluster, told);
  }
  return meetPeople(heard, await loadPeopleOfClusters(client, shop.id, stored), policy);
}
