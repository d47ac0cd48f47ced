import { describe, expect, test } from "vitest";
import { crowd, crowdWebhooks } from "./crowd.ts";

const SHOP = "crowd.myshopify.com";

function wire(options: Parameters<typeof crowd>[0]): string[] {
  return crowd(options).map(
    ({ webhookId, topic, triggeredAt, body }) => `${webhookId} ${topic} ${triggeredAt} ${body}`,
  );
}

describe("a crowd", () => {
  test("is the same for the same seed and another for another", () => {
    const options = { webhooks: 400, people: 60, shop: SHOP, seed: 3 };
    expect(wire(options)).toEqual(wire(options));
    expect(wire(options)).not.toEqual(wire({ ...options, seed: 4 }));
  });

  test("has exactly as many webhooks as asked for, each with its own id", () => {
    const webhooks = crowd({ webhooks: 777, people: 50, shop: SHOP, seed: 1 });
    expect(webhooks).toHaveLength(777);
    expect(new Set(webhooks.map(({ webhookId }) => webhookId)).size).toBe(777);
  });

  test("shops, ticks, says stop, moves, and gets its parcels", () => {
    const topics = new Set(
      crowd({ webhooks: 3000, people: 200, shop: SHOP, seed: 1 }).map(({ topic }) => topic),
    );
    for (const topic of [
      "checkouts/update",
      "orders/create",
      "customers_marketing_consent/update",
      "customers/update",
      "fulfillments/create",
    ]) {
      expect(topics).toContain(topic);
    }
  });

  test("bodies can be had near a size", () => {
    const sizes = crowd({ webhooks: 600, people: 60, shop: SHOP, seed: 1, bodyBytes: 3072 }).map(
      ({ body }) => body.byteLength,
    );
    const median = sizes.toSorted((left, right) => left - right)[300] ?? 0;
    expect(Math.abs(median - 3072)).toBeLessThan(400);
  });

  test("can be taken one by one, without holding them all", () => {
    const first = crowdWebhooks({ webhooks: 1e9, people: 10, shop: SHOP, seed: 1 }).take(3);
    expect([...first]).toHaveLength(3);
  });
});
