// A suite that needs a program which this machine may lack. Missing, it is skipped by name, so that
// the count shows it; where CI=true, it fails instead.
import { describe, expect, inject, test } from "vitest";
import type { Tool } from "./tools.ts";

const PACKAGES: Record<Tool, string> = { redis: "redis-server", chromium: "chromium" };

export function describeWith(tool: Tool, name: string, suite: () => void): void {
  if (inject("services").tools[tool] !== null) describe(name, suite);
  else if (process.env["CI"] === "true") failFor(tool, name);
  else describe.skip(`${name} (needs ${PACKAGES[tool]}, which is not installed)`, suite);
}

function failFor(tool: Tool, name: string): void {
  describe(name, () => {
    test(`${PACKAGES[tool]} is installed`, () => {
      expect.fail(`${PACKAGES[tool]} is not installed, and CI=true allows no skipped suite`);
    });
  });
}
