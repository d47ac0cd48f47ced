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

/**
 * A plan for any shop, made once, rather than one for the shop at hand: what the statistics say of a
 * shop that has just come is that it has one row, and then the planner reads all of the shop's rows for
 * each row of a batch. A limit that the plan rests on is written into the statement.
 */
const PLANNING = "-c plan_cache_mode=force_generic_plan";
/** Times arrive in the form that is read fastest. */
const TIMES = "-c timezone=UTC";

/** Connects when first asked; throws nothing by itself. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: "ringtrue",
    max: options.max ?? 10,
    options: `${PLANNING} ${TIMES}`,
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

const TIMESTAMPTZ = 1184;
/** As a server in UTC writes it. pg's own reader knows every way of writing, and takes its time. */
const IN_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/;
const readAnyTime = pg.types.getTypeParser(TIMESTAMPTZ, "text");

function readTime(text: string): unknown {
  if (!IN_UTC.test(text)) return readAnyTime(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}

const parserOf: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") => {
  if (format === "binary") return pg.types.getTypeParser(type, format);
  if (type === INT8) return Number;
  return type === TIMESTAMPTZ ? readTime : pg.types.getTypeParser(type, format);
};
