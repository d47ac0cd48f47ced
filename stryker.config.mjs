// Mutation testing of the core: `npm run mutation`. How to run it, what is left out and why, and the scores: docs/mutation-testing.md.
// One folder only: npm run mutation -- --mutate 'app/core/phone/**/*.ts,!**/*.test.ts'

export default {
  mutate: [
    "app/core/**/*.ts",
    "!app/core/**/*.test.ts",
    "!app/core/**/*.d.ts",
    // What tests need: stands in for the outside, decides nothing.
    "!app/core/testing/**",
    // Sentences for people, and names without logic.
    "!app/core/explain/texts.ts",
    "!app/core/phone/reasons.ts",
    // A list that a test compares with the numbering plans whole.
    "!app/core/settings/countries.ts",
  ],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/mutation/vitest.config.ts" },
  coverageAnalysis: "perTest",
  incremental: true,
  incrementalFile: ".cache/mutation/incremental.json",
  tempDirName: ".cache/mutation/sandboxes",
  ignorePatterns: [
    "/build",
    "/.data",
    "/.cache",
    "/bench",
    "/docs",
    "/tests/{browser,faults,integration}",
  ],
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  htmlReporter: { fileName: ".cache/mutation/report.html" },
  concurrency: 2,
  timeoutMS: 10_000,
  packageManager: "npm",
  thresholds: { high: 95, low: 85, break: 85 },
  allowEmpty: false,
};
