import { expect, test } from "vitest";
import type { Status } from "#app/db/status.ts";
import { sayStatus } from "./status-sentence.ts";

const QUIET: Status = {
  inboxPending: 0,
  outboxPending: 0,
  delivered: 12,
  deadLetters: 0,
  scheduled: 0,
  held: 0,
  oldestPendingMs: 0,
  paused: false,
  pausedBecause: null,
  mode: "live",
};

test.each([
  [{}, false, "info", "not connected"],
  [{ paused: true, deadLetters: 3 }, true, "critical", "cannot be reached"],
  [{ paused: true, pausedBecause: "timeout" }, true, "critical", "cannot be reached"],
  [{ paused: true, pausedBecause: "unauthorized" }, true, "critical", "check them in Settings"],
  [{ paused: true, pausedBecause: "redirected" }, true, "critical", "the other region"],
  [{ deadLetters: 1, oldestPendingMs: 9e9 }, true, "warning", "1 message needs a person"],
  [{ deadLetters: 1200 }, true, "warning", "1,200 messages need a person"],
  [{ oldestPendingMs: 150_000 }, true, "warning", "waited 2 minutes"],
  [{ mode: "observe", inboxPending: 3 }, true, "success", "writes nothing"],
  [{ mode: "test" }, true, "success", "test list"],
  [{ inboxPending: 1, outboxPending: 2 }, true, "success", "3 updates are on the way"],
  [{}, true, "success", "Customer.io knows everything"],
])("of %j, connected %s, the most urgent thing is said", (change, connected, tone, words) => {
  const said = sayStatus({ ...QUIET, ...change }, connected);
  expect(said.tone).toBe(tone);
  expect(said.sentence).toContain(words);
});
