/** What Customer.io knows: whom it must be told about, and what each profile was told. */
import { inLines } from "./in-lines.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type ToldSummary = {
  phone: string | null;
  source: string | null;
  consent: string;
  candidate: string | null;
  customerId: string | null;
  settingsVersion: number;
};

export type PersonToTell = {
  id: number;
  version: number;
  address: string | null;
  mergedInto: number | null;
  attributes: Record<string, string | number | boolean>;
  decision: unknown;
  told: ToldSummary | null;
  stamp: number;
  changedAt: Date;
};

/**
 * Persons Customer.io does not know as they are, but those in `except`: permissions taken away first.
 * There is a plan for each `limit`, so let there be few.
 */
export async function takePeopleToTell(
  client: Queryable,
  shopId: number,
  limit: number,
  testList: readonly string[] | null,
  except: readonly number[],
): Promise<PersonToTell[]> {
  const { rows } = await client.query<PersonToTell>({
    name: `take-people-to-${testList ? "test" : "tell"}-${limit}`,
    text: `
      SELECT p.id, p.version, p.address, p.merged_into AS "mergedInto", d.attributes, d.decision, p.told,
             p.stamp, p.changed_at AS "changedAt"
      FROM (
        SELECT * FROM person
        WHERE shop_id = $1 AND version <> told_version AND (address IS NOT NULL OR told IS NOT NULL)
          AND id NOT IN (SELECT unnest($2::bigint[]))
          ${testList ? "AND (email = ANY($3) OR phone = ANY($3) OR customer_id = ANY($3))" : ""}
        ORDER BY urgent DESC, changed_at, id LIMIT ${limit}
      ) p
      CROSS JOIN LATERAL (
        SELECT attributes, decision FROM profile WHERE shop_id = $1 AND person_id = p.id OFFSET 0
      ) d
      ORDER BY p.urgent DESC, p.changed_at, p.id`,
    values: [shopId, list(except), ...(testList ? [testList] : [])],
  });
  return rows;
}

export type ToldRow = { address: string; personId: number; names: string[]; stamp: number };

/** What the profiles of these persons, and at these addresses, were told. */
export async function loadTold(
  client: Queryable,
  shopId: number,
  people: readonly number[],
  addresses: readonly string[],
): Promise<ToldRow[]> {
  const { rows } = await client.query<ToldRow>({
    name: "load-told",
    text: `
      SELECT address, person_id AS "personId", names, stamp FROM told
      WHERE shop_id = $1 AND address = ANY($3::text[])
      UNION ALL
      SELECT address, person_id, names, stamp FROM told
      WHERE shop_id = $1 AND person_id = ANY($2::bigint[]) AND address <> ALL($3::text[])`,
    values: [shopId, list(people), list(addresses)],
  });
  return rows;
}

/** What these persons were told last, by their ids; who was told nothing is missing, and who left it to somebody else. */
export async function loadSummaries(
  client: Queryable,
  shopId: number,
  people: readonly number[],
): Promise<Map<number, ToldSummary>> {
  if (people.length === 0) return new Map();
  const { rows } = await client.query<{ id: number; told: ToldSummary }>(
    `SELECT id, told FROM person
     WHERE shop_id = $1 AND id = ANY($2::bigint[]) AND told IS NOT NULL AND merged_into IS NULL`,
    [shopId, people],
  );
  return new Map(rows.map(({ id, told }) => [id, told]));
}

/** Which of these addresses somebody else is told under by now. */
export async function addressesInUse(
  client: Queryable,
  shopId: number,
  addresses: readonly string[],
): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const { rows } = await client.query<{ address: string }>(
    `SELECT DISTINCT address FROM person
     WHERE shop_id = $1 AND address = ANY($2::text[]) AND merged_into IS NULL`,
    [shopId, addresses],
  );
  return new Set(rows.map((row) => row.address));
}

export type PersonTold = {
  id: number;
  version: number;
  /** Null when what was told has been taken back everywhere. */
  told: ToldSummary | null;
  stamp: number;
};

/**
 * The version that was sent is known there now; a later one still has to be told. Whoever lost the
 * shop's lock while waiting for an answer changes nothing that was told since.
 */
export async function markTold(
  client: Queryable,
  shopId: number,
  people: readonly PersonTold[],
): Promise<void> {
  if (people.length === 0) return;
  await client.query({
    name: "mark-told",
    text: `
      UPDATE person SET told_version = t.version, told = nullif(t.told, '')::json, stamp = t.stamp,
             urgent = person.urgent AND person.version <> t.version
      FROM unnest($2::bigint[], $3::int[], string_to_array($4, E'\n'), $5::bigint[])
        AS t (id, version, told, stamp)
      WHERE person.shop_id = $1 AND person.id = t.id AND person.stamp <= t.stamp`,
    values: [
      shopId,
      list(people.map((person) => person.id)),
      list(people.map((person) => person.version)),
      inLines(people.map((person) => person.told && JSON.stringify(person.told))),
      list(people.map((person) => person.stamp)),
    ],
  });
}

/** What a later telling wrote of an address stays. */
export async function saveTold(
  client: Queryable,
  shopId: number,
  rows: readonly ToldRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: "save-told",
    text: `
      INSERT INTO told (shop_id, address, person_id, names, stamp)
      SELECT $1, address, person_id, names::json, stamp
      FROM unnest($2::text[], $3::bigint[], string_to_array($4, E'\n'), $5::bigint[])
        AS new (address, person_id, names, stamp)
      ON CONFLICT (shop_id, address) DO UPDATE SET
        person_id = excluded.person_id, names = excluded.names, stamp = excluded.stamp
      WHERE told.stamp <= excluded.stamp`,
    values: [
      shopId,
      list(rows.map((row) => row.address)),
      list(rows.map((row) => row.personId)),
      inLines(rows.map((row) => JSON.stringify(row.names))),
      list(rows.map((row) => row.stamp)),
    ],
  });
}

/** `stamp` is that of the telling that emptied the address: what was written later stays. */
export async function forgetTold(
  client: Queryable,
  shopId: number,
  rows: readonly Pick<ToldRow, "address" | "stamp">[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `DELETE FROM told USING unnest($2::text[], $3::bigint[]) AS gone (address, stamp)
     WHERE told.shop_id = $1 AND told.address = gone.address AND told.stamp <= gone.stamp`,
    [shopId, list(rows.map((row) => row.address)), list(rows.map((row) => row.stamp))],
  );
}
