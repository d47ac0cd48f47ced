/** The shop's delivery as a whole: whether it waits, until when and why; and the log of what was told. */
import type { Queryable } from "./queryable.ts";

export type DeliveryState = { pausedUntil: Date | null; attempts: number; reason: string | null };

export async function loadDeliveryState(client: Queryable, shopId: number): Promise<DeliveryState> {
  const { rows } = await client.query<DeliveryState>({
    name: "load-delivery-state",
    text: `SELECT paused_until AS "pausedUntil", attempts, reason FROM delivery_state WHERE shop_id = $1`,
    values: [shopId],
  });
  return rows[0] ?? { pausedUntil: null, attempts: 0, reason: null };
}

export async function pauseDelivery(
  client: Queryable,
  shopId: number,
  until: Date,
  reason: string,
): Promise<void> {
  await client.query(
    `INSERT INTO delivery_state (shop_id, paused_until, attempts, reason) VALUES ($1, $2, 1, $3)
     ON CONFLICT (shop_id) DO UPDATE SET
       paused_until = excluded.paused_until, attempts = delivery_state.attempts + 1, reason = excluded.reason`,
    [shopId, until, reason],
  );
}

export async function countDelivered(
  client: Queryable,
  shopId: number,
  items: number,
): Promise<void> {
  await client.query({
    name: "count-delivered",
    text: `INSERT INTO delivery_state (shop_id, delivered) VALUES ($1, $2)
           ON CONFLICT (shop_id) DO UPDATE SET
             delivered = delivery_state.delivered + excluded.delivered,
             paused_until = NULL, attempts = 0, reason = NULL`,
    values: [shopId, items],
  });
}

export type DeliveryEntry = {
  kind: "identify" | "withdraw" | "event" | "merge";
  personId: number | null;
  reference: string;
  status: number;
  outcome: "accepted" | "refused";
  detail: string;
};

export async function logDeliveries(
  client: Queryable,
  shopId: number,
  entries: readonly DeliveryEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: "log-deliveries",
    text: `INSERT INTO delivery (shop_id, kind, person_id, reference, status, outcome, detail)
           SELECT $1, kind, person_id, reference, status, outcome, detail
           FROM unnest($2::text[], $3::bigint[], $4::text[], $5::int[], $6::text[], $7::text[])
             AS new (kind, person_id, reference, status, outcome, detail)`,
    values: [
      shopId,
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.personId),
      entries.map((entry) => entry.reference),
      entries.map((entry) => entry.status),
      entries.map((entry) => entry.outcome),
      entries.map((entry) => entry.detail.slice(0, 300)),
    ],
  });
}
