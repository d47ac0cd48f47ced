/** What runs SQL: a pool or one of its connections. */
import type pg from "pg";

export type Queryable = Pick<pg.ClientBase, "query">;
