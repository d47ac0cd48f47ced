import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createPrisma } from "#app/db/prisma.ts";
import type { PrismaClient } from "@prisma/client";
import { createSealer } from "#app/platform/crypto.ts";
import { createSessionStorage } from "#app/shopify/session-storage.ts";
import { silentLog } from "../support/silent-log.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

const KEY = randomBytes(32);

let database: TestDatabase;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await testDatabase();
  prisma = createPrisma(database.url);
});

beforeEach(async () => {
  await database.pool.query("TRUNCATE session");
});

afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

function storageWith(key: Buffer, previous: Buffer | null = null) {
  return createSessionStorage({ prisma, sealer: createSealer({ key, previous }), log: silentLog });
}

function makeSession(shop: string, change: { accessToken?: string; refreshToken?: string } = {}) {
  return new Session({
    id: `offline_${shop}`,
    shop,
    state: "state",
    isOnline: false,
    scope: "read_orders,read_customers",
    expires: new Date("2030-01-01T00:00:00Z"),
    accessToken: "shpat_clear_access",
    refreshToken: "shprt_clear_refresh",
    refreshTokenExpires: new Date("2030-03-01T00:00:00Z"),
    ...change,
  });
}

test("a stored session is loaded as it was", async () => {
  const session = makeSession("one.myshopify.com");
  const storage = storageWith(KEY);
  expect(await storage.storeSession(session)).toBe(true);
  const loaded = await storage.loadSession(session.id);
  expect(loaded?.toObject()).toEqual(session.toObject());
});

test("a session without tokens is loaded without tokens", async () => {
  const storage = storageWith(KEY);
  const bare = new Session({ id: "bare", shop: "one.myshopify.com", state: "s", isOnline: false });
  await storage.storeSession(bare);
  const loaded = await storage.loadSession("bare");
  expect(loaded?.accessToken ?? "").toBe("");
  expect(loaded?.refreshToken).toBeUndefined();
});

test("no token stands in the table in clear", async () => {
  await storageWith(KEY).storeSession(makeSession("one.myshopify.com"));
  const { rows } = await database.pool.query("SELECT * FROM session");
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/clear_access|clear_refresh/);
});

test("storing again replaces, also when many do it at once", async () => {
  const storage = storageWith(KEY);
  const tokens = ["a", "b", "c", "d", "e", "f"];
  await Promise.all(
    tokens.map((accessToken) =>
      storage.storeSession(makeSession("one.myshopify.com", { accessToken })),
    ),
  );
  const { rows } = await database.pool.query("SELECT id FROM session");
  expect(rows).toHaveLength(1);
  await storage.storeSession(
    makeSession("one.myshopify.com", { accessToken: "last", refreshToken: "new" }),
  );
  const loaded = await storage.loadSession("offline_one.myshopify.com");
  expect([loaded?.accessToken, loaded?.refreshToken]).toEqual(["last", "new"]);
});

test("a shop finds its own sessions and nobody else's", async () => {
  const storage = storageWith(KEY);
  await storage.storeSession(makeSession("one.myshopify.com"));
  await storage.storeSession(makeSession("two.myshopify.com"));
  const found = (await storage.findSessionsByShop?.("one.myshopify.com")) ?? [];
  expect(found.map((session) => [session.id, session.accessToken])).toEqual([
    ["offline_one.myshopify.com", "shpat_clear_access"],
  ]);
});

test("a deleted session is gone, and deleting what is not there is no error", async () => {
  const storage = storageWith(KEY);
  const sessions = ["one", "two", "three"].map((name) => makeSession(`${name}.myshopify.com`));
  await Promise.all(sessions.map((session) => storage.storeSession(session)));
  expect(await storage.deleteSession("offline_one.myshopify.com")).toBe(true);
  expect(await storage.deleteSession("offline_one.myshopify.com")).toBe(true);
  expect(await storage.deleteSessions?.(["offline_two.myshopify.com", "never"])).toBe(true);
  const { rows } = await database.pool.query("SELECT id FROM session");
  expect(rows).toEqual([{ id: "offline_three.myshopify.com" }]);
});

test("after a change of the key, sessions sealed by the previous one still open", async () => {
  const next = randomBytes(32);
  await storageWith(KEY).storeSession(makeSession("one.myshopify.com"));
  const loaded = await storageWith(next, KEY).loadSession("offline_one.myshopify.com");
  expect(loaded?.accessToken).toBe("shpat_clear_access");
});

test("a session whose key is gone counts as none, so that the next visit gets a new one", async () => {
  await storageWith(KEY).storeSession(makeSession("one.myshopify.com"));
  const strange = storageWith(randomBytes(32));
  expect(await strange.loadSession("offline_one.myshopify.com")).toBeUndefined();
  expect(await strange.findSessionsByShop?.("one.myshopify.com")).toEqual([]);
});
