import { expect, test } from "vitest";
import { readArguments } from "./read-arguments.ts";

test("projects are told from the names of files", () => {
  expect(readArguments(["--project", "unit", "intake", "--project=faults"])).toEqual({
    filters: ["intake"],
    projects: ["unit", "faults"],
    runs: null,
  });
});

test("how often properties are tried is told from the names of files, too", () => {
  const runs = 1_000_000;
  expect(readArguments(["--runs", "1000000"])).toEqual({ filters: [], projects: [], runs });
  expect(readArguments(["--project", "unit", "--runs=1000000", "laws"])).toEqual({
    filters: ["laws"],
    projects: ["unit"],
    runs,
  });
});

test.each([["--runs"], ["--runs="], ["--runs", "many"], ["--runs", "0"], ["--runs", "1e6"]])(
  "what is no number of runs is refused, and never taken for the usual number: %s %s",
  (...args) => {
    expect(() => readArguments(args)).toThrow("--runs takes a whole number");
  },
);
