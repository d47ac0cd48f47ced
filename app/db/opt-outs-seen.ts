/**
 * The entries of the senders' opt-out lists that stand in the workspace now. The list gives no times:
 * an entry is news when it was not there before, and one that was gone and is there again is news
 * again. Profile and sender stand here only as one salted digest, so nobody can be found by it.
 */
import { list } from "./list.ts";
import type { Queryable } from "./queryable.ts";

/** Of these entries, the ones that were not there before. */
export async function entriesNotSeen(
  client: Queryable,
  shopId: number,
  entries: readonly string[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ entry: string }>(
    `SELECT entry FROM unnest($2::text[]) AS new (entry)
     WHERE NOT EXISTS (SELECT FROM opt_out_seen s WHERE s.shop_id = $1 AND s.entry = new.entry)`,
    [shopId, list([...new Set(entries)])],
  );
  return new Set(rows.map(({ entry }) => entry));
}

/** Notes that they are there. `round` is the beginning of this round of looking. */
export async function noteEntries(
  client: Queryable,
  shopId: number,
  entries: readonly string[],
  round: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO opt_out_seen (shop_id, entry, since, seen_at)
     SELECT DISTINCT $1::int, entry, $3::timestamptz, $3::timestamptz FROM unnest($2::text[]) AS new (entry)
     ON CONFLICT (shop_id, entry) DO UPDATE SET seen_at = excluded.seen_at`,
    [shopId, list(entries), round],
  );
}

/** Forgets what a whole round did not find: it is gone. */
export async function forgetGone(client: Queryable, shopId: number, round: Date): Promise<void> {
  await client.query("DELETE FROM opt_out_seen WHERE shop_id = $1 AND seen_at < $2", [
    shopId,
    round,
  ]);
}
