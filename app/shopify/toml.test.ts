import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMPLIANCE_TOPICS, TOPICS } from "#app/core/topics.ts";
import { API_VERSION } from "./app.ts";

const TOML = readFileSync(new URL("../../shopify.app.toml", import.meta.url), "utf8");

/** The subscriptions as written: one topic list and one address each. */
function readSubscriptions() {
  return TOML.split("[[webhooks.subscriptions]]")
    .slice(1)
    .map((text) => ({
      compliance: text.includes("compliance_topics"),
      topics: [...(/topics = \[([^\]]*)\]/.exec(text)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
        ([, topic]) => topic,
      ),
      uri: /uri = "([^"]+)"/.exec(text)?.[1],
    }));
}

test("every topic the app hears is declared once, and no other", () => {
  const declared = readSubscriptions().flatMap(({ topics }) => topics);
  expect([...declared].sort()).toEqual(Object.keys(TOPICS).sort());
});

test("each topic has an address of its own, and the compliance topics share one", () => {
  for (const { compliance, topics, uri } of readSubscriptions()) {
    if (compliance)
      expect({ topics, uri }).toEqual({
        topics: [...COMPLIANCE_TOPICS],
        uri: "/webhooks/compliance",
      });
    else
      expect({ topics, uri }).toEqual({
        topics: [expect.any(String)],
        uri: `/webhooks/${topics[0]}`,
      });
  }
});

test("the app asks for the scopes its topics need and no more", () => {
  const scopes = /^scopes = "([^"]*)"/m.exec(TOML)?.[1]?.split(",");
  expect(scopes).toEqual([
    "read_customer_merge",
    "read_customers",
    "read_fulfillments",
    "read_orders",
    "write_customers",
  ]);
});

test("webhooks come in the version of the API that the app itself speaks", () => {
  expect(/^api_version = "([^"]*)"/m.exec(TOML)?.[1]).toBe(API_VERSION);
});
