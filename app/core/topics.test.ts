import { expect, test } from "vitest";

import {
  allOwnTopics,
  allTopics,
  COMPLIANCE_TOPICS,
  isOwnTopic,
  isTopic,
  laneOf,
  urgentTopics,
} from "./topics.ts";

test("only what may take something away overtakes", () => {
  expect(urgentTopics()).toEqual([
    "customers_marketing_consent/update",
    "app/uninstalled",
    "customers/redact",
    "shop/redact",
    "support/note",
    "preference/change",
    "text/inbound",
    "number/report",
    "twilio/message",
    "customerio/consent",
    "customerio/reply",
    "customerio/opt-out",
  ]);
});

test("everything else waits its turn, also what this version does not know", () => {
  const usual = [...allTopics(), ...allOwnTopics()].filter((name) => laneOf(name) === 1);
  expect(usual).toHaveLength(allTopics().length + allOwnTopics().length - urgentTopics().length);
  expect(laneOf("orders/edited")).toBe(1);
  expect(laneOf("toString")).toBe(1);
});

test("what our own doors keep is no topic of Shopify's, so no webhook path takes it", () => {
  expect(allOwnTopics().some(isTopic)).toBe(false);
  expect(allTopics().some(isOwnTopic)).toBe(false);
});

test("the compliance topics are topics like all others", () => {
  expect(COMPLIANCE_TOPICS).toEqual(["customers/data_request", "customers/redact", "shop/redact"]);
  expect(COMPLIANCE_TOPICS.every((topic) => allTopics().includes(topic))).toBe(true);
});

test("names that every JavaScript object answers to are no topics", () => {
  const names = ["constructor", "toString", "__proto__", "", "Orders/Create", "Form/Entry"];
  expect(names.some(isTopic)).toBe(false);
  expect(names.some(isOwnTopic)).toBe(false);
});
