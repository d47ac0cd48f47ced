/**
 * Identities and the clusters they form. Identities named together belong to one cluster; clusters
 * only grow together, never apart, and what is in one is told apart by app/core/people.
 */
import { randomInt } from "node:crypto";
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

/** Cluster ids need no sequence: two that collided would merely be read together. */
const CLUSTER_ID_MAX = 2 ** 48 - 1;

export type Joined = {
  /** The cluster of each identity. */
  clusterOf: Map<string, number>;
  /** Clusters that nothing was stored of before: whatever is known of them was named just now. */
  fresh: ReadonlySet<number>;
};

/**
 * Files every group of identities named together under one cluster. Clusters that a group joins
 * become one, with their persons.
 */
export async function joinIdentities(
  client: Turns,
  shopId: number,
  groups: readonly (readonly string[])[],
): Promise<Joined> {
  const keys = [...new Set(groups.flat())].sort();
  const known = await loadClusters(client, shopId, keys);
  const clusterOf = new Map(known);
  const joined = new Map<number, number>();
  const fresh = new Set<number>();
  const rootOf = (cluster: number): number => {
    let root = cluster;
    for (let next = joined.get(root); next !== undefined; next = joined.get(root)) root = next;
    return root;
  };
  for (const group of groups) {
    const clusters = new Set<number>();
    for (const key of group) {
      const cluster = clusterOf.get(key);
      if (cluster !== undefined) clusters.add(rootOf(cluster));
    }
    const root = clusters.size > 0 ? eldest(clusters, fresh) : randomInt(1, CLUSTER_ID_MAX);
    if (clusters.size === 0) fresh.add(root);
    for (const cluster of clusters) if (cluster !== root) joined.set(cluster, root);
    for (const key of group) if (!clusterOf.has(key)) clusterOf.set(key, root);
  }
  for (const [key, cluster] of clusterOf) clusterOf.set(key, rootOf(cluster));
  insertNew(
    client,
    shopId,
    keys.filter((key) => !known.has(key)),
    clusterOf,
  );
  if (joined.size > 0) await joinClusters(client, shopId, joined, rootOf);
  return { clusterOf, fresh };
}

/** A cluster that is stored already goes on, so that what is fresh holds nothing but what is new. */
function eldest(clusters: ReadonlySet<number>, fresh: ReadonlySet<number>): number {
  const stored = [...clusters].filter((cluster) => !fresh.has(cluster));
  return Math.min(...(stored.length > 0 ? stored : clusters));
}

async function loadClusters(
  client: Queryable,
  shopId: number,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ key: string; cluster_id: number }>({
    name: "load-clusters",
    text: "SELECT key, cluster_id FROM identity WHERE shop_id = $1 AND key = ANY($2::text[])",
    values: [shopId, list(keys)],
  });
  return new Map(rows.map((row) => [row.key, row.cluster_id]));
}

function insertNew(
  client: Turns,
  shopId: number,
  keys: readonly string[],
  clusterOf: ReadonlyMap<string, number>,
): void {
  if (keys.length === 0) return;
  client.write({
    name: "insert-identities",
    text: `INSERT INTO identity (shop_id, key, cluster_id)
           SELECT $1, key, cluster_id FROM unnest($2::text[], $3::bigint[]) AS new (key, cluster_id)`,
    values: [shopId, list(keys), list(keys.map((key) => clusterOf.get(key) ?? null))],
  });
}

async function joinClusters(
  client: Queryable,
  shopId: number,
  joined: ReadonlyMap<number, number>,
  rootOf: (cluster: number) => number,
): Promise<void> {
  const from = [...joined.keys()];
  const into = from.map(rootOf);
  for (const table of ["identity", "person"] as const) {
    await client.query(
      `UPDATE ${table} SET cluster_id = j.into_id
       FROM unnest($2::bigint[], $3::bigint[]) AS j (from_id, into_id)
       WHERE ${table}.shop_id = $1 AND ${table}.cluster_id = j.from_id`,
      [shopId, from, into],
    );
  }
}
