/** The queue: on Redis there and keeping what it holds; on PostgreSQL it is where the database is. */
import { Redis } from "ioredis";
import { sayFault } from "../say-fault.ts";
import type { Check } from "./check.ts";
import { ok, warning, wrong } from "./check.ts";

const TIMEOUT_MS = 3_000;

export async function checkQueue(
  redisUrl: string | null,
  databaseIsWell: boolean,
): Promise<Check[]> {
  if (redisUrl === null) {
    if (databaseIsWell) return [ok("queue", "BullMQ on the database")];
    return [wrong("queue", "lives in the database", "mend the database first")];
  }
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let fault: unknown = null;
  redis.on("error", (error) => {
    fault ??= error;
  });
  try {
    await redis.connect();
    const info = await redis.info();
    return [
      ok("queue", `BullMQ on Redis ${field(info, "redis_version") ?? ""}`.trim()),
      checkPolicy(info),
    ];
  } catch (error) {
    const remedy = "start Redis, or correct REDIS_URL; unset, the queue lives in the database";
    return [wrong("queue", `Redis is not reachable: ${sayFault(fault ?? error)}`, remedy)];
  } finally {
    redis.disconnect();
  }
}

/** Under any other policy Redis drops waiting jobs when its memory is full. */
function checkPolicy(info: string): Check {
  const name = "queue memory policy";
  const remedy = "set maxmemory-policy noeviction in redis.conf or at your Redis provider";
  const policy = field(info, "maxmemory_policy");
  if (policy === "noeviction") return ok(name, policy);
  if (policy === null) return warning(name, "Redis does not say", remedy);
  return wrong(name, `${policy}: jobs may be dropped`, remedy);
}

function field(info: string, name: string): string | null {
  return new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? null;
}
