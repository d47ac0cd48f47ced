import { expect, test } from "vitest";

import { percentOf, scoresByFolder, withoutMissed } from "./scores.ts";

const mutants = (...statuses: string[]) => ({ mutants: statuses.map((status) => ({ status })) });

test("files are summed up by the folder below the core, and those beside the folders together", () => {
  const files = {
    "app/core/tell/catalogue/phone.ts": mutants("Killed", "NoCoverage"),
    "app/core/tell/events.ts": mutants("Timeout", "Survived"),
    "app/core/policy.ts": mutants("Killed"),
  };
  expect(scoresByFolder({ files })).toEqual([
    { place: "app/core/*.ts", found: 1, missed: 0 },
    { place: "app/core/tell", found: 2, missed: 2 },
    { place: "app/core", found: 3, missed: 2 },
  ]);
});

test("mutants that could not be tried count for neither side", () => {
  const files = { "app/core/a.ts": mutants("CompileError", "RuntimeError", "Ignored", "Killed") };
  expect(scoresByFolder({ files }).at(-1)).toEqual({ place: "app/core", found: 1, missed: 0 });
});

test("a score is never rounded up to one that was not reached", () => {
  expect(percentOf({ found: 1699, missed: 301 })).toBe(84.9);
  expect(percentOf({ found: 0, missed: 0 })).toBe(100);
});

test("what no test noticed is forgotten, and everything else of a report is kept", () => {
  const file = {
    source: "const a = 1;",
    ...mutants("Killed", "Survived", "NoCoverage", "Ignored"),
  };
  expect(withoutMissed({ schemaVersion: "1", files: { "app/core/a.ts": file } })).toEqual({
    schemaVersion: "1",
    files: { "app/core/a.ts": { source: "const a = 1;", ...mutants("Killed", "Ignored") } },
  });
});
