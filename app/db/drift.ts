/**
 * Profiles that don't hold what they were told, as found by reading some of them back. One row for a
 * profile; it is resolved, and later forgotten, once a reading agrees.
 */
import type { Attributes } from "#app/core/tell/attributes.ts";
import type { Drift, DriftReason } from "#app/core/tell/drift.ts";
import type { Queryable } from "./queryable.ts";

export type ToReadBack = {
  personId: number;
  address: string;
  version: number;
  stamp: number;
  attributes: Attributes;
  /** Of the attributes, those that were told: what no request could carry was not. */
  names: string[];
  customerId: string | null;
};

/** Told as they are now, with a second that is not after `toldUntil` (unix seconds). */
const TOLD = `
  FROM person p
  JOIN told t ON t.shop_id = p.shop_id AND t.address = p.address
  JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
  WHERE p.shop_id = $1 AND p.merged_into IS NULL AND p.told IS NOT NULL AND p.version = p.told_version
    AND t.person_id = p.id AND t.stamp <= $2`;
const COLUMNS = `p.id AS "personId", p.address, p.version, t.stamp, d.attributes, t.names, p.customer_id AS "customerId"`;

/**
 * Some people from a place among all that `share`, of [0, 1), picks. There is a plan for each `limit`,
 * here and below, so let there be few.
 */
export async function pickTold(
  client: Queryable,
  shopId: number,
  toldUntil: number,
  share: number,
  limit: number,
): Promise<ToReadBack[]> {
  const { rows } = await client.query<ToReadBack>({
    name: `pick-told-${limit}`,
    text: `
      SELECT ${COLUMNS} ${TOLD} AND p.id >= (
        SELECT low + floor((high - low + 1) * $3::float8)::bigint FROM
          (SELECT id AS low FROM person WHERE shop_id = $1 ORDER BY id LIMIT 1) first,
          (SELECT id AS high FROM person WHERE shop_id = $1 ORDER BY id DESC LIMIT 1) last)
      ORDER BY p.id LIMIT ${limit}`,
    values: [shopId, toldUntil, share],
  });
  return rows;
}

/** Those of these people who can be read back. */
export async function loadTold(
  client: Queryable,
  shopId: number,
  toldUntil: number,
  people: readonly number[],
): Promise<ToReadBack[]> {
  if (people.length === 0) return [];
  const { rows } = await client.query<ToReadBack>({
    name: "load-told-to-read-back",
    text: `SELECT ${COLUMNS} ${TOLD} AND p.id = ANY($3::bigint[]) ORDER BY p.id`,
    values: [shopId, toldUntil, people],
  });
  return rows;
}

/**
 * People told for the first time, the latest first, as the newest deliveries after `after` and not after
 * `until` have it; and the place in their log up to which that is.
 */
export async function firstTold(
  client: Queryable,
  shopId: number,
  after: number,
  until: Date,
  limit: number,
): Promise<{ people: number[]; upTo: number }> {
  const { rows } = await client.query<{ id: number; personId: number; isFirst: boolean }>({
    name: `first-told-${limit}`,
    text: `
      SELECT d.id, d.person_id AS "personId",
             d.kind = 'identify' AND d.outcome = 'accepted' AND NOT EXISTS (
               SELECT FROM delivery e WHERE e.shop_id = $1 AND e.person_id = d.person_id AND e.id < d.id
                 AND e.kind = 'identify' AND e.outcome = 'accepted') AS "isFirst"
      FROM (SELECT * FROM delivery WHERE shop_id = $1 AND id > $2 AND at <= $3 ORDER BY id DESC LIMIT ${limit}) d
      ORDER BY d.id DESC`,
    values: [shopId, after, until],
  });
  const people = rows.flatMap(({ personId, isFirst }) => (isFirst ? [personId] : []));
  return { people, upTo: rows[0]?.id ?? after };
}

export type DriftFound = { personId: number; address: string } & Drift;

export async function saveDrift(
  client: Queryable,
  shopId: number,
  { personId, address, reason, names }: DriftFound,
): Promise<void> {
  await client.query({
    name: "save-drift",
    text: `
      INSERT INTO drift (shop_id, address, person_id, reason, names)
      SELECT $1, $2, p.id, $4, $5::json
      FROM (SELECT id FROM person WHERE shop_id = $1 AND id = $3 AND address = $2 FOR SHARE) p
      ON CONFLICT (shop_id, address) DO UPDATE SET
        person_id = excluded.person_id, reason = excluded.reason, names = excluded.names, resolved_at = NULL,
        found_at = CASE WHEN drift.resolved_at IS NULL AND drift.reason = excluded.reason
                        THEN drift.found_at ELSE now() END`,
    values: [shopId, address, personId, reason, JSON.stringify(names)],
  });
}

export async function resolveDrift(
  client: Queryable,
  shopId: number,
  address: string,
): Promise<void> {
  await client.query({
    name: "resolve-drift",
    text: `UPDATE drift SET resolved_at = now() WHERE shop_id = $1 AND address = $2 AND resolved_at IS NULL`,
    values: [shopId, address],
  });
}

/** What was found about addresses nobody is told under any more is no drift. */
export async function resolveDriftOfUntold(client: Queryable, shopId: number): Promise<void> {
  await client.query(
    `UPDATE drift SET resolved_at = now() WHERE shop_id = $1 AND resolved_at IS NULL
       AND NOT EXISTS (SELECT FROM told t WHERE t.shop_id = $1 AND t.address = drift.address)`,
    [shopId],
  );
}

export type DriftOpen = {
  personId: number;
  address: string;
  reason: DriftReason;
  names: string[];
  foundAt: Date;
};

/** Found after `after`, oldest first; pass the last one's time to go on. */
export async function listDrift(
  client: Queryable,
  shopId: number,
  after: Date,
  limit: number,
): Promise<DriftOpen[]> {
  const { rows } = await client.query<DriftOpen>({
    name: `list-drift-${limit}`,
    text: `
      SELECT person_id AS "personId", address, reason, names, found_at AS "foundAt" FROM drift
      WHERE shop_id = $1 AND resolved_at IS NULL AND found_at > $2 ORDER BY found_at LIMIT ${limit}`,
    values: [shopId, after],
  });
  return rows;
}

export async function countDrift(client: Queryable, shopId: number): Promise<number> {
  const { rows } = await client.query<{ open: number }>(
    "SELECT count(*)::int AS open FROM drift WHERE shop_id = $1 AND resolved_at IS NULL",
    [shopId],
  );
  return rows[0]?.open ?? 0;
}

const RESOLVED_DAYS = 30;

/** Resolved ones older than thirty days; drift is rare, so it is looked through whole. */
export async function expireDrift(client: Queryable): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM drift WHERE resolved_at < now() - interval '${RESOLVED_DAYS} days'`,
  );
  return rowCount ?? 0;
}
