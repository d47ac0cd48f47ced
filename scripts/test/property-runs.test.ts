import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "./property-runs.ts";

test("a property that does not say how often is tried as often as the run of the tests says", () => {
  let tried = 0;
  fc.assert(
    fc.property(fc.nat(), () => {
      tried += 1;
    }),
  );
  expect(tried).toBe(propertyRuns());
});
