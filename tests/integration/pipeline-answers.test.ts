// Everything Customer.io can answer, and nothing at all: what was sent is settled as its answer
// means, nothing is lost, and nothing is counted twice.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "../../simulator/control/json.ts";
import { crowd } from "../../simulator/scenarios/crowd.ts";
import { comparable, contradictions, differences } from "../support/compare-workspaces.ts";
import { SHOP, startPipeline, WORKSPACE, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

const BATCH = "/api/v2/batch";

function order(number: number, email = `shopper${number}@example.com`): object {
  return {
    id: number,
    name: `#${number}`,
    email,
    phone: "+14155552671",
    created_at: "2026-11-20T11:00:00Z",
    updated_at: "2026-11-20T11:00:00Z",
    currency: "USD",
    total_price: "20.00",
    line_items: [],
  };
}

async function hearOrders(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    expect(await pipeline.send({ topic: "orders/create", body: order(number) })).toBe(200);
  }
  await pipeline.merge(SHOP);
}

function told(): { people: number; orders: number } {
  const { people, events } = pipeline.customerio.control.snapshot();
  return {
    people: people.filter(({ attributes }) => attributes["phone"] === "+14155552671").length,
    orders: events.filter(({ name }) => name === "order_placed").length,
  };
}

async function deliveryState(): Promise<{
  waits: boolean;
  reason: string | null;
  attempts: number;
}> {
  const { rows } = await pipeline.pool.query<{
    waits: boolean;
    reason: string | null;
    attempts: number;
  }>("SELECT paused_until IS NOT NULL AS waits, reason, attempts FROM delivery_state");
  return rows[0] ?? { waits: false, reason: null, attempts: 0 };
}

async function pausedForMs(): Promise<number> {
  const { rows } = await pipeline.pool.query<{ ms: number }>(
    "SELECT extract(epoch FROM paused_until - now()) * 1000 AS ms FROM delivery_state",
  );
  return Number(rows[0]?.ms);
}

async function letters(): Promise<{ kind: string; reason: string; detail: string }[]> {
  return (await pipeline.pool.query("SELECT kind, reason, detail FROM dead_letter ORDER BY id"))
    .rows;
}

type Silence = { says: string; plan: JsonObject; reason: string };

const SILENCES: Silence[] = [
  { says: "500", plan: { fault: "fail", status: 500 }, reason: "server_error" },
  {
    says: "503 with a Retry-After",
    plan: { fault: "fail", status: 503, retryAfter: 2 },
    reason: "server_error",
  },
  {
    says: "429 without a Retry-After",
    plan: { fault: "fail", status: 429 },
    reason: "rate_limited",
  },
  {
    says: "429 with seconds",
    plan: { fault: "fail", status: 429, retryAfter: 7 },
    reason: "rate_limited",
  },
  {
    says: "429 with a date",
    plan: { fault: "fail", status: 429, retryAfter: "date:9" },
    reason: "rate_limited",
  },
  { says: "401", plan: { fault: "fail", status: 401 }, reason: "unauthorized" },
  { says: "a reset before it was processed", plan: { fault: "drop" }, reason: "network" },
  {
    says: "a reset after it was processed",
    plan: { fault: "accept-then-drop" },
    reason: "network",
  },
  {
    says: "500 after it was processed",
    plan: { fault: "accept-then-fail" },
    reason: "server_error",
  },
  {
    says: "502 of a proxy",
    plan: { fault: "fail", status: 502, body: "<html>bad gateway</html>" },
    reason: "server_error",
  },
  {
    says: "200 of a proxy",
    plan: { fault: "fail", status: 200, body: "<html>welcome</html>" },
    reason: "unreadable_answer",
  },
  { says: "404", plan: { fault: "fail", status: 404 }, reason: "unexpected" },
  { says: "half an answer", plan: { fault: "cut-answer" }, reason: "unreadable_answer" },
];

