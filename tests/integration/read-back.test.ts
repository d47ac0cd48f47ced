// Customer.io says 200 to what it does not do: reading back finds it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { listDrift, type DriftOpen } from "#app/db/drift.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { startAppChores, type AppChores } from "../support/app-chores.ts";
import { SHOP, startPipeline, WORKSPACE, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
let chores: AppChores;
beforeEach(async () => {
  pipeline = await startPipeline({ settings: { address_by: "id" } });
  chores = await startAppChores(pipeline);
});
afterEach(() => pipeline.close());

const AT = "2026-11-20T10:00:00Z";

async function customer(id: number, email: string, more: object = {}): Promise<void> {
  const body = { id, email, phone: "+14155552671", created_at: AT, updated_at: AT, ...more };
  expect(await pipeline.send({ topic: "customers/create", body })).toBe(200);
  await pipeline.settle();
}

/** Somebody else writes to the workspace. */
async function writes(identifiers: object, attributes: object, more: object = {}): Promise<void> {
  const { siteId, apiKey } = WORKSPACE;
  const batch = [{ type: "person", action: "identify", identifiers, attributes, ...more }];
  await fetch(`${pipeline.customerio.url}/api/v2/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${siteId}:${apiKey}`)}` },
    body: JSON.stringify({ batch }),
  });
}

async function drift(): Promise<Pick<DriftOpen, "address" | "reason" | "names">[]> {
  const shop = await loadWorkingShop(pipeline.pool, SHOP);
  const open = await listDrift(pipeline.pool, shop?.id ?? 0, new Date(0), 100);
  return open.map(({ address, reason, names }) => ({ address, reason, names }));
}

async function readBackLater(): Promise<void> {
  pipeline.advance(61_000);
  await chores.readBack();
}

test("a profile that holds what was told is no drift, also where every value comes back as text", async () => {
  pipeline.customerio.control.set({ appAttributeValues: "text" });
  await customer(7, "ada@example.com");
  await readBackLater();
  expect(await drift()).toEqual([]);
});

test("an email that another profile has is listed as a conflict, until a later reading agrees", async () => {
  await writes({ id: "other" }, { email: "ada@example.com" });
  await customer(7, "ada@example.com");
  await readBackLater();
  expect(await drift()).toEqual([
    { address: "id:7", reason: "identifier_conflict", names: ["email"] },
  ]);
  await readBackLater();
  expect(await drift()).toHaveLength(1);
  await writes({ id: "other" }, {}, { action: "delete" });
  await writes({ id: "7" }, { email: "ada@example.com" });
  await readBackLater();
  expect(await drift()).toEqual([]);
});

test("a profile that is gone is missing, and what others wrote over is theirs", async () => {
  await customer(7, "ada@example.com");
  await customer(8, "bob@example.com");
  await writes({ id: "7" }, {}, { action: "delete" });
  const later = Math.floor(Date.now() / 1000) + 3600;
  await writes({ id: "8" }, { phone_source: "crm" }, { timestamp: later });
  await readBackLater();
  expect(await drift()).toEqual([
    { address: "id:7", reason: "profile_missing", names: [] },
    { address: "id:8", reason: "changed_by_others", names: ["phone_source"] },
  ]);
});

test("where no profiles are made, one that isn't there is no drift", async () => {
  await pipeline.pool.query(
    `UPDATE shop SET settings = jsonb_set(settings::jsonb, '{create_people}', '"never"')::json`,
  );
  await customer(7, "ada@example.com");
  await readBackLater();
  expect(await drift()).toEqual([]);
});

test("nobody is read back within a minute of being told, nor before a change is told", async () => {
  await customer(7, "ada@example.com");
  await writes({ id: "7" }, { phone_source: "crm" });
  await chores.readBack();
  expect(await drift()).toEqual([]);
  pipeline.advance(61_000);
  const body = { id: 7, email: "ada@example.com", phone: "+14155552672", created_at: AT };
  await pipeline.send({
    topic: "customers/update",
    body: { ...body, updated_at: "2026-11-20T11:00:00Z" },
  });
  await pipeline.merge(SHOP);
  await chores.readBack();
  expect(await drift()).toEqual([]);
});

test("a person told anew while we looked says nothing", async () => {
  await customer(7, "ada@example.com");
  await writes({ id: "7" }, {}, { action: "delete" });
  pipeline.advance(61_000);
  const asked = pipeline.customerio.control.plan({ fault: "delay", path: "/v1/", times: 1 });
  const reading = chores.readBack();
  await expect.poll(() => asked.applied, { timeout: 10_000 }).toBe(1);
  await pipeline.pool.query("UPDATE person SET version = version + 1");
  pipeline.customerio.control.release();
  await reading;
  expect(await drift()).toEqual([]);
});

test("while a shop observes, nothing is read", async () => {
  await customer(7, "ada@example.com");
  await pipeline.pool.query("UPDATE shop SET mode = 'observe'");
  await readBackLater();
  const paths = pipeline.customerio.control.requests().map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/v1/"))).toEqual([]);
});
