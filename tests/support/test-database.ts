// A database of its own for a test file.
import { inject } from "vitest";
import { cloneDatabase, type TestDatabase } from "./clone-database.ts";

export type { TestDatabase };

/** Call in `beforeAll`, and `drop()` in `afterAll`: it ends the pool and whoever else is connected. */
export function testDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject("services"));
}
