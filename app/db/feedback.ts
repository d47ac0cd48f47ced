/**
 * Stops that others still have to be told of, and what was written where. A row is named by its
 * content, so that whoever tells the same stop again adds nothing. Settled rows stay: they are the
 * memory of which entries in the senders' lists are Ringtrue's, and may be removed by it.
 */
import type { Instant } from "#app/core/heard.ts";
import type { Profile } from "#app/core/profile/profile.ts";
import { bury } from "./dead-letters.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

/** Whom it is for: the senders' lists in Customer.io, or Shopify's record of the customer. */
export type FeedbackKind = "customerio" | "shopify";

export type NewFeedback = {
  kind: FeedbackKind;
  /** Hex of a salted digest over what is to be told. */
  reference: string;
  personId: number;
  customerId: string | null;
  /** E.164; for Shopify the number revoked, for Customer.io one that turned out not to be theirs. */
  e164: string | null;
  /** When the stop was said. */
  at: Instant;
};

/** Answers whether there is anything new in it. */
export async function addFeedback(
  client: Queryable,
  shopId: number,
  rows: readonly NewFeedback[],
): Promise<boolean> {
  if (rows.length === 0) return false;
  const { rowCount } = await client.query({
    name: "add-feedback",
    text: `
      INSERT INTO feedback (shop_id, kind, reference, person_id, customer_id, e164, at)
      SELECT $1, kind, reference, person_id, customer_id, e164, at
      FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[])
        AS new (kind, reference, person_id, customer_id, e164, at)
      ON CONFLICT (shop_id, kind, reference) DO NOTHING`,
    values: [
      shopId,
      list(rows.map(({ kind }) => kind)),
      list(rows.map(({ reference }) => reference)),
      list(rows.map(({ personId }) => personId)),
      list(rows.map(({ customerId }) => customerId)),
      list(rows.map(({ e164 }) => e164)),
      list(rows.map(({ at }) => new Date(at).toISOString())),
    ],
  });
  return (rowCount ?? 0) > 0;
}

/** Which of these were ever to be told to Shopify: what it tells of them is our own writing coming back. */
export async function toldToShopify(
  client: Queryable,
  shopId: number,
  references: readonly string[],
): Promise<Set<string>> {
  if (references.length === 0) return new Set();
  const { rows } = await client.query<{ reference: string }>(
    "SELECT reference FROM feedback WHERE shop_id = $1 AND kind = 'shopify' AND reference = ANY($2::text[])",
    [shopId, references],
  );
  return new Set(rows.map(({ reference }) => reference));
}

/** Shops that have something to tell and may: found by the first of each work list, in its own order. */
export async function shopsWithFeedback(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ domain: string }>(
    `SELECT s.domain FROM shop s
     WHERE s.mode <> 'observe' AND s.uninstalled_at IS NULL AND EXISTS (
       SELECT FROM unnest(ARRAY['customerio', 'shopify']) AS wanted (kind)
       CROSS JOIN LATERAL (
         SELECT true FROM feedback f
         WHERE f.shop_id = s.id AND f.kind = wanted.kind AND f.state = 'pending' AND f.due_at <= now()
         ORDER BY f.due_at LIMIT 1
       ) due)`,
  );
  return rows.map(({ domain }) => domain);
}

export type FeedbackDue = {
  id: number;
  personId: number;
  customerId: string | null;
  e164: string | null;
  at: Date;
  attempts: number;
  /** Whom Customer.io knows the person as; null while nobody can be told. */
  address: string | null;
  /** Erased since. */
  isGone: boolean;
  /** Customer.io does not know the person as they are now. */
  isOwed: boolean;
  profile: Profile;
  /** Consent stands for `e164`, by what was decided last. */
  isLifted: boolean;
  /** The senders in whose lists Ringtrue's own entries of this person stand. */
  senders: string[];
};

