import { expect, test } from "vitest";
import { readArguments } from "./read-arguments.ts";

test("projects are told from the names of files", () => {
  expect(readArguments(["--project", "unit", "intake", "--project=faults"])).toEqual({
    filters: ["intake"],
    projects: ["unit", "faults"],
  });
});
