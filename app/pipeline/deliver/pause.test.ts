// How long is waited: growing, spread by chance, never less than was asked for, never for ever.

import { expect, test } from "vitest";

import { waitsAfter } from "./pause.ts";
import type { NotNow } from "./send-batch.ts";

const trouble: Extract<NotNow, { kind: "later" }> = {
  kind: "later",
  status: 500,
  reason: "server_error",
  heard: "perhaps",
  retryAfterMs: null,
};
const wrongKeys: NotNow = { kind: "stopped", status: 401, reason: "unauthorized", heard: "no" };

test("a shop's waits double from half a second to a minute, between half and all of it by chance", () => {
  const longest = Array.from({ length: 10 }, (_, n) => waitsAfter(trouble, n, 1, 0.999_999).shopMs);
  expect(longest).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
  const shortest = Array.from({ length: 10 }, (_, n) => waitsAfter(trouble, n, 1, 0).shopMs);
  expect(shortest).toEqual(longest.map((ms) => ms / 2));
});

test("the third failure in a row opens the workspace's circuit, and each one after it for longer", () => {
  const open = [1, 2, 3, 4, 5, 20].map((n) => waitsAfter(trouble, 0, n, 0.999_999).workspaceMs);
  expect(open).toEqual([null, null, 2_000, 4_000, 8_000, 60_000]);
  expect(waitsAfter(trouble, 0, 4, 0.5).shopMs).toBeGreaterThanOrEqual(
    Number(waitsAfter(trouble, 0, 4, 0.5).workspaceMs),
  );
});

test("what the workspace asks for counts at once for all its shops, and is never undercut", () => {
  for (const random of [0, 0.5, 0.999]) {
    const asked = waitsAfter({ ...trouble, retryAfterMs: 7_000 }, 0, 1, random);
    expect(asked.shopMs).toBeGreaterThanOrEqual(7_000);
    expect(asked.shopMs).toBeLessThanOrEqual(7_500);
    expect(asked.workspaceMs).toBe(asked.shopMs);
  }
  expect(waitsAfter({ ...trouble, retryAfterMs: 0 }, 0, 1, 0).shopMs).toBe(500);
});

test("wrong keys stop the shop alone, and are tried again now and then", () => {
  expect(waitsAfter(wrongKeys, 30, 30, 0.999_999)).toEqual({ shopMs: 60_000, workspaceMs: null });
});
