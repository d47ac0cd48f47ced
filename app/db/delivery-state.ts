/** The shop's delivery as a whole: whether it waits, until when and why; and the log of what was told. */
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
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

/** The shop waits for others' sake: its workspace is left alone until then. It tried nothing itself. */
export async function holdDelivery(
  client: Queryable,
  shopId: number,
  until: Date,
  reason: string | null,
): Promise<void> {
  await client.query(
    `INSERT INTO delivery_state (shop_id, paused_until, reason) VALUES ($1, $2, $3)
     ON CONFLICT (shop_id) DO UPDATE SET paused_until = excluded.paused_until, reason = excluded.reason`,
    [shopId, until, reason],
  );
}

/** One more attempt in vain. */
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

export function countDelivered(client: Turns, shopId: number, items: number): void {
  client.write({
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

export function logDeliveries(
  client: Turns,
  shopId: number,
  entries: readonly DeliveryEntry[],
): void {
  if (entries.length === 0) return;
  client.write({
    name: "log-deliveries",
    text: `INSERT INTO delivery (shop_id, kind, person_id, reference, status, outcome, detail)
           SELECT $1, kind, person_id, reference, status, outcome, detail
           FROM unnest($2::text[], $3::bigint[], $4::text[], $5::int[], $6::text[], $7::text[])
             AS new (kind, person_id, reference, status, outcome, detail)`,
    values: [
      shopId,
      list(entries.map((entry) => entry.kind)),
      list(entries.map((entry) => entry.personId)),
      list(entries.map((entry) => entry.reference)),
      list(entries.map((entry) => entry.status)),
      list(entries.map((entry) => entry.outcome)),
      list(entries.map((entry) => entry.detail.slice(0, 300))),
    ],
  });
}
