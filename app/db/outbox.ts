/** What Customer.io must hear once: events and merges, each under an id made from its content. */
import { inLines } from "./in-lines.ts";
import type { Turns } from "./in-turn.ts";
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

export type NewOutboxItem = {
  eventId: string;
  kind: "event" | "merge";
  name: string;
  personId: number;
  resource: string;
  at: number;
  dueAt: number;
  body: Record<string, unknown>;
};

/**
 * Adds what was never added before. `state` is `observed` while the shop writes nothing. Who turned out
 * to be somebody else while an answer was on its way tells nothing more: who remains tells the change.
 */
export function addToOutbox(
  client: Turns,
  shopId: number,
  items: readonly NewOutboxItem[],
  state: "pending" | "observed",
): void {
  const unique = new Map(items.map((item) => [item.eventId, item]));
  if (unique.size === 0) return;
  const rows = [...unique.values()].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  client.write({
    name: "add-to-outbox",
    text: `
      INSERT INTO outbox (shop_id, event_id, kind, name, person_id, resource, at, due_at, body, state)
      SELECT $1, event_id, kind, name, person_id, resource, at, due_at, body::json, $10
      FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[],
                  $8::timestamptz[], string_to_array($9, E'\n'))
        AS new (event_id, kind, name, person_id, resource, at, due_at, body)
      WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.shop_id = $1 AND o.event_id = new.event_id)
        AND NOT EXISTS (SELECT FROM person p
                        WHERE p.shop_id = $1 AND p.id = new.person_id AND p.merged_into IS NOT NULL)
      ON CONFLICT (shop_id, event_id) DO NOTHING`,
    values: [
      shopId,
      list(rows.map((row) => row.eventId)),
      list(rows.map((row) => row.kind)),
      list(rows.map((row) => row.name)),
      list(rows.map((row) => row.personId)),
      list(rows.map((row) => row.resource)),
      list(rows.map((row) => new Date(row.at).toISOString())),
      list(rows.map((row) => new Date(row.dueAt).toISOString())),
      inLines(rows.map((row) => JSON.stringify(row.body))),
      state,
    ],
  });
}

export type OutboxItem = {
  id: number;
  eventId: string;
  kind: "event" | "merge";
  name: string;
  personId: number;
  resource: string;
  at: Date;
  body: Record<string, unknown>;
  /** Whom the person is told under now. */
  address: string;
};

/** Items that are due, but those in `except`, in the order they were added, of persons who have been told. */
export async function takeDue(
  client: Queryable,
  shopId: number,
  now: Date,
  limit: number,
  testList: readonly string[] | null,
  except: readonly number[],
): Promise<OutboxItem[]> {
  const { rows } = await client.query<OutboxItem>({
    name: `take-due${testList ? "-of-test" : ""}-${limit}`,
    text: `
      SELECT o.id, o.event_id AS "eventId", o.kind, o.name, o.person_id AS "personId", o.resource,
             o.at, o.body, p.address
      FROM outbox o JOIN person p ON p.shop_id = o.shop_id AND p.id = o.person_id
      WHERE o.shop_id = $1 AND o.state = 'pending' AND o.due_at <= $2
        AND p.address IS NOT NULL AND p.told_version > 0
        AND o.id NOT IN (SELECT unnest($3::bigint[]))
        ${testList ? "AND (p.email = ANY($4) OR p.phone = ANY($4) OR p.customer_id = ANY($4))" : ""}
      ORDER BY o.due_at, o.id LIMIT ${limit}`,
    values: [shopId, now, list(except), ...(testList ? [testList] : [])],
  });
  return rows;
}

export type Settlement = "told" | "dead" | "expired" | "dropped";

export async function settleOutbox(
  client: Queryable,
  shopId: number,
  ids: readonly number[],
  state: Settlement,
): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: "settle-outbox",
    text: `UPDATE outbox SET state = $3, settled_at = now()
           WHERE shop_id = $1 AND id = ANY($2::bigint[]) AND state = 'pending'`,
    values: [shopId, list(ids), state],
  });
}