test.each(SILENCES)(
  "$says: the shop waits, then everybody is told once",
  async ({ plan, reason }) => {
    await hearOrders(3);
    pipeline.freeze();
    pipeline.customerio.control.plan({ ...plan, path: BATCH, times: 2 });
    await pipeline.deliver(SHOP);
    const state = await deliveryState();
    expect(state).toMatchObject({ waits: true, attempts: 1 });
    expect(state.reason).toBe(reason);
    const requests = pipeline.customerio.control.totals().requests;
    await pipeline.deliver(SHOP);
    expect(pipeline.customerio.control.totals().requests).toBe(requests);
    await pipeline.settle();
    expect(told()).toEqual({ people: 3, orders: 3 });
    expect(await letters()).toEqual([]);
    expect(await deliveryState()).toEqual({ waits: false, reason: null, attempts: 0 });
  },
);

test.each([
  { says: "seconds", retryAfter: 600, atLeast: 590_000 },
  { says: "a date", retryAfter: "date:600", atLeast: 590_000 },
])("a Retry-After in $says is honoured", async ({ retryAfter, atLeast }) => {
  await hearOrders(1);
  pipeline.customerio.control.plan({ fault: "fail", status: 429, retryAfter, path: BATCH });
  await pipeline.deliver(SHOP);
  expect(await pausedForMs()).toBeGreaterThan(atLeast);
});

test("no answer at all is given up, and everybody is told once although it was processed", async () => {
  await hearOrders(2);
  pipeline.customerio.control.plan({ fault: "accept-then-hang", path: BATCH });
  await pipeline.deliver(SHOP);
  expect(await deliveryState()).toMatchObject({ waits: true, reason: "timeout" });
  await pipeline.settle();
  expect(told()).toEqual({ people: 2, orders: 2 });
});

test("events lost on the way back are sent again, and counted once", async () => {
  await hearOrders(5);
  pipeline.customerio.control.plan({
    fault: "accept-then-drop",
    path: BATCH,
    kind: "event",
    times: 3,
  });
  await pipeline.settle();
  expect(told()).toEqual({ people: 5, orders: 5 });
  expect(pipeline.customerio.control.workspace().counts.duplicateEvents).toBeGreaterThanOrEqual(15);
});

test("an item refused once and then taken is no dead letter", async () => {
  await hearOrders(3);
  pipeline.customerio.control.plan({ fault: "partial", items: [1], path: BATCH });
  await pipeline.settle();
  expect(told()).toEqual({ people: 3, orders: 3 });
  expect(await letters()).toEqual([]);
});

test("a refusal that names no item is tracked down to the item, and the others are told", async () => {
  await hearOrders(4);
  const body = { errors: [{ reason: "invalid", field: "attributes", message: "m" }] };
  const plan = { fault: "accept-then-fail", status: 207, body, path: BATCH, kind: "identify" };
  pipeline.customerio.control.plan({ ...plan, times: 3 });
  await pipeline.settle();
  expect(told().orders).toBe(4);
  expect(await letters()).toEqual([
    { kind: "outbox", reason: "refused", detail: "refused invalid attributes" },
  ]);
});

test.each([413, 400])(
  "an item that is answered %i by a proxy, without JSON, is a dead letter",
  async (status) => {
    await hearOrders(1);
    const plan = { fault: "fail", status, body: "<html>no</html>", path: BATCH, kind: "identify" };
    pipeline.customerio.control.plan(plan);
    await pipeline.settle();
    expect(await letters()).toMatchObject([{ reason: status === 413 ? "too_large" : "refused" }]);
  },
);

test("an item refused twice is a dead letter with its reason, and the others are told", async () => {
  await hearOrders(3);
  const refusal = {
    fault: "partial",
    kind: "identify",
    path: BATCH,
    reason: "invalid",
    field: "attributes",
  };
  pipeline.customerio.control.plan({ ...refusal, items: [1] });
  pipeline.customerio.control.plan({ ...refusal, items: [0] });
  await pipeline.settle();
  expect(told()).toEqual({ people: 2, orders: 3 });
  expect(await letters()).toEqual([
    { kind: "outbox", reason: "refused", detail: "invalid attributes" },
  ]);
});

