// What the suites with services share: one PostgreSQL with a migrated template, one Redis. Started
// once a run: `npm test` starts them itself and says where they are in the environment; a suite
// run by itself finds nothing there and starts its own.
import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { ensureTemplate } from "./template.ts";
import { findTools, type Tools } from "./tools.ts";

export type Services = {
  /** Address of the server's own database, for creating others. */
  postgresUrl: string;
  /** Name of the database that test databases are cloned from. */
  template: string;
  /** null: there is no redis-server on this machine. */
  redisUrl: string | null;
  tools: Tools;
};

declare module "vitest" {
  // An interface, as it merges into vitest's own.
  interface ProvidedContext {
    services: Services;
  }
}

/** The environment variables by which a run tells its suites what is already there. */
export const POSTGRES_VARIABLE = "RINGTRUE_TEST_DATABASE_URL";
export const REDIS_VARIABLE = "RINGTRUE_TEST_REDIS_URL";

export type RunningServices = { services: Services; stop(): Promise<void> };

/** Uses what the environment names, starts the rest. `stop` ends what was started. */
export async function startServices(): Promise<RunningServices> {
  const tools = findTools();
  const given = process.env[POSTGRES_VARIABLE];
  const postgres = given === undefined ? await startTestPostgres() : null;
  const postgresUrl = postgres?.url ?? given ?? "";
  const template = await ensureTemplate(postgresUrl);
  const givenRedis = process.env[REDIS_VARIABLE];
  const redis =
    givenRedis === undefined && tools.redis !== null ? await startRedis(tools.redis) : null;
  return {
    services: { postgresUrl, template, redisUrl: redis?.url ?? givenRedis ?? null, tools },
    stop: async () => {
      await redis?.stop();
      await postgres?.stop();
    },
  };
}

/** vitest's global setup. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await startServices();
  project.provide("services", running.services);
  return () => running.stop();
}
