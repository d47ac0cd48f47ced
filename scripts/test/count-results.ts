// What the last line of `npm test` counts: tests over all suites. A file that could not even be
// loaded, a suite whose setup failed, and an error outside any test count as one failure each.
import type { TestModule, TestSuite } from "vitest/node";

export type Counts = { passed: number; failed: number; skipped: number };

export function countResults(
  modules: readonly TestModule[],
  unhandled: readonly unknown[],
): Counts {
  const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    counts.failed += brokenIn(module);
    for (const suite of module.children.allSuites()) counts.failed += brokenIn(suite);
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === "passed" || state === "failed" ? state : "skipped"] += 1;
    }
  }
  return counts;
}

export function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Each skipped test by its full name, so that nothing is left out in silence. */
export function namesOfSkipped(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    Array.from(
      module.children.allTests("skipped"),
      (test) => `${module.relativeModuleId} > ${test.fullName}`,
    ),
  );
}

/** Errors of the module or suite itself, not of its tests. */
function brokenIn(collection: TestModule | TestSuite): number {
  return collection.errors().length > 0 ? 1 : 0;
}
