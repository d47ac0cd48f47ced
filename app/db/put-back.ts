/**
 * Undoing what Ringtrue wrote to a shop's workspace: what is asked for, how far it is, and the rows
 * it works through. `told` is the work list: a profile leaves it once it is as it was.
 */
import type pg from "pg";
import type { Attributes } from "#app/core/tell/attributes.ts";
import type { Turns } from "./in-turn.ts";
import { inTurn } from "./in-turn.ts";
import { list } from "./list.ts";
import { PUT_BACK_DAYS } from "./profile-seen.ts";
import type { Queryable } from "./queryable.ts";
import { BEGIN_WORK } from "./work-transaction.ts";
import type { WorkingShop } from "./working-shop.ts";

export const PUT_BACK = "put-back";

/** `put_back`: what stood before stands again. `clear`: what Ringtrue wrote is removed, no more. */
export type UndoKind = "put_back" | "clear";

export type UndoCounts = {
  /** Profiles that are as they were, or cleared. */
  profiles: number;
  valuesPutBack: number;
  attributesRemoved: number;
  /** Permissions that stood before, of people who have said stop: Ringtrue's no stays. */
  permissionsWithheld: number;
  /** Of the profiles, those nobody had looked at: only what Ringtrue wrote was removed. */
  neverLookedAt: number;
  /** Profiles Customer.io refused to have changed; they stay known as told. */
  refused: number;
};

export type Undo = {
  kind: UndoKind;
  /** Profiles there were to do when it began. */
  total: number;
  counts: UndoCounts;
  /** The last address that is done. */
  after: string;
  /** Null while it is under way. `mode_changed`: the shop was told to write again meanwhile. */
  ended: "done" | "mode_changed" | null;
};

export type UndoBegun =
  | { kind: "begun"; total: number }
  | { kind: "under_way" }
  | { kind: "not_connected" }
  | { kind: "nothing_told" }
  /** Live for more than thirty days: what stood before is no longer kept. */
  | { kind: "too_late"; liveSince: Date };

const DAY_MS = 86_400_000;

/** The shop observes from now on, and a worker undoes what was told. */
export async function beginUndo(
  pool: pg.Pool,
  shop: WorkingShop,
  kind: UndoKind,
  now: Date,
): Promise<UndoBegun> {
  if (shop.credentials === null) return { kind: "not_connected" };
  const { profiles: total } = await countToUndo(pool, shop.id);
  if (total === 0) return { kind: "nothing_told" };
  const { liveSince } = shop;
  const isLate = liveSince && now.getTime() - liveSince.getTime() > PUT_BACK_DAYS * DAY_MS;
  if (kind === "put_back" && isLate) return { kind: "too_late", liveSince };
  const counts = {
    profiles: 0,
    valuesPutBack: 0,
    attributesRemoved: 0,
    permissionsWithheld: 0,
    neverLookedAt: 0,
    refused: 0,
  };
  const undo: Undo = { kind, total, counts, after: "", ended: null };
  // One statement: whoever finds it under way changes nothing.
  const { rowCount } = await pool.query(
    `WITH begun AS (
       INSERT INTO chore (shop_id, name, cursor) VALUES ($1, $2, $3::json)
       ON CONFLICT (shop_id, name) DO UPDATE SET
         cursor = excluded.cursor, due_at = now(), attempts = 0, detail = '', done_at = NULL
       WHERE chore.done_at IS NOT NULL
       RETURNING shop_id
     )
     UPDATE shop SET mode = 'observe', live_since = NULL FROM begun WHERE shop.id = begun.shop_id`,
    [shop.id, PUT_BACK, JSON.stringify(undo)],
  );
  return rowCount === 1 ? { kind: "begun", total } : { kind: "under_way" };
}

