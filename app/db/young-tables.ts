/**
 * Statistics for tables that grow faster than the database looks at them. After an install or during
 * a backfill a table goes from nothing to millions of rows within minutes; until it is analysed, the
 * planner guesses, and guesses wrong.
 */
import type { Queryable } from "./queryable.ts";

/** Plans only need to know small from large: a tenth of the usual sample tells. */
const ROUGHLY = "SET LOCAL default_statistics_target = 10";
const FIRST_AT = 1_000;
const GROWS_BY = 5;

/** Call with the rows just merged; analyses when they have grown fivefold since the last time. */
export function createAnalyser(): (client: Queryable, rows: number) => Promise<void> {
  let merged = 0;
  let next = FIRST_AT;
  return async (client, rows) => {
    merged += rows;
    if (merged < next) return;
    next = merged * GROWS_BY;
    await client.query(
      `${ROUGHLY}; ANALYZE identity, observation, person, profile, person_number, consent_entry, outbox, told, pending, message`,
    );
  };
}
