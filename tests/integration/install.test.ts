import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { adminAddress } from "../browser/session-token.ts";
import { startApp, type RunningApp } from "../browser/start-app.ts";

const SHOP = "fern.myshopify.com";

let app: RunningApp;
let asked: { url: string; body: Record<string, string> }[];

/** Shopify's side of the token exchange; the library asks whatever fetch it was given last. */
async function answerTokenExchange(
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init);
  asked.push({ url: request.url, body: await request.json() });
  return Response.json({
    access_token: "shpat_exchanged",
    scope: "read_orders",
    expires_in: 3600,
    refresh_token: "shprt_exchanged",
    refresh_token_expires_in: 7_776_000,
  });
}

beforeAll(async () => {
  app = await startApp();
  setAbstractFetchFunc(answerTokenExchange);
});

beforeEach(async () => {
  asked = [];
  await app.database.pool.query("TRUNCATE shop, session");
});

afterAll(async () => {
  setAbstractFetchFunc(fetch);
  await app?.stop();
});

async function visit(): Promise<number> {
  const headers = { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0" };
  const answer = await fetch(app.url + adminAddress("/app", SHOP), { headers, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}

async function readAll(table: "shop" | "session") {
  const { rows } = await app.database.pool.query(`SELECT * FROM ${table}`);
  return rows;
}

test("a first visit exchanges its token for an expiring one, keeps it sealed, and makes the shop's row", async () => {
  expect(await visit()).toBe(200);
  expect(asked[0]?.url).toBe(`https://${SHOP}/admin/oauth/access_token`);
  expect(asked[0]?.body).toMatchObject({ expiring: "1" });
  const sessions = await readAll("session");
  expect(sessions).toMatchObject([
    { id: `offline_${SHOP}`, isOnline: false, expires: expect.any(Date) },
  ]);
  expect(JSON.stringify(sessions)).not.toContain("exchanged");
  expect(await readAll("shop")).toMatchObject([
    { domain: SHOP, mode: "observe", uninstalled_at: null },
  ]);
});

test("a second visit exchanges nothing", async () => {
  await visit();
  asked = [];
  expect(await visit()).toBe(200);
  expect(asked).toEqual([]);
});

test("a shop that left and comes back is installed again", async () => {
  await visit();
  await app.database.pool.query("UPDATE shop SET uninstalled_at = now(), mode = 'live'");
  await app.database.pool.query("DELETE FROM session");
  expect(await visit()).toBe(200);
  expect(await readAll("shop")).toMatchObject([
    { domain: SHOP, mode: "observe", uninstalled_at: null },
  ]);
});