/** Null when it was never asked for. */
export async function loadUndo(
  client: Queryable,
  shopId: number,
): Promise<{ undo: Undo; detail: string } | null> {
  const { rows } = await client.query<{ undo: Undo; detail: string }>(
    "SELECT cursor AS undo, detail FROM chore WHERE shop_id = $1 AND name = $2",
    [shopId, PUT_BACK],
  );
  return rows[0] ?? null;
}

/** Profiles that hold something Ringtrue wrote, and of how many it is known what stood there before. */
export async function countToUndo(
  client: Queryable,
  shopId: number,
): Promise<{ profiles: number; lookedAt: number }> {
  const { rows } = await client.query<{ profiles: number; lookedAt: number }>(
    `SELECT count(*)::int AS profiles, count(s.address)::int AS "lookedAt"
     FROM told t LEFT JOIN profile_seen s ON s.shop_id = t.shop_id AND s.address = t.address
     WHERE t.shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? { profiles: 0, lookedAt: 0 };
}

export type ToUndo = {
  address: string;
  personId: number;
  names: string[];
  /** The last second this profile or its person was told for. */
  stamp: number;
  /** What stood there before; null when nobody looked. */
  before: Attributes | null;
  /** The person said stop. */
  stopped: boolean;
};

const PAGE = 500;

/** Five hundred at most, in the order of their addresses. */
export async function pageToUndo(
  client: Queryable,
  shopId: number,
  after: string,
): Promise<ToUndo[]> {
  const { rows } = await client.query<ToUndo>({
    name: "page-to-undo",
    text: `
      SELECT t.address, t.person_id AS "personId", t.names, greatest(t.stamp, coalesce(p.stamp, 0)) AS stamp,
             s.had AS before, coalesce((d.decision->'consent'->>'stopped')::boolean
               OR d.decision->'consent'->>'status' = 'unsubscribed', false) AS stopped
      FROM told t
      LEFT JOIN person p ON p.shop_id = t.shop_id AND p.id = t.person_id
      LEFT JOIN profile d ON d.shop_id = t.shop_id AND d.person_id = t.person_id
      LEFT JOIN profile_seen s ON s.shop_id = t.shop_id AND s.address = t.address
      WHERE t.shop_id = $1 AND t.address > $2
      ORDER BY t.address LIMIT ${PAGE}`,
    values: [shopId, after],
  });
  return rows;
}

/** These profiles are as if they had never been told; their persons too, but for the time last told for. */
export async function settleUndone(
  pool: pg.Pool,
  shopId: number,
  undone: readonly { address: string; personId: number; stamp: number }[],
): Promise<void> {
  if (undone.length === 0) return;
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(BEGIN_WORK);
    await inTurn(client, async (turns) => {
      turns.write({
        name: "forget-undone",
        text: "DELETE FROM told WHERE shop_id = $1 AND address = ANY($2::text[])",
        values: [shopId, list(undone.map(({ address }) => address))],
      });
      markUntold(turns, shopId, undone);
    });
    await client.query("COMMIT");
    broken = false;
  } finally {
    client.release(broken);
  }
}

/** Who still holds something under another address stays told until that is done too. */
function markUntold(
  turns: Turns,
  shopId: number,
  undone: readonly { personId: number; stamp: number }[],
): void {
  const stamps = new Map<number, number>();
  for (const { personId, stamp } of undone) {
    stamps.set(personId, Math.max(stamp, stamps.get(personId) ?? 0));
  }
  turns.write({
    name: "mark-untold",
    text: `
      UPDATE person SET stamp = greatest(person.stamp, undone.stamp), told_version = 0,
             told = CASE WHEN EXISTS (
               SELECT FROM told t WHERE t.shop_id = $1 AND t.person_id = person.id) THEN person.told END
      FROM unnest($2::bigint[], $3::bigint[]) AS undone (id, stamp)
      WHERE person.shop_id = $1 AND person.id = undone.id`,
    values: [shopId, list([...stamps.keys()]), list([...stamps.values()])],
  });
}
