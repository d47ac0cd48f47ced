import { expect, test } from "vitest";
import { createPace } from "./app-pace.ts";

test("no second holds more than ten requests, however many ask at once", async () => {
  let clock = 0;
  const waits: number[] = [];
  const pace = createPace(
    () => clock,
    async (ms) => void waits.push(ms),
  );
  await Promise.all(Array.from({ length: 25 }, () => pace.turn()));
  const starts = [...Array.from({ length: 10 }, () => 0), ...waits];
  for (const [index, start] of starts.entries()) {
    const tenLater = starts[index + 10];
    if (tenLater !== undefined) expect(tenLater - start).toBeGreaterThan(1_000);
  }
  clock = 60_000;
  waits.length = 0;
  await pace.turn();
  expect(waits).toEqual([]);
});
