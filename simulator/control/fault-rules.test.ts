import { expect, test } from "vitest";
import { createFaultRules } from "./fault-rules.ts";

function drawTwenty(seed: number): (string | null)[] {
  const rules = createFaultRules<string, string>(seed);
  rules.add({ match: "any", fault: "drop", times: "forever", skip: 0, rate: 0.5 });
  return Array.from({ length: 20 }, () => rules.take(() => true));
}

test("rules are consumed in the order they were added, each as often as it was planned", () => {
  const rules = createFaultRules<string, string>(1);
  rules.add({ match: "a", fault: "first", times: 2, skip: 0, rate: 1 });
  rules.add({ match: "a", fault: "second", times: 1, skip: 0, rate: 1 });
  const taken = Array.from({ length: 4 }, () => rules.take((match) => match === "a"));
  expect(taken).toEqual(["first", "first", "second", null]);
});

test("a rule that does not fit is left for a request that does", () => {
  const rules = createFaultRules<string, string>(1);
  rules.add({ match: "event", fault: "drop", times: 1, skip: 0, rate: 1 });
  expect(rules.take((match) => match === "identify")).toBeNull();
  expect(rules.take((match) => match === "event")).toBe("drop");
});

test("a skipping rule lets the first fitting requests pass", () => {
  const rules = createFaultRules<string, string>(1);
  rules.add({ match: "a", fault: "drop", times: 1, skip: 2, rate: 1 });
  expect(Array.from({ length: 4 }, () => rules.take(() => true))).toEqual([
    null,
    null,
    "drop",
    null,
  ]);
});

test("the same seed draws the same random faults, another seed draws others", () => {
  expect(drawTwenty(7)).toEqual(drawTwenty(7));
  expect(drawTwenty(7)).not.toEqual(drawTwenty(8));
});
