/**
 * The statements of one transaction, one after another in the order in which they were asked for. Who
 * needs no answer need not wait for one: while PostgreSQL stores one part of a batch, the next is made.
 */
import type pg from "pg";
import type { Queryable } from "./queryable.ts";

export type Turns = Queryable & {
  /** Asks for what needs no answer. When it fails, whatever is asked for after it fails with it. */
  write(statement: pg.QueryConfig): void;
};

/** Resolves when everything asked for is done; when something fails, nothing more is begun. */
export async function inTurn<Result>(
  client: Queryable,
  work: (turns: Turns) => Promise<Result>,
): Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let isOver = false;
  function query<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    const result = last.then(() => {
      if (isOver) throw new Error("the work that asked for this has failed");
      return client.query<Row>(statement, values);
    });
    last = result;
    // Who waits for it hears of it, and so does everybody after it.
    result.catch(() => undefined);
    return result;
  }
  try {
    const result = await work({ query, write: (statement) => void query(statement) });
    await last;
    return result;
  } catch (fault) {
    isOver = true;
    await last.catch(() => undefined);
    throw fault;
  }
}
