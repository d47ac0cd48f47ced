/** What is stored of one person, for showing it to an operator: who matches, and what was told. */
import type { Queryable } from "./queryable.ts";

export type PersonFound = { id: number; clusterId: number; anchor: string };

const FOUND = `p.id, p.cluster_id AS "clusterId", p.anchor`;

/** Persons who have the number (E.164) as their own: who uses it first, then whose yes is latest. */
export async function findHoldersOf(
  client: Queryable,
  shopId: number,
  e164: string,
): Promise<PersonFound[]> {
  const { rows } = await client.query<PersonFound>(
    `SELECT ${FOUND} FROM person_number n
     JOIN person p ON p.shop_id = n.shop_id AND p.id = n.person_id
     WHERE n.shop_id = $1 AND n.e164 = $2 AND n.is_own AND p.merged_into IS NULL
     ORDER BY n.is_phone DESC, n.consent_at DESC NULLS LAST, p.id`,
    [shopId, e164],
  );
  return rows;
}

/** The cluster in which this identity is told apart; null when it was never named. */
export async function findClusterOf(
  client: Queryable,
  shopId: number,
  identity: string,
): Promise<number | null> {
  const { rows } = await client.query<{ cluster_id: number }>(
    "SELECT cluster_id FROM identity WHERE shop_id = $1 AND key = $2",
    [shopId, identity],
  );
  return rows[0]?.cluster_id ?? null;
}

export type TellingState = {
  version: number;
  toldVersion: number;
  /** Profiles that hold something Ringtrue wrote for this person. */
  toldAt: string[];
  heldSince: Date | null;
};

/** How far Customer.io has been told of this person. */
export async function loadTellingState(
  client: Queryable,
  shopId: number,
  personId: number,
): Promise<TellingState> {
  const { rows } = await client.query<TellingState>(
    `SELECT p.version, p.told_version AS "toldVersion", p.held_since AS "heldSince",
            array(SELECT t.address FROM told t WHERE t.shop_id = p.shop_id AND t.person_id = p.id
                  ORDER BY t.address) AS "toldAt"
     FROM person p WHERE p.shop_id = $1 AND p.id = $2`,
    [shopId, personId],
  );
  const row = rows[0];
  if (!row) throw new Error(`there is no person ${personId}`);
  return row;
}

export type DeliveryShown = {
  at: Date;
  kind: string;
  /** The event's name; null for what is no event. */
  name: string | null;
  reference: string;
  status: number;
  outcome: string;
  detail: string;
};

/** What was told of this person, the latest first. */
export async function loadDeliveries(
  client: Queryable,
  shopId: number,
  personId: number,
  limit: number,
): Promise<DeliveryShown[]> {
  const { rows } = await client.query<DeliveryShown>(
    `SELECT d.at, d.kind, o.name, d.reference, d.status, d.outcome, d.detail
     FROM delivery d
     LEFT JOIN outbox o ON o.shop_id = d.shop_id AND o.event_id = d.reference AND d.kind IN ('event', 'merge')
     WHERE d.shop_id = $1 AND d.person_id = $2 ORDER BY d.id DESC LIMIT $3`,
    [shopId, personId, limit],
  );
  return rows;
}

export type EventShown = {
  name: string;
  resource: string;
  at: Date;
  dueAt: Date;
  /** pending, told, dead, expired, dropped, or observed: never to be told. */
  state: string;
};

/** The events of this person, the latest first. */
export async function loadEvents(
  client: Queryable,
  shopId: number,
  personId: number,
  limit: number,
): Promise<EventShown[]> {
  const { rows } = await client.query<EventShown>(
    `SELECT name, resource, at, due_at AS "dueAt", state FROM outbox
     WHERE shop_id = $1 AND person_id = $2 ORDER BY at DESC, id DESC LIMIT $3`,
    [shopId, personId, limit],
  );
  return rows;
}
