/** Whom the workspace's own names mean, as far as Ringtrue knows without asking there. */
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type ProfileNamed = { customerId: string | null; cioId: string | null };

export type PersonNamed = {
  personId: number;
  customer: string | null;
  email: string | null;
  phone: string | null;
};

/**
 * By the profile's own name, where a look at it is noted; else by an `id` that is the Shopify customer
 * id of somebody we know. In the order asked; null where neither tells.
 */
export async function findNamed(
  client: Queryable,
  shopId: number,
  profiles: readonly ProfileNamed[],
): Promise<(PersonNamed | null)[]> {
  const { rows } = await client.query<Omit<PersonNamed, "personId"> & { personId: number | null }>(
    `SELECT p.id AS "personId", p.customer_id AS customer, p.email, p.phone
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (customer_id, cio_id, place)
     LEFT JOIN LATERAL (
       SELECT p.id, p.customer_id, p.email, p.phone FROM person p
       WHERE p.shop_id = $1 AND p.merged_into IS NULL AND p.id = coalesce(
         (SELECT s.person_id FROM profile_seen s
          WHERE s.shop_id = $1 AND s.cio_id = asked.cio_id LIMIT 1),
         (SELECT q.id FROM identity i JOIN person q ON q.shop_id = $1 AND q.cluster_id = i.cluster_id
          WHERE i.shop_id = $1 AND i.key = 'customer:' || asked.customer_id
            AND q.customer_id = asked.customer_id AND q.merged_into IS NULL LIMIT 1))
     ) p ON true
     ORDER BY place`,
    [
      shopId,
      list(profiles.map(({ customerId }) => customerId)),
      list(profiles.map(({ cioId }) => cioId)),
    ],
  );
  return rows.map(({ personId, ...person }) =>
    personId === null ? null : { personId, ...person },
  );
}

/** By email or customer id, whom a profile that was looked at shows. */
export async function findPerson(
  client: Queryable,
  shopId: number,
  { email, customer }: { email: string | null; customer: string | null },
): Promise<PersonNamed | null> {
  const key = email === null ? `customer:${customer}` : `email:${email}`;
  const { rows } = await client.query<PersonNamed>(
    `SELECT p.id AS "personId", p.customer_id AS customer, p.email, p.phone
     FROM identity i JOIN person p ON p.shop_id = i.shop_id AND p.cluster_id = i.cluster_id
     WHERE i.shop_id = $1 AND i.key = $2 AND p.merged_into IS NULL
       AND (p.email = $3 OR p.customer_id = $4) LIMIT 1`,
    [shopId, key, email, customer],
  );
  return rows[0] ?? null;
}

/** Of these people, for whom Ringtrue itself wrote opt-outs since then, or is about to. */
export async function writtenByUs(
  client: Queryable,
  shopId: number,
  people: readonly number[],
  since: Date,
): Promise<Set<number>> {
  if (people.length === 0) return new Set();
  const { rows } = await client.query<{ personId: number }>(
    `SELECT DISTINCT person_id AS "personId" FROM feedback
     WHERE shop_id = $1 AND person_id = ANY($2::bigint[]) AND kind = 'customerio'
       AND state IN ('pending', 'done') AND coalesce(settled_at, now()) >= $3`,
    [shopId, list(people), since],
  );
  return new Set(rows.map(({ personId }) => personId));
}
