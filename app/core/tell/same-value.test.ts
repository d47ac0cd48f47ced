import { expect, test } from "vitest";
import { isSameValue } from "./same-value.ts";

test("a value given back as text is the same value", () => {
  expect(isSameValue(true, "true")).toBe(true);
  expect(isSameValue(false, "False")).toBe(true);
  expect(isSameValue(129.95, "129.950")).toBe(true);
  expect(isSameValue("+14155552671", "+14155552671 ")).toBe(true);
});

test("what stands for something else is another value", () => {
  expect(isSameValue(true, "false")).toBe(false);
  expect(isSameValue(0, "")).toBe(false);
  expect(isSameValue("1", 2)).toBe(false);
  expect(isSameValue("US", undefined)).toBe(false);
  expect(isSameValue("US", { country: "US" })).toBe(false);
});

test("long text may come back shortened, short text may not", () => {
  const long = "x".repeat(1200);
  expect(isSameValue(long, long.slice(0, 1000))).toBe(true);
  expect(isSameValue("subscribed", "sub")).toBe(false);
});
