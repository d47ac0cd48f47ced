/** What is done for a shop from time to time: what is due, where it stands, and when it is due again. */
import type { Queryable } from "./queryable.ts";

export type Chore = {
  name: string;
  /** Where the last run stopped, as it left it; null at the beginning. */
  cursor: unknown;
  attempts: number;
};

/** Shops with a chore that is due, of those that are connected. */
export async function shopsWithChores(client: Queryable): Promise<string[]> {
  const { rows } = await client.query<{ domain: string }>(
    `SELECT DISTINCT s.domain FROM chore c JOIN shop s ON s.id = c.shop_id
     WHERE c.due_at <= now() AND s.credentials IS NOT NULL AND s.uninstalled_at IS NULL`,
  );
  return rows.map((row) => row.domain);
}

/** Gives every connected shop the chores it does not have yet, due at once. */
export async function ensureChores(client: Queryable, names: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO chore (shop_id, name)
     SELECT s.id, name FROM shop s CROSS JOIN unnest($1::text[]) AS name
     WHERE s.credentials IS NOT NULL AND s.uninstalled_at IS NULL
       AND NOT EXISTS (SELECT FROM chore c WHERE c.shop_id = s.id AND c.name = name)
     ON CONFLICT (shop_id, name) DO NOTHING`,
    [names],
  );
}

/** Makes a chore due now that rests between two of its runs, or was never begun. */
export async function askForChore(client: Queryable, shopId: number, name: string): Promise<void> {
  await client.query(
    `INSERT INTO chore (shop_id, name) VALUES ($1, $2)
     ON CONFLICT (shop_id, name) DO UPDATE SET due_at = now()
       WHERE chore.due_at > now() AND chore.attempts = 0
         AND (chore.cursor IS NULL OR chore.cursor::text = 'null')`,
    [shopId, name],
  );
}

/** Where a chore stands, as it left it; null when it was never begun. */
export async function loadCursor(
  client: Queryable,
  shopId: number,
  name: string,
): Promise<unknown> {
  const { rows } = await client.query<{ cursor: unknown }>(
    "SELECT cursor FROM chore WHERE shop_id = $1 AND name = $2",
    [shopId, name],
  );
  return rows[0]?.cursor ?? null;
}

export async function takeDueChores(
  client: Queryable,
  shopId: number,
  now: Date,
): Promise<Chore[]> {
  const { rows } = await client.query<Chore>(
    `SELECT name, cursor, attempts FROM chore WHERE shop_id = $1 AND due_at <= $2 ORDER BY due_at, name`,
    [shopId, now],
  );
  return rows;
}

export type ChoreState = {
  cursor: unknown;
  dueAt: Date;
  /** How it stands, in one short sentence for whoever asks; never anybody's data. */
  detail: string;
  attempts: number;
  /** When it last came to its end; undefined leaves what was noted. */
  doneAt?: Date;
};

export async function saveChore(
  client: Queryable,
  shopId: number,
  name: string,
  { cursor, dueAt, detail, attempts, doneAt }: ChoreState,
): Promise<void> {
  await client.query(
    `UPDATE chore SET cursor = $3::json, due_at = $4, detail = $5, attempts = $6,
            done_at = coalesce($7, done_at)
     WHERE shop_id = $1 AND name = $2`,
    [shopId, name, JSON.stringify(cursor ?? null), dueAt, detail, attempts, doneAt ?? null],
  );
}
