/** What runs SQL: a pool, one of its connections, or a transaction's turns. */
import type pg from "pg";

export type Queryable = {
  query<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
};
