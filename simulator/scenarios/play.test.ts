import { createServer } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { closeServer, listen } from "../control/listen.ts";
import { createShopify } from "../shopify/shopify.ts";
import { DAY } from "./day.ts";
import { expectationsFor } from "./expectations.ts";
import { playScenario } from "./play.ts";

const heard: string[] = [];
const app = createServer((request, response) => {
  heard.push(String(request.headers["x-shopify-webhook-id"]));
  request.resume().on("end", () => response.writeHead(heard.length % 9 === 0 ? 503 : 200).end());
});
const appUrl = `http://127.0.0.1:${await listen(app, 0)}`;

afterAll(() => closeServer(app));

describe("playing a scenario", () => {
  test("tells everything that happened at least once, history first, and gives the time back to the machine", async () => {
    const shopify = createShopify({
      apiKey: "key",
      secret: "secret",
      appUrl,
      delivery: { msPerRetrySecond: 0.01 },
    });
    const shop = shopify.openShop(DAY.shop);
    let toldBeforeSettling = 0;
    await playScenario(
      shopify,
      shop,
      { ...DAY, pauses: {} },
      {
        roundMs: 1,
        async settle() {
          toldBeforeSettling = shopify.deliverer().ledger.summary().acknowledged;
        },
      },
    );
    const sum = shopify.deliverer().ledger.summary();
    expect(toldBeforeSettling).toBeGreaterThan(50);
    expect(sum).toMatchObject({ queued: 0, failed: 0, dropped: 0, acknowledged: sum.webhooks });
    expect(new Set(heard).size).toBe(sum.webhooks);
    expect(heard.length).toBe(sum.attempts);
    expect(expectationsFor(shop, DAY)).toHaveLength(DAY.people.length);
    expect(Math.abs(shop.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
    shopify.close();
  });

  test("another shop of the same day has other ids", () => {
    const shopify = createShopify({ apiKey: "key", secret: "secret", appUrl });
    const one = shopify.openShop("one.myshopify.com").identifiers;
    const two = shopify.openShop("two.myshopify.com").identifiers;
    expect([one.id("customer"), one.uuid("webhook")]).not.toEqual([
      two.id("customer"),
      two.uuid("webhook"),
    ]);
    shopify.close();
  });
});
