/**
 * Keeps what a batch heard: observations under their documents, what was said of numbers under those
 * numbers, every stop in the ledger at once. Answers which clusters have to be looked at for it.
 */
import type { ConsentAct } from "#app/core/consent/act.ts";
import type { ConsentRecord } from "#app/core/consent/chain.ts";
import { recordOf } from "#app/core/consent/chain.ts";
import { stopTold } from "#app/core/consent/records.ts";
import { actOfText } from "#app/core/consent/texts.ts";
import type { TextSent, TextTold } from "#app/core/hear/reader.ts";
import type { Observation } from "#app/core/heard.ts";
import { customerKey, identitiesNamed } from "#app/core/identity.ts";
import type { NumberSaid } from "#app/core/numbers/said.ts";
import type { Policy } from "#app/core/policy.ts";
import { clustersHaving } from "#app/db/holders.ts";
import { toldToShopify } from "#app/db/feedback.ts";
import type { Turns } from "#app/db/in-turn.ts";
import { joinIdentities } from "#app/db/identities.ts";
import { appendToLedger, digestOf } from "#app/db/ledger.ts";
import { storeNumbersSaid } from "#app/db/numbers-known.ts";
import type { NewObservation } from "#app/db/observations.ts";
import { onceEach, storeObservations } from "#app/db/observations.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { resolveTexts } from "./resolve-texts.ts";
import { shopifyReference } from "./tell-others.ts";

const ID_DIGITS = 32;

export type HeardInBatch = {
  observations: readonly NewObservation[];
  ofNumbers: readonly NumberSaid[];
  sent: readonly TextSent[];
  ofTexts: readonly TextTold[];
};

export type Kept = {
  /** Clusters that something new was heard of. */
  clusters: Set<number>;
  /** Of clusters that are new themselves, everything there is. */
  fresh: Map<number, Observation[]>;
};

export async function keepHeard(
  client: Turns,
  shop: WorkingShop,
  { observations, ofNumbers: named, sent, ofTexts }: HeardInBatch,
  policy: Policy,
): Promise<Kept> {
  const kept = await keepObservations(client, shop, observations);
  const ofNumbers = [...named, ...(await resolveTexts(client, shop.id, sent, ofTexts))];
  const stops = await withoutOwnWritings(client, shop, stopsTold(observations, policy));
  const said = [...ofNumbers, ...stops.flatMap((stop) => stopSaid(stop, shop))];
  storeNumbersSaid(client, shop.id, shop.salt, said);
  await appendToLedger(client, shop.id, shop.salt, recordsOf(stops, ofNumbers));
  const numbers = said.map(({ number }) => number);
  for (const cluster of await clustersHaving(client, shop.id, numbers)) kept.clusters.add(cluster);
  return kept;
}

async function keepObservations(
  client: Turns,
  shop: WorkingShop,
  observations: readonly NewObservation[],
): Promise<Kept> {
  const kept: Kept = { clusters: new Set(), fresh: new Map() };
  if (observations.length === 0) return kept;
  const news = onceEach(observations);
  const changed = await storeObservations(client, shop.id, news);
  const groups = news.map(({ document, says }) => [document, ...identitiesNamed(says)]);
  const { clusterOf, fresh } = await joinIdentities(client, shop.id, groups);
  for (const observation of news) {
    const cluster = clusterOf.get(observation.document);
    if (cluster === undefined) continue;
    if (changed.has(observation.document)) kept.clusters.add(cluster);
    if (fresh.has(cluster)) addTo(kept.fresh, cluster, observation);
  }
  return kept;
}

function addTo(heard: Map<number, Observation[]>, cluster: number, observation: Observation): void {
  const known = heard.get(cluster);
  if (known) known.push(observation);
  else heard.set(cluster, [observation]);
}

type StopTold = { id: string; customer: string; act: ConsentAct };

/** The stops that records of Shopify's tell, each with the name of its telling. */
function stopsTold(observations: readonly NewObservation[], policy: Policy): StopTold[] {
  return observations.flatMap((observation) => {
    const { id, says } = observation;
    const act = stopTold(observation, policy);
    return act === null || says.kind !== "consent" ? [] : [{ id, customer: says.customer, act }];
  });
}

/** What Ringtrue wrote to Shopify and hears again was said before, by whom it concerns. */
async function withoutOwnWritings(
  client: Turns,
  shop: WorkingShop,
  stops: readonly StopTold[],
): Promise<StopTold[]> {
  if (stops.length === 0) return [];
  const nameOf = ({ customer, act: { number, at } }: StopTold): string =>
    number === null ? "" : shopifyReference(shop.salt, customer, number, at);
  const own = await toldToShopify(client, shop.id, stops.map(nameOf));
  return stops.filter((stop) => !own.has(nameOf(stop)));
}

/** The name is salted: it outlives the record, of which it must tell nothing. */
function stopSaid({ id, act: { number, at } }: StopTold, { salt }: WorkingShop): NumberSaid[] {
  if (number === null) return [];
  const name = digestOf(salt, `stop ${id}`).slice(0, ID_DIGITS);
  return [{ number, id: name, at, says: { kind: "stop", by: "shopify" } }];
}

/** What counts whoever has the number is recorded whether or not anybody has it yet. */
function recordsOf(stops: readonly StopTold[], ofNumbers: readonly NumberSaid[]): ConsentRecord[] {
  const records = stops.map(({ act, customer }) => recordOf(act, customerKey(customer)));
  for (const said of ofNumbers) {
    const act = actOfText(said);
    if (act) records.push(recordOf(act, `number:${said.says.kind}`));
  }
  return records;
}
