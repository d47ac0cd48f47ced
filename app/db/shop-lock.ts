/**
 * The locks that exclude. BullMQ only wakes, and may lie; whoever holds the shop's advisory lock is
 * alone with the shop. Two-integer keys, because BullMQ uses the one-integer space of the same
 * database. A lock is freed by PostgreSQL within milliseconds of its holder's death.
 */
import type pg from "pg";
import type { Queryable } from "./queryable.ts";

export const LOCK_CLASSES = {
  merge: 7101,
  deliver: 7102,
  sweep: 7103,
  feedback: 7104,
  chores: 7105,
  "feedback to Shopify": 7106,
  token: 7107,
} as const;

export type LockKind = keyof typeof LOCK_CLASSES;

/** Takes the lock until the transaction ends; false when somebody else holds it. */
export async function lockForTransaction(
  client: Queryable,
  kind: LockKind,
  key: number,
): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>({
    name: "lock-transaction",
    text: "SELECT pg_try_advisory_xact_lock($1, $2) AS locked",
    values: [LOCK_CLASSES[kind], key],
  });
  return rows[0]?.locked === true;
}

export type LockOutcome<Result> = { held: true; result: Result } | { held: false };

/**
 * Runs `work` while holding the lock on a connection of its own. When that connection breaks the
 * lock is gone, so `lost` is aborted and the work must stop.
 */
export async function withSessionLock<Result>(
  pool: pg.Pool,
  kind: LockKind,
  key: number,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<LockOutcome<Result>> {
  const client = await pool.connect();
  const lost = new AbortController();
  const onLoss = (): void => lost.abort(new Error("the shop's lock was lost with its connection"));
  client.on("error", onLoss);
  client.on("end", onLoss);
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock($1, $2) AS locked",
      [LOCK_CLASSES[kind], key],
    );
    if (rows[0]?.locked !== true) return { held: false };
    const result = await work(lost.signal);
    await client.query("SELECT pg_advisory_unlock($1, $2)", [LOCK_CLASSES[kind], key]);
    return { held: true, result };
  } catch (fault) {
    broken = fault instanceof Error ? fault : new Error(String(fault));
    throw fault;
  } finally {
    client.off("error", onLoss);
    client.off("end", onLoss);
    // A connection that may still hold the lock is never given back.
    client.release(broken);
  }
}
