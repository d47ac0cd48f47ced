// What every file of the unit suite begins with: the number of runs of every property that does not set its own, and the time for them.
import fc from "fast-check";
import { vi } from "vitest";
import { propertyRuns, propertySeed } from "./property-runs.ts";

const MINUTE = 60_000;
/** The heaviest law takes 4 ms a run on a quiet machine. */
const MS_A_RUN = 40;
/** The most a timer takes. */
const LONGEST = 2 ** 31 - 1;

const runs = propertyRuns();
fc.configureGlobal({ numRuns: runs, ...propertySeed() });
vi.setConfig({ testTimeout: Math.min(LONGEST, Math.max(MINUTE, runs * MS_A_RUN)) });
