import { expect, test } from "vitest";

import { createFaultReports } from "./fault-reports.ts";

test("a flood of faults makes one line, and the next line counts the flood", () => {
  let clock = 0;
  const lines: number[] = [];
  const log = { error: (fields: { leftOut: number }) => lines.push(fields.leftOut) };
  const report = createFaultReports(log, "down", () => clock);
  for (let i = 0; i < 1000; i += 1) report(new Error("refused"));
  clock = 5_000;
  report(new Error("refused"));
  expect(lines).toEqual([0, 999]);
});
