// What one shop learns of a workspace spares the others that share it: after some failures nobody
// sends, then one of them tries a little, and its answer counts for all. And a shop whose keys are
// wrong stops alone, until they are right.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPrisma } from "#app/db/prisma.ts";
import { changeShop, findShop } from "#app/db/shops.ts";
import { sealConnection } from "#app/db/shop-connection.ts";
import { sealer } from "../support/connected-shop.ts";
import { SHOP, startPipeline, WORKSPACE, type Pipeline } from "../support/pipeline.ts";

const NEIGHBOUR = "two.myshopify.com";
const BATCH = "/api/v2/batch";
const MINUTE = 60_000;

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
  // No moment passes but by `advance`.
  pipeline.freeze();
  await pipeline.connect({ domain: NEIGHBOUR, ...WORKSPACE });
});
afterEach(() => pipeline.close());

async function hearOrders(shop: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const order = {
      ...{ id: number, name: `#${number}`, email: `shopper${number}@${shop}` },
      ...{ phone: "+14155552671", currency: "USD", total_price: "20.00", line_items: [] },
      ...{ created_at: "2026-11-20T11:00:00Z", updated_at: "2026-11-20T11:00:00Z" },
    };
    expect(await pipeline.send({ topic: "orders/create", body: order, shop })).toBe(200);
  }
  await pipeline.merge(shop);
}

function failing(times: number | "forever"): void {
  pipeline.customerio.control.plan({ fault: "fail", status: 500, path: BATCH, times });
}

function requests(): number {
  return pipeline.customerio.control.totals().requests;
}

async function circuit(): Promise<{ failures: number; open: boolean; probing: boolean }> {
  const { rows } = await pipeline.pool.query<{ failures: number; open: boolean; probing: boolean }>(
    `SELECT failures, open_until IS NOT NULL AS open, probing_until IS NOT NULL AS probing
     FROM workspace_circuit`,
  );
  return rows[0] ?? { failures: 0, open: false, probing: false };
}

async function waitOf(shop: string): Promise<{ until: Date | null; reason: string | null }> {
  const { rows } = await pipeline.pool.query<{ until: Date | null; reason: string | null }>(
    `SELECT d.paused_until AS until, d.reason FROM delivery_state d JOIN shop s ON s.id = d.shop_id
     WHERE s.domain = $1`,
    [shop],
  );
  return rows[0] ?? { until: null, reason: null };
}

async function failUntilOpen(): Promise<void> {
  for (let failure = 1; failure <= 3; failure += 1) {
    await pipeline.deliver(SHOP);
    if (failure < 3) pipeline.advance(MINUTE);
  }
}

test("three failures in a row of one shop, and no shop of the workspace sends until the time is over", async () => {
  await hearOrders(SHOP, 1);
  await hearOrders(NEIGHBOUR, 1);
  failing("forever");
  await failUntilOpen();
  expect(await circuit()).toEqual({ failures: 3, open: true, probing: false });
  const sent = requests();
  await pipeline.deliver(NEIGHBOUR);
  await pipeline.deliver(SHOP);
  expect(requests()).toBe(sent);
  const { until, reason } = await waitOf(NEIGHBOUR);
  expect(reason).toBe("server_error");
  expect(until?.getTime()).toBeGreaterThan(pipeline.now());
});

test("when the time is over one shop probes with a little, and its success opens the way for all", async () => {
  await hearOrders(SHOP, 60);
  await hearOrders(NEIGHBOUR, 1);
  failing(3);
  await failUntilOpen();
  pipeline.advance(MINUTE);
  const sent = requests();
  await pipeline.deliver(SHOP);
  const log = pipeline.customerio.control.requests().slice(-(requests() - sent));
  expect(log[0]?.kinds).toEqual({ identify: 25 });
  expect(await circuit()).toEqual({ failures: 0, open: false, probing: false });
  await pipeline.deliver(NEIGHBOUR);
  expect(pipeline.customerio.control.snapshot().people).toHaveLength(61);
});

test("a probe that fails leaves the workspace alone for longer, after one request", async () => {
  await hearOrders(SHOP, 60);
  failing("forever");
  await failUntilOpen();
  pipeline.advance(MINUTE);
  const sent = requests();
  await pipeline.deliver(SHOP);
  expect(requests()).toBe(sent + 1);
  expect(await circuit()).toEqual({ failures: 4, open: true, probing: false });
});

