// What is larger than Customer.io takes is made to fit and noted, or is a dead letter with its reason;
// it is never sent to be refused, and what is told beside it arrives.
import { afterEach, beforeEach, expect, test } from "vitest";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

function order(id: number, email: string, items: number): object {
  return {
    ...{ id, name: `#${id}`, email, phone: "+14155552671", currency: "USD", total_price: "20.00" },
    ...{ created_at: "2026-11-20T11:00:00Z", updated_at: "2026-11-20T11:00:00Z" },
    line_items: Array.from({ length: items }, (_, index) => ({
      ...{ id: index + 1, product_id: index + 1, variant_id: index + 1, quantity: 1 },
      ...{
        price: "1.00",
        title: `Kite ${index} ${"of many colours ".repeat(30)}`,
        sku: `K${index}`,
      },
    })),
  };
}

async function detailsOf(kind: string): Promise<string[]> {
  const { rows } = await pipeline.pool.query<{ detail: string }>(
    "SELECT detail FROM delivery WHERE kind = $1 ORDER BY id",
    [kind],
  );
  return rows.map(({ detail }) => detail);
}

test("an order with more items than an event holds tells the first ones, and how many there are", async () => {
  await pipeline.send({ topic: "orders/create", body: order(1, "maya@example.com", 100) });
  await pipeline.settle();
  const [placed] = pipeline.customerio.control
    .snapshot()
    .events.filter(({ name }) => name === "order_placed");
  const items = placed?.data["items"];
  expect(placed?.data).toMatchObject({ order_id: "1", items_truncated: true, items_count: 100 });
  expect(Array.isArray(items) && items.length).toBeGreaterThan(30);
  expect(await detailsOf("event")).toContain(
    `items ${Array.isArray(items) ? items.length : 0} of 100`,
  );
});

test("an identifier that is too long is a dead letter, and nobody else waits for it", async () => {
  await pipeline.send({ topic: "orders/create", body: order(1, "ada@example.com", 1) });
  await pipeline.send({ topic: "orders/create", body: order(2, "maya@example.com", 1) });
  await pipeline.merge(SHOP);
  // Intake knows no such address; what an older release or another door let in must not block anybody.
  await pipeline.pool.query(
    "UPDATE person SET address = $1 WHERE address = 'email:ada@example.com'",
    [`email:${"m".repeat(150)}@example.com`],
  );
  await pipeline.deliver(SHOP);
  const { people } = pipeline.customerio.control.snapshot();
  expect(people.map(({ email }) => email)).toEqual(["maya@example.com"]);
  const { rows } = await pipeline.pool.query("SELECT reason, detail FROM dead_letter ORDER BY id");
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row).toEqual({ reason: "identifier_too_long", detail: "identifier_too_long email" });
  }
});

test("an attribute that no longer fits is cut, and one that would be of no use is removed", async () => {
  await pipeline.pool.query(
    `UPDATE shop SET settings = (settings::jsonb || '{"attributes_on": ["first_name"]}')::json`,
  );
  const named = (first_name: string, updated_at: string): object => ({
    ...{ id: 7, email: "maya@example.com", phone: "+14155552671", first_name, updated_at },
    created_at: "2026-11-20T10:00:00Z",
  });
  const told = (): unknown =>
    pipeline.customerio.control.snapshot().people[0]?.attributes["first_name"];
  await pipeline.send({ topic: "customers/create", body: named("Maya", "2026-11-20T10:00:00Z") });
  await pipeline.settle();
  expect(told()).toBe("Maya");
  await pipeline.send({
    topic: "customers/update",
    body: named("電話 ".repeat(200), "2026-11-20T11:00:00Z"),
  });
  await pipeline.settle();
  expect(String(told())).toMatch(/^(?:電話 )+/);
  expect(Buffer.byteLength(String(told()))).toBeLessThanOrEqual(1_000);
  await pipeline.send({
    topic: "customers/update",
    body: named(`https://shop.example/${"x".repeat(1_000)}`, "2026-11-20T12:00:00Z"),
  });
  await pipeline.settle();
  expect(told()).toBeUndefined();
  expect((await detailsOf("identify")).filter((detail) => detail !== "")).toEqual([
    "cut first_name",
    "left out first_name",
  ]);
});
