import { expect, test } from "vitest";
import { readArguments } from "./read-arguments.ts";

test("projects are told from the names of files", () => {
  expect(readArguments(["--project", "unit", "intake", "--project=faults"])).toEqual({
    filters: ["intake"],
    projects: ["unit", "faults"],
    runs: null,
    seed: null,
  });
});

test("how often properties are tried is told from the names of files, too", () => {
  const runs = 1_000_000;
  expect(readArguments(["--runs", "1000000"])).toEqual({
    filters: [],
    projects: [],
    runs,
    seed: null,
  });
  expect(readArguments(["--project", "unit", "--runs=1000000", "laws"])).toEqual({
    filters: ["laws"],
    projects: ["unit"],
    runs,
    seed: null,
  });
});

test("the seed of properties is told, too", () => {
  expect(readArguments(["--seed", "7", "laws"])).toMatchObject({ filters: ["laws"], seed: 7 });
  expect(() => readArguments(["--seed", "lucky"])).toThrow("--seed takes a whole number");
});

test.each([["--runs"], ["--runs="], ["--runs", "many"], ["--runs", "0"], ["--runs", "1e6"]])(
  "what is no number of runs is refused, and never taken for the usual number: %s %s",
  (...args) => {
    expect(() => readArguments(args)).toThrow("--runs takes a whole number");
  },
);
