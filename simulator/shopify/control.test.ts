import { afterAll, describe, expect, test } from "vitest";
import { startShopify } from "./start-shopify.ts";

const running = await startShopify({
  apiKey: "key",
  secret: "secret",
  appUrl: "http://127.0.0.1:1",
});

afterAll(() => running.close());

async function control(name: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${running.url}/_control/shopify/${name}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

describe("the control API", () => {
  test("performs a verb and says what it made", async () => {
    const { status, body } = await control("verb", {
      shop: "one.myshopify.com",
      verb: "createCustomer",
      args: { as: "ana", name: "Ana Ruiz", email: "ana@example.com" },
    });
    expect(status).toBe(200);
    expect(Object(body)["id"]).toBe(
      [...running.shopify.openShop("one.myshopify.com").customers.keys()][0],
    );
  });

  test("refuses a verb it does not know, and one that makes no sense, with a sentence", async () => {
    expect((await control("verb", { verb: "steal" })).status).toBe(422);
    const answer = await control("verb", { verb: "fulfil", args: { order: "never-placed" } });
    expect(answer).toEqual({ status: 422, body: { error: "no order never-placed" } });
  });

  test("plans faults and forgets them on reset", async () => {
    await control("faults", { throttle: 2, refuseTokens: "forever" });
    expect(running.shopify.faults).toEqual({ throttle: 2, refuseTokens: Infinity, unavailable: 0 });
    await control("reset", {});
    expect(running.shopify.faults).toEqual({ throttle: 0, refuseTokens: 0, unavailable: 0 });
    expect(running.shopify.shops()).toEqual([]);
  });

  test("a route that does not exist is answered with those that do", async () => {
    const answer = await control("nothing", {});
    expect(answer.status).toBe(404);
    expect(JSON.stringify(answer.body)).toContain("POST verb");
  });
});
