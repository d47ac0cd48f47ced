// One pool of connections to PostgreSQL, and how its values arrive in JavaScript: int8 as a number
// (our ids and counts stay far below 2^53), timestamps as dates.
import pg from "pg";
import type { Log } from "#app/platform/log.ts";

export type Database = { pool: pg.Pool; close(): Promise<void> };

export type DatabaseOptions = {
  url: string;
  /** Connections at most; 10. */
  max?: number;
  /** A query that takes longer is given up and its connection destroyed; without it, none is. */
  queryTimeoutMs?: number;
  /** Waiting for a connection longer than this is an error; 5 s. */
  connectTimeoutMs?: number;
  log: Log;
};

const INT8 = 20;

/** Connects when first asked; throws nothing by itself. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: "ringtrue",
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    // A server that vanished without a word would hold whoever waits for it, and its locks, for hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it ends the process.
  pool.on("error", (error) => options.log.warn({ err: error }, "a database connection was lost"));
  // So does one that breaks while somebody holds it: its holder's next query says so.
  pool.on("connect", (client) => {
    client.on("error", (error) =>
      options.log.warn({ err: error }, "a database connection was lost"),
    );
  });
  let closing: Promise<void> | null = null;
  return { pool, close: () => (closing ??= pool.end()) };
}

const parserOf: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") =>
  type === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(type, format);