test("a request refused as a whole is halved until the item that spoils it is alone", async () => {
  await hearOrders(4);
  // The whole, then a half, then one alone: everything with the first item in it.
  pipeline.customerio.control.plan({ fault: "fail", status: 400, path: BATCH, times: 3 });
  await pipeline.settle();
  expect(told()).toEqual({ people: 3, orders: 4 });
  expect(await letters()).toMatchObject([{ kind: "outbox", reason: "refused" }]);
});

test("nothing overtakes: while people wait to be told, their events wait, too", async () => {
  await hearOrders(2);
  pipeline.customerio.control.plan({
    fault: "fail",
    status: 500,
    path: BATCH,
    kind: "identify",
    times: 3,
  });
  await pipeline.settle();
  const sent = pipeline.customerio.control.requests().filter(({ path }) => path.startsWith(BATCH));
  const firstEvent = sent.findIndex(({ kinds }) => kinds["event"] !== undefined);
  const people = sent.slice(0, firstEvent).filter(({ status }) => status === 200);
  expect(people.length).toBeGreaterThan(0);
  expect(sent.slice(0, firstEvent - 1).every(({ kinds }) => kinds["event"] === undefined)).toBe(
    true,
  );
});

test("what was decided last wins although answers were lost, also where equal times are refused", async () => {
  pipeline.customerio.control.set({ ties: "refuse" });
  await hearOrders(1);
  pipeline.freeze();
  pipeline.customerio.control.plan({ fault: "accept-then-drop", path: BATCH, kind: "identify" });
  await pipeline.deliver(SHOP);
  const moved = {
    ...order(1),
    id: 2,
    name: "#2",
    phone: "+12125552368",
    created_at: "2026-11-20T12:00:00Z",
  };
  expect(await pipeline.send({ topic: "orders/create", body: moved })).toBe(200);
  await pipeline.merge(SHOP);
  await pipeline.pool.query("UPDATE delivery_state SET paused_until = NULL");
  await pipeline.deliver(SHOP);
  expect(pipeline.customerio.control.snapshot().people).toMatchObject([
    { email: "shopper1@example.com", attributes: { phone: "+12125552368", orders_count: 2 } },
  ]);
});

test("an answer is lost, then the state changes: what was told in vain is removed", async () => {
  const ticked = {
    ...{ token: "t1", email: "maya@example.com", phone: "+14155552671" },
    ...{ created_at: "2026-11-20T10:00:00Z", updated_at: "2026-11-20T10:00:00Z" },
    ...{ buyer_accepts_sms_marketing: true, sms_marketing_phone: "+14155552671" },
  };
  expect(await pipeline.send({ topic: "checkouts/create", body: ticked })).toBe(200);
  await pipeline.merge(SHOP);
  pipeline.customerio.control.plan({ fault: "accept-then-drop", path: BATCH });
  await pipeline.deliver(SHOP);
  const marketingPhone = (): unknown =>
    pipeline.customerio.control.snapshot().people[0]?.attributes["sms_marketing_phone"];
  expect(marketingPhone()).toBe("+14155552671");
  const unticked = {
    ...ticked,
    buyer_accepts_sms_marketing: false,
    updated_at: "2026-11-20T11:00:00Z",
  };
  expect(await pipeline.send({ topic: "checkouts/update", body: unticked })).toBe(200);
  await pipeline.settle();
  expect(marketingPhone()).toBeUndefined();
});

