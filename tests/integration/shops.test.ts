import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PrismaClient } from "@prisma/client";
import { createPrisma } from "#app/db/prisma.ts";
import { openPolicy, savePolicy } from "#app/db/shop-policy.ts";
import { findShop, registerInstall, type Shop } from "#app/db/shops.ts";
import { readStatus } from "#app/db/status.ts";
import { createSealer } from "#app/platform/crypto.ts";
import { testDatabase, type TestDatabase } from "../support/test-database.ts";

const DOMAIN = "one.myshopify.com";
const MONDAY = new Date("2026-11-16T10:00:00Z");
const FRIDAY = new Date("2026-11-20T10:00:00Z");
const sealer = createSealer({ key: randomBytes(32), previous: null });

let database: TestDatabase;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await testDatabase();
  prisma = createPrisma(database.url);
});

beforeEach(async () => {
  await database.pool.query("TRUNCATE shop RESTART IDENTITY");
});

afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

async function install(): Promise<Shop> {
  await registerInstall(prisma, DOMAIN, MONDAY);
  return reload();
}

async function reload(): Promise<Shop> {
  const shop = await findShop(prisma, DOMAIN);
  if (!shop) throw new Error("expected the shop");
  return shop;
}

async function readRow() {
  const { rows } = await database.pool.query("SELECT * FROM shop WHERE domain = $1", [DOMAIN]);
  return rows[0];
}

function connect(shop: Shop) {
  const connection = {
    region: "us",
    site_id: "hush-site",
    api_key: "hush-key",
    app_key: null,
    signing_key: null,
    twilio_auth_token: null,
  } as const;
  return { ...openPolicy(sealer, shop), connection };
}

test("a new shop observes, with the default settings and a salt of its own", async () => {
  const shop = await install();
  expect(shop).toMatchObject({
    domain: DOMAIN,
    mode: "observe",
    credentials: null,
    settings: { default_country: "US" },
  });
  const { salt, installed_at: installedAt } = await readRow();
  expect(salt).toHaveLength(32);
  expect(installedAt).toEqual(MONDAY);
});

test("authenticating again changes nothing for a shop that is installed, in whatever case it is named", async () => {
  const shop = await install();
  await savePolicy({ prisma, sealer }, shop, { ...connect(shop), mode: "live" }, MONDAY);
  const before = await readRow();
  await registerInstall(prisma, DOMAIN.toUpperCase(), FRIDAY);
  expect(await readRow()).toEqual(before);
});

test("a shop that comes back is installed anew, observes, and keeps its salt and settings", async () => {
  const shop = await install();
  const settings = { ...shop.settings, default_country: "DE" };
  await savePolicy({ prisma, sealer }, shop, { ...connect(shop), settings, mode: "live" }, MONDAY);
  const { salt } = await readRow();
  await database.pool.query("UPDATE shop SET uninstalled_at = now()");
  await registerInstall(prisma, DOMAIN, FRIDAY);
  expect(await readRow()).toMatchObject({
    uninstalled_at: null,
    installed_at: FRIDAY,
    mode: "observe",
    live_since: null,
    salt,
  });
  expect((await reload()).settings.default_country).toBe("DE");
});

test("credentials stand sealed in the table and open to what was saved", async () => {
  const shop = await install();
  await savePolicy({ prisma, sealer }, shop, connect(shop), MONDAY);
  expect(JSON.stringify(await readRow())).not.toContain("hush");
  expect(openPolicy(sealer, await reload()).connection).toMatchObject({
    site_id: "hush-site",
    api_key: "hush-key",
  });
});

test("only a change of the settings moves their version", async () => {
  const shop = await install();
  await savePolicy({ prisma, sealer }, shop, { ...connect(shop), mode: "live" }, MONDAY);
  expect(await readRow()).toMatchObject({ settings_version: 1, mode: "live", live_since: MONDAY });
  const live = await reload();
  const changed = {
    ...openPolicy(sealer, live),
    settings: { ...live.settings, default_country: "CA" },
  };
  await savePolicy({ prisma, sealer }, live, changed, FRIDAY);
  expect(await readRow()).toMatchObject({ settings_version: 2, live_since: MONDAY });
});

test("the status of a shop that has heard nothing is all zeros", async () => {
  const { id } = await install();
  expect(await readStatus(database.pool, id)).toEqual({
    inboxPending: 0,
    outboxPending: 0,
    delivered: 0,
    deadLetters: 0,
    scheduled: 0,
    held: 0,
    oldestPendingMs: 0,
    pausedBecause: null,
    paused: false,
    mode: "observe",
  });
});
