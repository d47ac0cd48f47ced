import { expect, test } from "vitest";
import { createWhomToWake } from "./whom-to-wake.ts";

test("whoever is found for the first time is woken at once, however many they are", () => {
  const whom = createWhomToWake(2);
  expect(whom("pending", ["a", "b", "c", "d"])).toEqual(["a", "b", "c", "d"]);
});

test("whoever is found again and again is woken in turn, a few at a time", () => {
  const whom = createWhomToWake(2);
  whom("pending", ["a", "b", "c", "d"]);
  const next = [1, 2, 3].map(() => whom("pending", ["a", "b", "c", "d"]));
  expect(next).toEqual([
    ["a", "b"],
    ["c", "d"],
    ["a", "b"],
  ]);
});

test("a few are woken by every sweep, as long as they are found", () => {
  const whom = createWhomToWake();
  expect([1, 2, 3].map(() => whom("pending", ["a"]))).toEqual([["a"], ["a"], ["a"]]);
});

test("whoever was not found meanwhile is new", () => {
  const whom = createWhomToWake(1);
  whom("pending", ["a", "b"]);
  whom("pending", ["a"]);
  expect(whom("pending", ["a", "b"])).toEqual(["b", "a"]);
});

test("what one question finds says nothing of another's findings", () => {
  const whom = createWhomToWake(1);
  whom("pending", ["a", "b"]);
  expect(whom("to tell", ["a", "b"])).toEqual(["a", "b"]);
});
