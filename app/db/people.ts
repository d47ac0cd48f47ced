/** Persons: who they are, what was decided of them, and whether Customer.io knows it yet. */
import type { Profile } from "#app/core/profile/profile.ts";
import type { Stage } from "#app/core/profile/stage.ts";
import { inLines } from "./in-lines.ts";
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type PersonRow = {
  id: number;
  clusterId: number;
  anchor: string;
  phone: string | null;
  address: string | null;
  /** JSON as it was written, for telling whether anything changed. */
  decision: string;
  attributes: string;
  holdout: boolean | null;
  nextChangeAt: Date | null;
  held: boolean;
  stage: Stage;
};

const COLUMNS = `p.id, p.cluster_id AS "clusterId", p.anchor, p.phone, p.address, d.decision::text,
  d.attributes::text, p.holdout, p.next_change_at AS "nextChangeAt", p.held_since IS NOT NULL AS held, p.stage`;
const WITH_PROFILE = "person p JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id";

export async function loadPeopleOfClusters(
  client: Queryable,
  shopId: number,
  clusters: readonly number[],
): Promise<PersonRow[]> {
  if (clusters.length === 0) return [];
  const { rows } = await client.query<PersonRow>({
    name: "load-people-of-clusters",
    text: `SELECT ${COLUMNS} FROM ${WITH_PROFILE}
           WHERE p.shop_id = $1 AND p.cluster_id = ANY($2::bigint[]) AND p.merged_into IS NULL ORDER BY p.id`,
    values: [shopId, clusters],
  });
  return rows;
}

export async function loadPeople(
  client: Queryable,
  shopId: number,
  ids: readonly number[],
): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<PersonRow>({
    name: "load-people",
    text: `SELECT ${COLUMNS} FROM ${WITH_PROFILE}
           WHERE p.shop_id = $1 AND p.id = ANY($2::bigint[]) AND p.merged_into IS NULL ORDER BY p.id`,
    values: [shopId, ids],
  });
  return rows;
}

/** Clusters of persons for whom a moment has come: a quiet period over, a confirmation lapsed. */
export async function clustersDue(
  client: Queryable,
  shopId: number,
  asOf: Date,
  limit: number,
): Promise<{ clusters: number[]; more: boolean }> {
  if (limit === 0) return { clusters: [], more: false };
  const { rows } = await client.query<{ cluster_id: number }>({
    name: `clusters-due-${limit}`,
    text: `SELECT cluster_id FROM person
           WHERE next_change_at <= $2 AND shop_id = $1 AND merged_into IS NULL
           ORDER BY next_change_at LIMIT ${limit}`,
    values: [shopId, asOf],
  });
  const clusters = [...new Set(rows.map((row) => row.cluster_id))];
  return { clusters, more: rows.length === limit };
}

/** The cluster whose moment came first is not looked at again before `until`. */
export async function postponeDue(
  client: Queryable,
  shop: string,
  asOf: Date,
  until: Date,
): Promise<void> {
  await client.query(
    `UPDATE person SET next_change_at = $3 WHERE next_change_at <= $2 AND (shop_id, cluster_id) = (
       SELECT p.shop_id, p.cluster_id FROM person p JOIN shop s ON s.id = p.shop_id
       WHERE p.next_change_at <= $2 AND s.domain = $1 AND p.merged_into IS NULL
       ORDER BY p.next_change_at LIMIT 1)`,
    [shop, asOf, until],
  );
}

export type PersonState = {
  clusterId: number;
  profile: Profile;
  decision: string;
  attributes: string;
  address: string | null;
  holdout: boolean | null;
  nextChangeAt: number | null;
  /** What changed is a permission taken away: it overtakes on the way out. */
  urgent: boolean;
  stage: Stage;
};

/** Inserts persons seen for the first time; returns the id of each anchor. */
export async function insertPeople(
  client: Turns,
  shopId: number,
  people: readonly PersonState[],
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const ids = await takeIds(client, people.length);
  client.write({
    name: "insert-people",
    text: `
      INSERT INTO person (shop_id, id, cluster_id, anchor, email, customer_id, address, phone, holdout,
                          next_change_at, urgent, stage, held_since)
      SELECT $1, id, cluster_id, anchor, email, customer_id, address, phone, holdout, next_change_at,
             urgent, stage, CASE WHEN address IS NULL THEN now() END
      FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::boolean[], $10::timestamptz[], $11::boolean[], $12::smallint[])
        AS new (id, cluster_id, anchor, email, customer_id, address, phone, holdout, next_change_at, urgent,
                stage)`,
    values: [shopId, list(ids), ...columnsOf(people)],
  });
  client.write({
    name: "insert-profiles",
    text: `
      INSERT INTO profile (shop_id, person_id, decision, attributes)
      SELECT $1, person_id, decision::json, attributes::json
      FROM unnest($2::bigint[], string_to_array($3, E'\n'), string_to_array($4, E'\n'))
        AS new (person_id, decision, attributes)`,
    values: [shopId, list(ids), ...documentsOf(people)],
  });
  return new Map(people.map(({ profile }, index) => [profile.anchor, ids[index] ?? 0]));
}

async function takeIds(client: Queryable, count: number): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>({
    name: "take-person-ids",
    text: "SELECT nextval('person_id_seq') AS id FROM generate_series(1, $1::int)",
    values: [count],
  });
  return rows.map((row) => row.id);
}

