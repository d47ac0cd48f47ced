/** Who has which number as their own: what the rules about shared and common numbers read. */
import type { Instant } from "#app/core/heard.ts";
import type { NumberHad } from "#app/core/profile/profile.ts";
import type { Turns } from "./in-turn.ts";
import type { Queryable } from "./queryable.ts";

export type Holder = {
  e164: string;
  personId: number;
  anchor: string;
  isPhone: boolean;
  consentAt: Instant | null;
  /** When this person last ordered. */
  orderedAt: Instant | null;
};

/** Beyond this many holders nothing about the rest matters: the number is nobody's own. */
const ENOUGH = 8;

export async function loadHolders(
  client: Queryable,
  shopId: number,
  numbers: readonly string[],
  except: readonly number[],
): Promise<Holder[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<HolderRow>({
    name: "load-holders",
    text: `
      SELECT h.e164, h.person_id, h.is_phone, h.consent_at
      FROM unnest($2::text[]) AS asked (e164)
      CROSS JOIN LATERAL (
        SELECT n.e164, n.person_id, n.is_phone, n.consent_at FROM person_number n
        WHERE n.shop_id = $1 AND n.e164 = asked.e164 AND n.is_own
        ORDER BY n.e164, n.person_id LIMIT $3
      ) h`,
    values: [shopId, numbers, ENOUGH + except.length],
  });
  const known = new Set(except);
  const others = rows.filter((row) => !known.has(row.person_id));
  const people = await loadHoldersThemselves(
    client,
    shopId,
    others.map((row) => row.person_id),
  );
  return others.flatMap((row) => {
    const person = people.get(row.person_id);
    if (person === undefined) return [];
    const { e164, person_id: personId, is_phone: isPhone } = row;
    return [{ ...person, e164, personId, isPhone, consentAt: row.consent_at?.getTime() ?? null }];
  });
}

type HolderRow = { e164: string; person_id: number; is_phone: boolean; consent_at: Date | null };

async function loadHoldersThemselves(
  client: Queryable,
  shopId: number,
  people: readonly number[],
): Promise<Map<number, Pick<Holder, "anchor" | "orderedAt">>> {
  if (people.length === 0) return new Map();
  const { rows } = await client.query<{ id: number; anchor: string; ordered_at: number | null }>({
    name: "load-holders-themselves",
    text: `SELECT p.id, p.anchor, (d.decision->'commerce'->>'lastOrderedAt')::bigint AS ordered_at
           FROM person p JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
           WHERE p.shop_id = $1 AND p.id = ANY($2::bigint[])`,
    values: [shopId, people],
  });
  return new Map(rows.map((row) => [row.id, { anchor: row.anchor, orderedAt: row.ordered_at }]));
}

/** The clusters of everybody who has or had one of these numbers: a stop concerns them all. */
export async function clustersHaving(
  client: Queryable,
  shopId: number,
  numbers: readonly string[],
): Promise<number[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<{ cluster_id: number }>(
    `SELECT DISTINCT p.cluster_id FROM person_number n
     JOIN person p ON p.shop_id = n.shop_id AND p.id = n.person_id
     WHERE n.shop_id = $1 AND n.e164 = ANY($2::text[])`,
    [shopId, numbers],
  );
  return rows.map((row) => row.cluster_id);
}

/** Since when others than these persons have had these numbers as their own, by anchor. */
export async function loadOwnSince(
  client: Queryable,
  shopId: number,
  numbers: readonly string[],
  except: readonly number[],
): Promise<{ e164: string; anchor: string; since: Instant }[]> {
  if (numbers.length === 0) return [];
  const { rows } = await client.query<{ e164: string; anchor: string; since: Date }>(
    `SELECT n.e164, p.anchor, n.since FROM person_number n
     JOIN person p ON p.shop_id = n.shop_id AND p.id = n.person_id
     WHERE n.shop_id = $1 AND n.e164 = ANY($2::text[]) AND n.is_own AND n.person_id <> ALL($3::bigint[])`,
    [shopId, numbers, except],
  );
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}

/** A number as it stands with one person. */
export type NumberKept = Omit<NumberHad, "e164"> & { isPhone: boolean };

/** The numbers these persons had until now. */
export async function loadNumbersOf(
  client: Queryable,
  shopId: number,
  people: readonly number[],
): Promise<Map<number, Map<string, NumberKept>>> {
  const had = new Map<number, Map<string, NumberKept>>();
  if (people.length === 0) return had;
  const { rows } = await client.query<{
    person_id: number;
    e164: string;
    is_phone: boolean;
    is_own: boolean;
    since: Date;
    consent_at: Date | null;
  }>({
    name: "load-numbers-of",
    text: `SELECT person_id, e164, is_phone, is_own, since, consent_at FROM person_number
           WHERE shop_id = $1 AND person_id = ANY($2::bigint[])`,
    values: [shopId, people],
  });
  for (const row of rows) {
    const numbers = had.get(row.person_id) ?? new Map<string, NumberKept>();
    numbers.set(row.e164, {
      isPhone: row.is_phone,
      isOwn: row.is_own,
      since: row.since.getTime(),
      consentAt: row.consent_at?.getTime() ?? null,
    });
    had.set(row.person_id, numbers);
  }
  return had;
}

/** Saves who has what from now on. */
export function saveNumbers(
  client: Turns,
  shopId: number,
  gained: readonly (NumberKept & { personId: number; e164: string })[],
  lost: readonly { personId: number; e164: string }[],
): void {
  if (lost.length > 0) {
    client.write({
      name: "lose-numbers",
      text: `DELETE FROM person_number USING unnest($2::text[], $3::bigint[]) AS gone (e164, person_id)
             WHERE person_number.shop_id = $1 AND person_number.e164 = gone.e164
               AND person_number.person_id = gone.person_id`,
      values: [shopId, lost.map((row) => row.e164), lost.map((row) => row.personId)],
    });
  }
  if (gained.length === 0) return;
  client.write({
    name: "save-numbers",
    text: `
      INSERT INTO person_number (shop_id, e164, person_id, is_phone, consent_at, is_own, since)
      SELECT $1, e164, person_id, is_phone, consent_at, is_own, since
      FROM unnest($2::text[], $3::bigint[], $4::boolean[], $5::timestamptz[], $6::boolean[], $7::timestamptz[])
        AS new (e164, person_id, is_phone, consent_at, is_own, since)
      ON CONFLICT (shop_id, e164, person_id) DO UPDATE SET
        is_phone = excluded.is_phone, consent_at = excluded.consent_at,
        is_own = excluded.is_own, since = excluded.since`,
    values: [
      shopId,
      gained.map((row) => row.e164),
      gained.map((row) => row.personId),
      gained.map((row) => row.isPhone),
      gained.map((row) => (row.consentAt === null ? null : new Date(row.consentAt).toISOString())),
      gained.map((row) => row.isOwn),
      gained.map((row) => new Date(row.since).toISOString()),
    ],
  });
}
