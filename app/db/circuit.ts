/**
 * The circuit of a workspace, shared by all shops that are connected to it. While it is open nobody
 * sends; once its time is over one of them probes. Who probes holds a lease, not a lock: when that
 * process dies the lease ends by itself and the next one probes. A shop that finds the circuit open
 * notes the wait in its own delivery state, so that the sweeper needs no look at circuits.
 *
 * A workspace is known by a digest of its region and site id. Times are those of the callers' clock.
 */
import type { Queryable } from "./queryable.ts";

export type Circuit = {
  /** Transient failures in a row. */
  failures: number;
  /** Null while it is closed. Once this is over, one shop may probe. */
  openUntil: Date | null;
  probingUntil: Date | null;
  reason: string | null;
};

const CLOSED: Circuit = { failures: 0, openUntil: null, probingUntil: null, reason: null };

export async function loadCircuit(client: Queryable, key: string): Promise<Circuit> {
  const { rows } = await client.query<Circuit>({
    name: "load-circuit",
    text: `SELECT failures, open_until AS "openUntil", probing_until AS "probingUntil", reason
           FROM workspace_circuit WHERE key = $1`,
    values: [key],
  });
  return rows[0] ?? CLOSED;
}

/** True for the one caller who may probe until `until`; only once the circuit's time is over. */
export async function takeProbe(
  client: Queryable,
  key: string,
  now: Date,
  until: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE workspace_circuit SET probing_until = $3
     WHERE key = $1 AND open_until <= $2 AND (probing_until IS NULL OR probing_until <= $2)`,
    [key, now, until],
  );
  return rowCount === 1;
}

/** The probe told nothing of the workspace: the next shop may try. */
export async function returnProbe(client: Queryable, key: string, until: Date): Promise<void> {
  await client.query(
    "UPDATE workspace_circuit SET probing_until = NULL WHERE key = $1 AND probing_until = $2",
    [key, until],
  );
}

/**
 * One more failure in a row; answers how many. What was still on its way when the circuit opened
 * teaches nothing new and is not counted.
 */
export async function countFailure(
  client: Queryable,
  key: string,
  now: Date,
  reason: string,
): Promise<number> {
  const { rows } = await client.query<{ failures: number }>(
    `INSERT INTO workspace_circuit AS c (key, failures, reason, since) VALUES ($1, 1, $3, $2)
     ON CONFLICT (key) DO UPDATE SET
       failures = c.failures + (c.open_until IS NULL OR c.open_until <= $2)::int,
       since = CASE WHEN c.failures = 0 THEN $2 ELSE c.since END, reason = $3
     RETURNING failures`,
    [key, now, reason],
  );
  return rows[0]?.failures ?? 1;
}

/** Open until `until`, or longer where somebody else has said so; answers until when. */
export async function openCircuit(client: Queryable, key: string, until: Date): Promise<Date> {
  const { rows } = await client.query<{ openUntil: Date }>(
    `UPDATE workspace_circuit SET open_until = greatest(open_until, $2), probing_until = NULL
     WHERE key = $1 RETURNING open_until AS "openUntil"`,
    [key, until],
  );
  return rows[0]?.openUntil ?? until;
}

/** The workspace has taken something; it stays open only for who was asked to wait longer. */
export async function closeCircuit(client: Queryable, key: string, now: Date): Promise<void> {
  await client.query(
    `UPDATE workspace_circuit
     SET failures = 0, open_until = NULL, probing_until = NULL, reason = NULL, since = $2
     WHERE key = $1 AND (open_until IS NULL OR open_until <= $2)`,
    [key, now],
  );
}
