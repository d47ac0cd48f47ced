// The App API client against the simulated workspace, over the wire.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAppApi, type AppApi } from "#app/customerio/app-api.ts";
import { readConnection } from "#app/core/settings/connection.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";

const KEYS = { site_id: "site", api_key: "key" };
let cio: RunningCustomerio;

function openAppApi(appKey: string | null = "app"): AppApi | null {
  const reading = readConnection({ ...KEYS, app_key: appKey });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return createAppApi(reading.connection, cio.url);
}

function appApi(appKey?: string): AppApi {
  const api = openAppApi(appKey);
  if (api === null) throw new Error("there is a key");
  return api;
}

async function identify(email: string, attributes: Record<string, unknown> = {}): Promise<void> {
  const headers = { authorization: `Basic ${btoa("site:key")}` };
  const item = { type: "person", action: "identify", identifiers: { email }, attributes };
  const body = JSON.stringify({ batch: [item] });
  await fetch(`${cio.url}/api/v2/batch`, { method: "POST", headers, body });
}

beforeAll(async () => {
  cio = await startCustomerio({ siteId: "site", apiKey: "key", appKey: "app" });
});
beforeEach(() => cio.control.reset());
afterAll(() => cio.close());

test("without an App API key there is no client", () => {
  expect(openAppApi(null)).toBeNull();
});

test("an email with a plus sign finds its person, and opt-outs set for it are listed", async () => {
  await identify("ann+news@x.com", { sms_unsubscribe: true });
  const api = appApi();
  const cioId = expect.stringMatching(/./);
  expect(await api.findByEmail("ann+news@x.com")).toEqual({
    kind: "ok",
    value: [{ id: null, email: "ann+news@x.com", cioId }],
  });
  const ann = { email: "ann+news@x.com" };
  expect(await api.setOptOuts(ann, [{ from: "+18005550199", optout: true }])).toEqual({
    kind: "ok",
    value: null,
  });
  const optOuts = [{ from: "+18005550199", channel: "sms" }];
  expect(await api.optOutsOf(ann)).toEqual({ kind: "ok", value: optOuts });
  expect(await api.listOptOuts({ start: null, limit: 1000 })).toEqual({
    kind: "ok",
    value: { people: [{ customerId: null, cioId, optOuts }], next: null },
  });
  expect(await api.attributesOf(ann)).toMatchObject({
    kind: "ok",
    value: { attributes: { sms_unsubscribe: true }, unsubscribed: false, cioId },
  });
  const said = { attribute: { field: "sms_unsubscribe", operator: "eq", value: "true" } };
  expect(await api.search(said, null)).toMatchObject({
    kind: "ok",
    value: { people: [{ email: "ann+news@x.com" }], next: null },
  });
});

test("opt-outs come page by page", async () => {
  const api = appApi();
  for (const email of ["a@x.com", "b@x.com", "c@x.com"]) {
    await identify(email);
    await api.setOptOuts({ email }, [{ from: "+18005550199", optout: true }]);
  }
  const first = await api.listOptOuts({ start: null, limit: 2 });
  if (first.kind !== "ok") throw new Error(first.kind);
  const second = await api.listOptOuts({ start: first.value.next, limit: 2 });
  expect(first.value.people).toHaveLength(2);
  expect(second).toMatchObject({ kind: "ok", value: { people: [{}], next: null } });
});

test("each refusal is told apart: nobody there, wrong key, wrong request, later", async () => {
  const api = appApi();
  expect(await api.attributesOf({ id: "7" })).toEqual({ kind: "missing" });
  expect(await api.findByEmail("nobody@x.com")).toEqual({ kind: "ok", value: [] });
  expect(await appApi("other").findByEmail("a@x.com")).toEqual({
    kind: "unauthorized",
    status: 401,
  });
  await identify("a@x.com");
  const refused = await api.search({ nonsense: 1 }, null);
  expect(refused).toMatchObject({ kind: "refused", status: 400 });
  cio.control.set({ appRequestsPerSecond: 0 });
  expect(await api.findByEmail("a@x.com")).toEqual({
    kind: "later",
    status: 429,
    reason: "rate_limited",
    retryAfterMs: 1000,
  });
});

test("thirty requests at once keep to ten a second", async () => {
  cio.control.set({ appRequestsPerSecond: 20 });
  const [one, other] = [appApi(), appApi()];
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      (index % 2 === 0 ? one : other).findByEmail("a@x.com"),
    ),
  );
  expect(answers.every((answer) => answer.kind === "ok")).toBe(true);
});