/** What is due, the latest first: what was said just now waits for no backlog. */
export async function takeFeedback(
  client: Queryable,
  shopId: number,
  kind: FeedbackKind,
  now: Date,
  limit: number,
): Promise<FeedbackDue[]> {
  const { rows } = await client.query<FeedbackDue>({
    name: `take-feedback-${limit}`,
    text: `
      SELECT f.id, f.person_id AS "personId", f.customer_id AS "customerId", f.e164, f.at, f.attempts,
             p.address, p.merged_into IS NOT NULL OR d.decision IS NULL AS "isGone",
             p.version <> p.told_version AS "isOwed", d.decision AS profile,
             n.consent_at IS NOT NULL AS "isLifted", w.senders
      FROM (
        SELECT * FROM feedback
        WHERE shop_id = $1 AND kind = $2 AND state = 'pending' AND due_at <= $3
        ORDER BY due_at DESC, id DESC LIMIT ${limit}
      ) f
      LEFT JOIN LATERAL (SELECT * FROM person WHERE shop_id = $1 AND id = f.person_id OFFSET 0) p ON true
      LEFT JOIN LATERAL (
        SELECT decision FROM profile WHERE shop_id = $1 AND person_id = f.person_id OFFSET 0
      ) d ON true
      LEFT JOIN LATERAL (
        SELECT consent_at FROM person_number
        WHERE shop_id = $1 AND e164 = f.e164 AND person_id = f.person_id OFFSET 0
      ) n ON true
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT sender), '{}') AS senders
        FROM feedback other CROSS JOIN LATERAL unnest(other.senders) AS sender
        WHERE other.shop_id = $1 AND other.person_id = f.person_id
      ) w
      ORDER BY f.due_at DESC, f.id DESC`,
    values: [shopId, kind, now],
  });
  return rows;
}

export async function settleFeedback(
  client: Queryable,
  shopId: number,
  id: number,
  detail: string,
): Promise<void> {
  await client.query(
    `UPDATE feedback SET state = 'done', detail = $3, settled_at = now() WHERE shop_id = $1 AND id = $2`,
    [shopId, id, detail],
  );
}

/** Noted before it is written: an answer that is lost must not leave an entry that nobody removes. */
export async function noteSenders(
  client: Queryable,
  shopId: number,
  id: number,
  senders: readonly string[],
): Promise<void> {
  await client.query(
    "UPDATE feedback SET senders = senders || $3::text[] WHERE shop_id = $1 AND id = $2",
    [shopId, id, senders],
  );
}

export async function forgetSenders(
  client: Queryable,
  shopId: number,
  personId: number,
): Promise<void> {
  await client.query(
    "UPDATE feedback SET senders = '{}' WHERE shop_id = $1 AND person_id = $2 AND senders <> '{}'",
    [shopId, personId],
  );
}

/** One row waits. */
export async function putOffFeedback(
  client: Queryable,
  shopId: number,
  id: number,
  until: Date,
  detail: string,
): Promise<void> {
  await client.query(
    "UPDATE feedback SET due_at = $3, detail = $4, attempts = attempts + 1 WHERE shop_id = $1 AND id = $2",
    [shopId, id, until, detail],
  );
}

/** Whoever is to be told cannot be: everything due for them waits. */
export async function putOffAll(
  client: Queryable,
  shopId: number,
  kind: FeedbackKind,
  now: Date,
  until: Date,
  detail: string,
): Promise<void> {
  await client.query(
    `UPDATE feedback SET due_at = $4, detail = $5, attempts = attempts + 1
     WHERE shop_id = $1 AND kind = $2 AND state = 'pending' AND due_at <= $3`,
    [shopId, kind, now, until, detail],
  );
}

/** What no retry will fix. Runs inside the caller's transaction. */
export async function buryFeedback(
  client: Queryable,
  shop: { id: number; domain: string },
  kind: FeedbackKind,
  id: number,
  detail: string,
): Promise<void> {
  await client.query(
    "UPDATE feedback SET state = 'dead', detail = $3, settled_at = now() WHERE shop_id = $1 AND id = $2",
    [shop.id, id, detail],
  );
  const topic = `feedback/${kind}`;
  const reference = `feedback:${id}`;
  await bury(client, shop.domain, [
    { kind: "outbox", reference, topic, reason: "refused", detail },
  ]);
}

/** Dead rows are due again; answers those that are there. */
export async function reviveFeedback(
  client: Queryable,
  shopId: number,
  ids: readonly number[],
): Promise<{ id: number }[]> {
  const { rows } = await client.query<{ id: number }>(
    `UPDATE feedback SET state = 'pending', due_at = now(), attempts = 0, settled_at = NULL
     WHERE shop_id = $1 AND id = ANY($2::bigint[]) AND state IN ('dead', 'pending') RETURNING id`,
    [shopId, ids],
  );
  return rows;
}
