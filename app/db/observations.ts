/**
 * Observations: immutable tellings, stored under their document and named by their content. Storing
 * one again changes nothing but the earliest receipt, which bounds its times.
 */
import type { Observation, Saying } from "#app/core/heard.ts";
import { inLines } from "./in-lines.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type NewObservation = Observation & { messageId: number };

/** Each telling once, with its earliest times, in the order of their names. */
export function onceEach(observations: readonly NewObservation[]): NewObservation[] {
  const unique = new Map<string, NewObservation>();
  for (const observation of observations) {
    const known = unique.get(observation.id);
    unique.set(observation.id, known ? earlier(known, observation) : observation);
  }
  return [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Stores what is new of these (`onceEach`) and returns the documents that changed by it. */
export async function storeObservations(
  client: Queryable,
  shopId: number,
  rows: readonly NewObservation[],
): Promise<Set<string>> {
  const { rows: changed } = await client.query<{ document: string }>({
    name: "store-observations",
    text: `
      INSERT INTO observation AS known
        (shop_id, document, id, told_at, triggered_at, received_at, message_id, content)
      SELECT $1, document, decode(id, 'hex'), told_at, triggered_at, received_at, message_id, content::json
      FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
                  $7::bigint[], string_to_array($8, E'\n'))
        AS new (document, id, told_at, triggered_at, received_at, message_id, content)
      ON CONFLICT (shop_id, document, id) DO UPDATE SET
        told_at = least(known.told_at, excluded.told_at),
        triggered_at = least(known.triggered_at, excluded.triggered_at),
        received_at = least(known.received_at, excluded.received_at)
      WHERE excluded.told_at < known.told_at
         OR excluded.triggered_at < known.triggered_at
         OR excluded.received_at < known.received_at
      RETURNING document`,
    values: [
      shopId,
      list(rows.map((row) => row.document)),
      list(rows.map((row) => row.id)),
      list(rows.map((row) => new Date(row.toldAt).toISOString())),
      list(rows.map((row) => new Date(row.triggeredAt).toISOString())),
      list(rows.map((row) => new Date(row.receivedAt).toISOString())),
      list(rows.map((row) => row.messageId)),
      inLines(rows.map((row) => JSON.stringify(row.says))),
    ],
  });
  return new Set(changed.map((row) => row.document));
}

function earlier(a: NewObservation, b: NewObservation): NewObservation {
  return {
    ...a,
    toldAt: Math.min(a.toldAt, b.toldAt),
    triggeredAt: Math.min(a.triggeredAt, b.triggeredAt),
    receivedAt: Math.min(a.receivedAt, b.receivedAt),
  };
}

type ObservationRow = {
  cluster_id: number;
  document: string;
  id: string;
  told_at: Date;
  triggered_at: Date;
  received_at: Date;
  content: Saying;
};

/** Everything heard of the clusters' documents, by cluster. */
export async function loadObservations(
  client: Queryable,
  shopId: number,
  clusters: readonly number[],
): Promise<Map<number, Observation[]>> {
  if (clusters.length === 0) return new Map();
  const { rows } = await client.query<ObservationRow>({
    name: "load-observations",
    text: `
      SELECT i.cluster_id, o.document, encode(o.id, 'hex') AS id,
             o.told_at, o.triggered_at, o.received_at, o.content
      FROM identity i
      JOIN observation o ON o.shop_id = i.shop_id AND o.document = i.key
      WHERE i.shop_id = $1 AND i.cluster_id = ANY($2::bigint[])`,
    values: [shopId, list(clusters)],
  });
  const heard = new Map<number, Observation[]>(clusters.map((cluster) => [cluster, []]));
  for (const row of rows) {
    heard.get(row.cluster_id)?.push({
      document: row.document,
      id: row.id,
      toldAt: row.told_at.getTime(),
      triggeredAt: row.triggered_at.getTime(),
      receivedAt: row.received_at.getTime(),
      says: row.content,
    });
  }
  return heard;
}
