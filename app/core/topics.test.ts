import { expect, test } from "vitest";

import { allTopics, COMPLIANCE_TOPICS, isTopic, urgentTopics } from "./topics.ts";

test("only what takes something away overtakes", () => {
  expect(urgentTopics()).toEqual([
    "customers_marketing_consent/update",
    "app/uninstalled",
    "customers/redact",
    "shop/redact",
  ]);
});

test("the compliance topics are topics like all others", () => {
  expect(COMPLIANCE_TOPICS.every((topic) => allTopics().includes(topic))).toBe(true);
});

test("names that every JavaScript object answers to are no topics", () => {
  expect(["constructor", "toString", "__proto__", "", "Orders/Create"].some(isTopic)).toBe(false);
});
