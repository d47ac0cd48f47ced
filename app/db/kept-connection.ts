// One connection to PostgreSQL that is kept for one purpose, opened when it is first needed and
// opened again after it broke. Leaner than a pool where there is never more than one query under
// way, and nobody else can hold it.

import pg from "pg";

export type KeptConnection = {
  /** Rejects with the database's error, or when it did not answer in time. */
  query(query: pg.QueryConfig): Promise<pg.QueryResult>;
  close(): Promise<void>;
};

/** `settings` are pg's own; `query_timeout` is the time a query may take before the connection is given up. */
export function createKeptConnection(settings: pg.ClientConfig): KeptConnection {
  let kept: Promise<pg.Client> | null = null;

  function connect(): Promise<pg.Client> {
    const client = new pg.Client(settings);
    const connecting = client.connect().then(() => client);
    // A query under way is told by its own rejection; a connection that breaks while it is idle
    // has nobody to tell, and without a listener it would end the process.
    client.on("error", () => giveUp(connecting));
    connecting.catch(() => giveUp(connecting));
    return connecting;
  }

  function giveUp(broken: Promise<pg.Client>): void {
    if (kept !== broken) return;
    kept = null;
    // With a query under way this cuts the connection. That it broke has been told already.
    broken.then((client) => client.end()).catch(() => undefined);
  }

  return {
    async query(query) {
      const connecting = (kept ??= connect());
      const client = await connecting;
      try {
        return await client.query(query);
      } catch (error) {
        if (!isDataError(error)) giveUp(connecting);
        throw error;
      }
    },
    async close() {
      const connecting = kept;
      kept = null;
      await connecting?.then((client) => client.end());
    },
  };
}

/**
 * True when the database refused the content of a row (SQLSTATE classes 22 data, 23 constraint,
 * 54 limits) rather than failed: the connection is then as good as before, and other rows are
 * innocent.
 */
export function isDataError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? "");
}
