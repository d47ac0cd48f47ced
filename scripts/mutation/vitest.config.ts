// The tests that are run against each mutant of the core: the core's own. Property tests are tried a few times, from a fixed seed,
// so that the same mutant meets the same inputs in every run.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { QuickFirst } from "./quick-first.ts";

// A zone of its own: whatever reads a time by the machine's clock is noticed.
process.env["TZ"] = "America/St_Johns";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "#app": `${root}app` } },
  test: {
    include: ["app/core/**/*.test.ts", "tests/stories/**/*.test.ts"],
    // Half a million readings each time: what they guarantee has examples of its own beside them.
    exclude: ["app/core/phone/damage.test.ts"],
    environment: "node",
    env: { FC_RUNS: "50" },
    setupFiles: ["scripts/mutation/setup.ts"],
    sequence: { sequencer: QuickFirst },
  },
});
