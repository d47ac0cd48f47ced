// A corner of the run's Redis for a test file. A test that wipes or stops Redis starts its own
// (redis.ts).
import { randomBytes } from "node:crypto";
import { inject } from "vitest";

export type TestRedis = { url: string; prefix: string };

/** For suites under `describeWith("redis", …)`; throws where there is no Redis. */
export function testRedis(): Promise<TestRedis> {
  const { redisUrl } = inject("services");
  if (redisUrl === null) return Promise.reject(new Error("no redis-server is installed"));
  return Promise.resolve({ url: redisUrl, prefix: `test-${randomBytes(6).toString("hex")}` });
}
