// The suites. `unit` needs nothing but Node; the others share one PostgreSQL and one Redis that
// tests/support/services.ts starts for the run. They run one after the other: a browser or a fault
// test must not wait for a core that property tests keep busy.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A zone that is far from UTC, and half an hour off: what leans on the machine's own is found out.
process.env["TZ"] = "America/St_Johns";

const services = ["./tests/support/services.ts"];
const alias = { "#app": fileURLToPath(new URL("app", import.meta.url)) };
const minute = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: [
            "{app,simulator,scripts,tests/support}/**/*.test.{ts,tsx}",
            "{app,simulator}/**/*.prop.test.ts",
            "extensions/*/src/**/*.test.ts",
            "tests/stories/**/*.test.ts",
          ],
          environment: "node",
          setupFiles: ["./scripts/test/unit-setup.ts"],
          // Vitest leaves one core free, which would be every other one here.
          maxWorkers: "100%",
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          sequence: { groupOrder: 1 },
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: services,
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "browser",
          sequence: { groupOrder: 2 },
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: services,
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "faults",
          sequence: { groupOrder: 3 },
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: services,
          testTimeout: 5 * minute,
          hookTimeout: 2 * minute,
          fileParallelism: false,
        },
      },
    ],
  },
});