test("while one shop probes the others wait; when the prober has died, another one probes", async () => {
  await hearOrders(SHOP, 1);
  await hearOrders(NEIGHBOUR, 1);
  failing(3);
  await failUntilOpen();
  pipeline.advance(MINUTE);
  // As a prober leaves it that was killed while its request was on its way.
  await pipeline.pool.query("UPDATE workspace_circuit SET probing_until = $1", [
    new Date(pipeline.now() + 30_000),
  ]);
  const sent = requests();
  await pipeline.deliver(NEIGHBOUR);
  expect(requests()).toBe(sent);
  expect((await waitOf(NEIGHBOUR)).until?.getTime()).toBeLessThanOrEqual(pipeline.now() + 1_000);
  pipeline.advance(30_001);
  await pipeline.deliver(NEIGHBOUR);
  expect(requests()).toBeGreaterThan(sent);
  expect(await circuit()).toEqual({ failures: 0, open: false, probing: false });
});

test("a prober with nothing to tell lets the next one probe", async () => {
  await hearOrders(SHOP, 1);
  failing(3);
  await failUntilOpen();
  pipeline.advance(MINUTE);
  await pipeline.deliver(NEIGHBOUR);
  expect(await circuit()).toMatchObject({ open: true, probing: false });
  await pipeline.deliver(SHOP);
  expect(pipeline.customerio.control.snapshot().people).toHaveLength(1);
});

test("what a workspace asks for by Retry-After is kept by all its shops, at once", async () => {
  await hearOrders(SHOP, 1);
  await hearOrders(NEIGHBOUR, 1);
  const plan = { fault: "fail", status: 429, retryAfter: 20, path: BATCH };
  pipeline.customerio.control.plan(plan);
  await pipeline.deliver(SHOP);
  const sent = requests();
  await pipeline.deliver(NEIGHBOUR);
  pipeline.advance(19_000);
  await pipeline.deliver(SHOP);
  await pipeline.deliver(NEIGHBOUR);
  expect(requests()).toBe(sent);
  pipeline.advance(2_000);
  await pipeline.deliver(NEIGHBOUR);
  expect(requests()).toBeGreaterThan(sent);
});

test("wrong keys stop their shop alone; changed ones are tried at once", async () => {
  await hearOrders(SHOP, 1);
  await hearOrders(NEIGHBOUR, 1);
  const prisma = createPrisma(pipeline.database.url);
  const connect = async (apiKey: string): Promise<void> => {
    const shop = await findShop(prisma, SHOP);
    if (!shop) throw new Error("there is no such shop");
    const credentials = sealConnection(sealer, {
      ...{ region: "us", site_id: WORKSPACE.siteId, api_key: apiKey },
      ...{ app_key: null, signing_key: null, twilio_auth_token: null },
    });
    await changeShop(prisma, shop, { credentials }, new Date(pipeline.now()));
  };
  try {
    await connect("mis-pasted");
    await pipeline.deliver(SHOP);
    expect((await waitOf(SHOP)).reason).toBe("unauthorized");
    await pipeline.deliver(NEIGHBOUR);
    expect(pipeline.customerio.control.snapshot().people).toHaveLength(1);
    expect(await circuit()).toEqual({ failures: 0, open: false, probing: false });
    const sent = requests();
    await pipeline.deliver(SHOP);
    expect(requests()).toBe(sent);
    await connect(WORKSPACE.apiKey);
    await pipeline.deliver(SHOP);
    expect(pipeline.customerio.control.snapshot().people).toHaveLength(2);
    expect(await waitOf(SHOP)).toEqual({ until: null, reason: null });
  } finally {
    await prisma.$disconnect();
  }
});

test("keys that work again by themselves are found out without anybody's click", async () => {
  await hearOrders(SHOP, 1);
  pipeline.customerio.control.plan({ fault: "fail", status: 401, path: BATCH, times: 5 });
  await pipeline.settle();
  expect(pipeline.customerio.control.snapshot().people).toHaveLength(1);
});

test("a workspace of the other region is not followed there", async () => {
  await hearOrders(SHOP, 1);
  const elsewhere = `${pipeline.customerio.url}/elsewhere`;
  pipeline.customerio.control.plan({
    ...{ fault: "redirect", status: 307, location: elsewhere, path: BATCH },
  });
  await pipeline.deliver(SHOP);
  expect((await waitOf(SHOP)).reason).toBe("redirected");
  expect(
    pipeline.customerio.control.requests().filter(({ path }) => path.includes("elsewhere")),
  ).toEqual([]);
});