/** Saves changed persons. `tell` raises the version: Customer.io does not know this yet. */
export function updatePeople(
  client: Turns,
  shopId: number,
  people: readonly (PersonState & { id: number; tell: boolean })[],
): void {
  if (people.length === 0) return;
  client.write({
    name: "update-people",
    text: `
      UPDATE person SET
        cluster_id = new.cluster_id, anchor = new.anchor, email = new.email,
        customer_id = new.customer_id, address = new.address, phone = new.phone, holdout = new.holdout,
        next_change_at = new.next_change_at, urgent = person.urgent OR new.urgent,
        stage = new.stage,
        held_since = CASE WHEN new.address IS NULL THEN coalesce(person.held_since, now()) END,
        version = person.version + new.tell::int,
        changed_at = CASE WHEN new.tell THEN now() ELSE person.changed_at END
      FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::boolean[], $10::timestamptz[], $11::boolean[], $12::smallint[], $13::boolean[])
        AS new (id, cluster_id, anchor, email, customer_id, address, phone, holdout, next_change_at,
                urgent, stage, tell)
      WHERE person.shop_id = $1 AND person.id = new.id`,
    values: [
      shopId,
      list(people.map((person) => person.id)),
      ...columnsOf(people),
      list(people.map((person) => person.tell)),
    ],
  });
  client.write({
    name: "update-profiles",
    text: `
      UPDATE profile SET decision = new.decision::json, attributes = new.attributes::json
      FROM unnest($2::bigint[], string_to_array($3, E'\n'), string_to_array($4, E'\n'))
        AS new (person_id, decision, attributes)
      WHERE profile.shop_id = $1 AND profile.person_id = new.person_id`,
    values: [shopId, list(people.map((person) => person.id)), ...documentsOf(people)],
  });
}

function columnsOf(people: readonly PersonState[]): string[] {
  return [
    list(people.map((person) => person.clusterId)),
    list(people.map((person) => person.profile.anchor)),
    list(people.map((person) => person.profile.email)),
    list(people.map((person) => person.profile.customerId)),
    list(people.map((person) => person.address)),
    list(people.map((person) => person.profile.phone?.e164 ?? null)),
    list(people.map((person) => person.holdout)),
    list(
      people.map(({ nextChangeAt }) =>
        nextChangeAt === null ? null : new Date(nextChangeAt).toISOString(),
      ),
    ),
    list(people.map((person) => person.urgent)),
    list(people.map((person) => person.stage)),
  ];
}

function documentsOf(people: readonly PersonState[]): string[] {
  return [
    inLines(people.map((person) => person.decision)),
    inLines(people.map((person) => person.attributes)),
  ];
}

/** Of a person never known to be told, but foretold (an answer was lost): there may be something to take back. */
export const TOLD_PERHAPS = `CASE WHEN EXISTS (
  SELECT FROM told t WHERE t.shop_id = person.shop_id AND t.person_id = person.id) THEN '{}'::json END`;

/**
 * Persons who turned out to be somebody else: what they were told is taken back at delivery, and
 * what was still to be said of them is said of who they are. Where the one who remains goes on under the
 * address that the other was told under, what that profile was told counts as told: it is no news there.
 * `address` is the one of who remains, from now on; to be called before it is saved.
 */
export async function retirePeople(
  client: Queryable,
  shopId: number,
  retired: readonly { id: number; into: number; address: string | null }[],
): Promise<void> {
  if (retired.length === 0) return;
  const values = [shopId, retired.map(({ id }) => id), retired.map(({ into }) => into)];
  await client.query(
    `UPDATE person SET told = gone.told
     FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS one (id, into_id, address)
     JOIN person gone ON gone.shop_id = $1 AND gone.id = one.id AND gone.address = one.address
     WHERE person.shop_id = $1 AND person.id = one.into_id AND gone.told IS NOT NULL
       AND (person.told IS NULL OR person.address IS DISTINCT FROM one.address)`,
    [...values, retired.map(({ address }) => address)],
  );
  await client.query(
    `UPDATE person SET merged_into = gone.into_id, address = NULL, phone = NULL, next_change_at = NULL,
            held_since = NULL, told = coalesce(told, ${TOLD_PERHAPS}), version = version + 1, changed_at = now(), urgent = true
     FROM unnest($2::bigint[], $3::bigint[]) AS gone (id, into_id)
     WHERE person.shop_id = $1 AND person.id = gone.id`,
    values,
  );
  await client.query(
    `UPDATE outbox SET person_id = gone.into_id
     FROM unnest($2::bigint[], $3::bigint[]) AS gone (id, into_id)
     WHERE outbox.shop_id = $1 AND outbox.person_id = gone.id`,
    values,
  );
  await client.query(
    `UPDATE feedback SET person_id = gone.into_id
     FROM unnest($2::bigint[], $3::bigint[]) AS gone (id, into_id)
     WHERE feedback.shop_id = $1 AND feedback.person_id = gone.id`,
    values,
  );
  await client.query(
    "DELETE FROM person_number WHERE shop_id = $1 AND person_id = ANY($2::bigint[])",
    [shopId, retired.map(({ id }) => id)],
  );
}
