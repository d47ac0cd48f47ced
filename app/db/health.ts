/** What a database says of itself: for the doctor, who changes nothing. */
import type { Queryable } from "./queryable.ts";

export type DatabaseHealth = {
  /** As PostgreSQL counts: 180004 is 18.4. */
  version: number;
  /** A standby, or told to be one: nothing can be written. */
  readOnly: boolean;
  /** Both ends of a notification are on one connection, so no pooler shuffles them. */
  notifies: boolean;
};

export async function readHealth(client: Queryable): Promise<DatabaseHealth> {
  const { rows } = await client.query<Omit<DatabaseHealth, "notifies">>(
    `SELECT current_setting('server_version_num')::int AS version,
            pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "readOnly"`,
  );
  const row = rows[0];
  if (!row) throw new Error("the database answered nothing");
  return { ...row, notifies: await keepsListening(client) };
}

/** A pooler in transaction mode loses what a session asked for: BullMQ's workers would hear nothing. */
async function keepsListening(client: Queryable): Promise<boolean> {
  await client.query("LISTEN ringtrue_doctor");
  const { rows } = await client.query<{ channel: string }>(
    "SELECT pg_listening_channels() AS channel",
  );
  await client.query("UNLISTEN ringtrue_doctor");
  return rows.some(({ channel }) => channel === "ringtrue_doctor");
}
