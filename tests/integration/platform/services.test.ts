import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPrisma } from "#app/db/prisma.ts";
import { migrateDatabase } from "#app/db/migrate.ts";
import { describeWith } from "../../support/describe-with.ts";
import { testDatabase, type TestDatabase } from "../../support/test-database.ts";
import { testRedis } from "../../support/test-redis.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

describe("a database", () => {
  test("int8 arrives as a number and a timestamp as a date", async () => {
    const { rows } = await database.pool.query<{ big: unknown; at: unknown }>(
      "SELECT 9007199254740991::int8 AS big, to_timestamp(0) AS at",
    );
    expect(rows).toEqual([{ big: Number.MAX_SAFE_INTEGER, at: new Date(0) }]);
  });

  test("migrating twice changes nothing", async () => {
    await migrateDatabase(database.url);
    const { rows } = await database.pool.query<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations ORDER BY name",
    );
    expect(rows.map(({ name }) => name)).toEqual(["0001_init", "0002_delivery"]);
  });

  test("a migration that can't be done says why, without the address", async () => {
    const url = "postgres://somebody:word@127.0.0.1:1/nothing";
    const failure = await migrateDatabase(url).then(String, String);
    expect(failure).toContain("could not be migrated");
    expect(failure).not.toContain("word@");
  });

  test("Prisma reads the same tables", async () => {
    const prisma = createPrisma(database.url);
    await database.pool.query(
      "INSERT INTO shop (domain, salt) VALUES ('a.myshopify.com', '\\x01')",
    );
    const shops = await prisma.shop.findMany({ select: { domain: true } });
    await prisma.$disconnect();
    expect(shops).toEqual([{ domain: "a.myshopify.com" }]);
  });
});

describeWith("redis", "a Redis", () => {
  test("keeps everything it is given", async () => {
    const { url, prefix } = await testRedis();
    const redis = new Redis(url);
    await redis.set(`${prefix}:a`, "1");
    const policy = await redis.config("GET", "maxmemory-policy");
    await redis.quit();
    expect(policy).toEqual(["maxmemory-policy", "noeviction"]);
  });
});
