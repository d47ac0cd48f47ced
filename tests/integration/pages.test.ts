import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { adminAddress, signSessionToken } from "../browser/session-token.ts";
import { startApp, type RunningApp } from "../browser/start-app.ts";

const SHOP = "fern.myshopify.com";
const OTHER = "moss.myshopify.com";
const SAVE = {
  intent: "save",
  mode: "observe",
  settings: { default_country: "DE" },
  connection: { region: "us", site_id: "", api_key: "", app_key: "", signing_key: "" },
};

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(async () => {
  await app.database.pool.query("TRUNCATE shop, session");
  await app.welcome(SHOP);
  await app.welcome(OTHER);
});

afterAll(async () => {
  await app?.stop();
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers({ "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0" });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  return fetch(app.url + path, { redirect: "manual", ...init, headers });
}

function post(token: string, body: string): Promise<Response> {
  return ask("/app/settings?_data=routes%2Fapp.settings", {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body,
  });
}

async function readCountries() {
  const { rows } = await app.database.pool.query(
    "SELECT domain, settings->>'default_country' AS country FROM shop ORDER BY 1",
  );
  return rows;
}

test("App Bridge is the first script of every document, and only this shop's admin may frame it", async () => {
  for (const path of ["/app", "/app/settings"]) {
    const answer = await ask(adminAddress(path, SHOP));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Security-Policy")).toMatch(
      /^frame-ancestors https:\/\/fern\.myshopify\.com https:\/\/admin\.shopify\.com /,
    );
    const scripts = [...(await answer.text()).matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts[0]).toBe('<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js">');
  }
});

test("a visit that names no shop is told where to go, and asked for nothing", async () => {
  const answer = await ask("/app");
  expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/auth/login"]);
  const login = await (await ask("/auth/login")).text();
  expect(login).toContain("Open Ringtrue from your Shopify admin");
  expect(login).not.toMatch(/<(form|input)/);
});

test("the front door sends a shop's visit to the app", async () => {
  const answer = await ask(`/?shop=${SHOP}&embedded=1`);
  expect(answer.headers.get("Location")).toBe(`/app?shop=${SHOP}&embedded=1`);
});

test("a page without a session token goes through Shopify's bounce page", async () => {
  const { pathname, search } = new URL(adminAddress("/app", SHOP), app.url);
  const query = new URLSearchParams(search);
  query.delete("id_token");
  const answer = await ask(`${pathname}?${query.toString()}`);
  const bounce = answer.headers.get("Location") ?? "";
  expect(bounce).toMatch(/^\/auth\/session-token\?/);
  const page = await ask(bounce);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("app-bridge.js")]);
});

test("a token signed by anybody else changes nothing and asks App Bridge to try again", async () => {
  const answer = await post(signSessionToken(SHOP, "another-secret"), JSON.stringify(SAVE));
  expect(answer.status).toBe(401);
  expect(answer.headers.get("X-Shopify-Retry-Invalid-Session-Request")).toBe("1");
  expect(await readCountries()).toEqual([]);
});

test("a save changes the shop of the token and no other", async () => {
  await ask(adminAddress("/app", OTHER));
  const answer = await post(signSessionToken(SHOP), JSON.stringify(SAVE));
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, done: "saved" }]);
  expect(await readCountries()).toEqual([
    { domain: SHOP, country: "DE" },
    { domain: OTHER, country: null },
  ]);
});

test.each(["", "[]", "{", '{"intent":"save"}', '{"intent":"burn"}'])(
  "a body of %j is refused and changes nothing",
  async (body) => {
    const answer = await post(signSessionToken(SHOP), body);
    expect(answer.status).toBe(400);
    expect(await readCountries()).toEqual([{ domain: SHOP, country: null }]);
  },
);

test("a page that does not exist says so", async () => {
  for (const path of ["/app/nothing-here", "/nothing-here"]) {
    const answer = await ask(adminAddress(path, SHOP));
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining("There is no such page"),
    ]);
  }
});