test("an answer is lost, then the address changes: nothing is left under the one told in vain", async () => {
  const account = { id: 77, phone: "+14155552671", created_at: "2026-11-20T10:00:00Z" };
  const first = { ...account, email: null, updated_at: "2026-11-20T10:00:00Z" };
  expect(await pipeline.send({ topic: "customers/create", body: first })).toBe(200);
  await pipeline.merge(SHOP);
  pipeline.customerio.control.plan({ fault: "accept-then-drop", path: BATCH });
  await pipeline.deliver(SHOP);
  const second = { ...account, email: "maya@example.com", updated_at: "2026-11-20T11:00:00Z" };
  expect(await pipeline.send({ topic: "customers/update", body: second })).toBe(200);
  await pipeline.settle();
  const withPhone = pipeline.customerio.control
    .snapshot()
    .people.filter(({ attributes }) => attributes["phone"] !== undefined);
  expect(withPhone.map(({ email }) => email)).toEqual(["maya@example.com"]);
});

test("what was turned away at the door is never removed later: it may be somebody else's", async () => {
  const { siteId, apiKey } = WORKSPACE;
  const write = (attributes: object): Promise<Response> =>
    fetch(`${pipeline.customerio.url}/api/v2/entity`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${siteId}:${apiKey}`)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        type: "person",
        action: "identify",
        identifiers: { email: "maya@example.com" },
        attributes,
      }),
    });
  expect((await write({ phone: "+442079460018" })).status).toBe(200);
  const gift = {
    id: 5,
    email: "maya@example.com",
    created_at: "2026-11-20T10:00:00Z",
    line_items: [],
  };
  const withPhone = { ...gift, phone: "+14155552671", updated_at: "2026-11-20T10:00:00Z" };
  expect(await pipeline.send({ topic: "orders/create", body: withPhone })).toBe(200);
  await pipeline.merge(SHOP);
  pipeline.customerio.control.plan({ fault: "fail", status: 429, path: BATCH });
  await pipeline.deliver(SHOP);
  const without = { ...gift, phone: null, updated_at: "2026-11-20T11:00:00Z" };
  expect(await pipeline.send({ topic: "orders/updated", body: without })).toBe(200);
  await pipeline.settle();
  expect(pipeline.customerio.control.snapshot().people).toMatchObject([
    { attributes: { phone: "+442079460018", orders_count: 1 } },
  ]);
});

test("a workspace that fails one request in three ends as one that never fails", async () => {
  const webhooks = crowd({ webhooks: 300, people: 60, shop: SHOP, seed: 5 });
  const calm = "calm.myshopify.com";
  pipeline.customerio.control.addWorkspace({
    ...{ siteId: "calm", apiKey: "calm", appKey: null, region: "us", environmentId: 2 },
  });
  await pipeline.connect({ domain: calm, siteId: "calm", apiKey: "calm" });
  const workspace = WORKSPACE.siteId;
  for (const fault of ["fail", "drop", "accept-then-fail", "accept-then-drop", "cut-answer"]) {
    pipeline.customerio.control.plan({
      fault,
      rate: 0.07,
      times: "forever",
      workspace,
      path: BATCH,
    });
  }
  for (let from = 0; from < webhooks.length; from += 60) {
    const some = webhooks.slice(from, from + 60);
    await pipeline.sendAll(some);
    await pipeline.sendAll(some.map((webhook) => ({ ...webhook, shop: calm })));
    await pipeline.settle();
    await pipeline.settle(calm);
  }
  const inCalm = comparable(pipeline.customerio.control.snapshot("calm"));
  const inStorm = comparable(pipeline.customerio.control.snapshot(workspace));
  // The shop's name is part of an event's identity and content; everything else is the same.
  expect(differences({ ...inCalm, events: new Map() }, { ...inStorm, events: new Map() })).toEqual(
    [],
  );
  expect(inStorm.events.size).toBe(inCalm.events.size);
  expect(contradictions(pipeline.customerio.control.workspace(workspace))).toEqual([]);
  expect(await letters()).toEqual([]);
});
