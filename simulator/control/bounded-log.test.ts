import { expect, test } from "vitest";
import { createBoundedLog } from "./bounded-log.ts";

test("a bounded log keeps the newest entries and counts them all", () => {
  const log = createBoundedLog<number>(() => 3);
  for (let entry = 1; entry <= 10; entry += 1) log.add(entry);
  expect(log.latest()).toEqual([8, 9, 10]);
  expect(log.latest(2)).toEqual([9, 10]);
  expect(log.total()).toBe(10);
});
