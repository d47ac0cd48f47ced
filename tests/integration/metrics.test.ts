// What a platform and its Prometheus ask of a process, and that the answers are true.
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBacklog } from "#app/db/backlog.ts";
import { bury } from "#app/db/dead-letters.ts";
import { pauseDelivery } from "#app/db/delivery-state.ts";
import { registerBacklogMetrics } from "#app/pipeline/backlog-metrics.ts";
import { createWorkMetrics } from "#app/pipeline/work-metrics.ts";
import { startWorkerServer } from "#app/worker-server.ts";
import { startPipeline, type Pipeline, SHOP } from "../support/pipeline.ts";
import { silentLog } from "../support/silent-log.ts";

let pipeline: Pipeline;
let metrics: Registry;

beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

/** The values of one metric, by their labels as they are written. */
async function read(name: string): Promise<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const line of (await metrics.metrics()).split("\n")) {
    const [, found, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (found === name) values[labels] = Number(value);
  }
  return values;
}

test("the backlog is told as it is: what waits, since when, who is paused and what died", async () => {
  const { pool } = pipeline;
  metrics = new Registry();
  let time = 0;
  registerBacklogMetrics(metrics, {
    read: () => readBacklog(pool),
    log: silentLog,
    now: () => time,
  });
  expect(await read("ringtrue_pending")).toEqual({
    'list="inbox"': 0,
    'list="people"': 0,
    'list="events"': 0,
    'list="feedback"': 0,
  });
  expect(await read("ringtrue_shop_lag_seconds")).toEqual({});

  const order = { id: 1, created_at: new Date(pipeline.now()).toISOString(), line_items: [] };
  await pipeline.send({ topic: "orders/create", body: { ...order, email: "ada@example.com" } });
  await pipeline.merge(SHOP);
  await pipeline.send({ topic: "orders/create", body: { ...order, id: 2 } });
  await pool.query("UPDATE message SET received_at = now() - interval '2 minutes'");
  await pauseDelivery(pool, 1, new Date(pipeline.now() + 600_000), "rate_limited");
  await bury(pool, SHOP, [
    { kind: "inbox", reference: "9", topic: "orders/create", reason: "not_json", detail: "" },
  ]);
  time += 10_000;
  expect(await read("ringtrue_pending")).toMatchObject({
    'list="inbox"': 1,
    'list="people"': 1,
    'list="events"': 1,
  });
  expect((await read("ringtrue_oldest_pending_seconds"))['list="inbox"']).toBeGreaterThan(100);
  expect(await read("ringtrue_shop_paused")).toEqual({
    [`shop="${SHOP}",reason="rate_limited"`]: 1,
  });
  expect((await read("ringtrue_shop_lag_seconds"))[`shop="${SHOP}"`]).toBeGreaterThan(100);
  expect(await read("ringtrue_shops")).toEqual({
    'state="live"': 1,
    'state="paused"': 1,
    'state="lagging"': 1,
  });
  expect(await read("ringtrue_dead_letters")).toEqual({ "": 1 });
  expect(await read("ringtrue_backlog_readable")).toEqual({ "": 1 });
});

test("a backlog that cannot be read is told as such, and everything else is still told", async () => {
  metrics = new Registry();
  createWorkMetrics(metrics).onSweep("swept");
  registerBacklogMetrics(metrics, {
    read: () => Promise.reject(new Error("no database")),
    log: silentLog,
    now: () => 0,
  });
  expect(await read("ringtrue_backlog_readable")).toEqual({ "": 0 });
  expect(await read("ringtrue_pending")).toEqual({});
  expect(await read("ringtrue_sweeps_total")).toEqual({ 'outcome="swept"': 1 });
});

test("the way from webhook to Customer.io is measured in two steps, and requests by their answer", async () => {
  metrics = new Registry();
  const watch = createWorkMetrics(metrics);
  watch.onUnderstood([100, 3_000]);
  watch.onAccepted([200]);
  expect(await read("ringtrue_understood_seconds_count")).toEqual({ "": 2 });
  expect(await read("ringtrue_understood_seconds_sum")).toEqual({ "": 3.1 });
  expect(await read("ringtrue_accepted_seconds_sum")).toEqual({ "": 0.2 });
  const refused = [{ index: 0, reason: "invalid", field: "id" }];
  const workspace = watch.countRequests({
    key: "one",
    send: () => Promise.resolve({ kind: "taken", status: 207, refused }),
  });
  const operation = {
    type: "person",
    action: "identify",
    identifiers: { id: "1" },
    timestamp: 1,
    attributes: {},
  } as const;
  await workspace.send([operation, operation]);
  expect(await read("ringtrue_deliver_items_total")).toEqual({
    'answer="taken"': 1,
    'answer="refused"': 1,
  });
  expect(await read("ringtrue_deliver_request_seconds_count")).toEqual({ 'answer="taken"': 1 });
});

test("a worker by itself answers probes and metrics, and nothing that came through a proxy", async () => {
  metrics = new Registry();
  createWorkMetrics(metrics).onSweep("swept");
  let ready = true;
  const ports = { log: silentLog, metrics, isReady: () => Promise.resolve(ready) };
  const server = await startWorkerServer({ ...ports, host: "127.0.0.1", port: 0 });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${server?.port}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  expect((await ask("/healthz")).status).toBe(200);
  expect((await ask("/readyz")).status).toBe(200);
  ready = false;
  expect((await ask("/readyz")).status).toBe(503);
  expect((await ask("/metrics")).text).toContain("ringtrue_sweeps_total");
  expect((await ask("/metrics", { "X-Forwarded-For": "1.2.3.4" })).status).toBe(404);
  expect((await ask("/webhooks/orders/create")).status).toBe(404);
  const { port = 0 } = server ?? {};
  const second = await startWorkerServer({ ...ports, host: "127.0.0.1", port });
  expect(second).toBeNull();
  await server?.close();
});
