import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear, policyOf } from "../testing/hear.ts";
import { buyer, createTeller, START } from "../testing/tell.ts";
import { identifiersOf, isOnTestList } from "./address.ts";

const A = "+14155552671";
const { order } = createTeller(() => ({}));
const bought: Message = order(10, START, {
  ...{ email: "ada@example.com", customer: buyer(1), phone: A },
});

it("an address is told as exactly one identifier, whatever stands in it", () => {
  expect(identifiersOf("email:ada@example.com")).toEqual({ email: "ada@example.com" });
  expect(identifiersOf("id:1")).toEqual({ id: "1" });
  expect(identifiersOf("id:a:b")).toEqual({ id: "a:b" });
  expect(identifiersOf("id:email:")).toEqual({ id: "email:" });
});

describe("the test list", () => {
  const isListed = (test_list: string[]) => {
    const told = hear([bought], { asOf: START }).get("customer:1");
    return (
      told && isOnTestList(told.decision.profile, policyOf({ settings: { test_list } }).settings)
    );
  };

  it("names people by email in any case, by number or by Shopify customer id", () => {
    expect(isListed(["Ada@Example.com"])).toBe(true);
    expect(isListed([A])).toBe(true);
    expect(isListed(["9", "1"])).toBe(true);
  });

  it("names nobody else", () => {
    expect(isListed([])).toBe(false);
    expect(isListed(["ben@example.com", "+14155552672", "2"])).toBe(false);
  });
});
