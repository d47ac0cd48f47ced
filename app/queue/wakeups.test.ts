import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { AddOptions } from "./backend.ts";
import { createWakeups, type Wakeups } from "./wakeups.ts";

const SHOP = "one.myshopify.com";

type Added = AddOptions & { kind: string; accept(): void; refuse(): void };

let added: Added[];
let wakeups: Wakeups;

beforeEach(() => {
  vi.useFakeTimers();
  added = [];
  wakeups = createWakeups({
    add: (kind, _data, options) =>
      new Promise((resolve, reject) => {
        added.push({ kind, ...options, accept: resolve, refuse: () => reject(new Error("away")) });
      }),
  });
});

afterEach(() => vi.useRealTimers());

function ids(): string[] {
  return added.map(
    (add) => `${add.kind} ${add.deduplicationId}${add.isContinuation ? " later" : ""}`,
  );
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

test("the first wake-up goes at once, and a hundred more make one, a tenth of a second later", async () => {
  for (let i = 0; i < 100; i += 1) wakeups.wake("merge", SHOP, "new");
  expect(added.length).toBe(1);
  added[0]?.accept();
  await pass(99);
  expect(added.length).toBe(1);
  await pass(1);
  expect(added.length).toBe(2);
  added[1]?.accept();
  await pass(1_000);
  expect(added.length).toBe(2);
});

test("one that is asked for while another is on its way is sent when that one is over", async () => {
  wakeups.wake("merge", SHOP, "new");
  await pass(1_000);
  wakeups.wake("merge", SHOP, "new");
  await pass(1_000);
  expect(added.length).toBe(1);
  added[0]?.accept();
  await pass(100);
  expect(added.length).toBe(2);
});

test("kinds, shops and reasons wake under ids of their own", () => {
  wakeups.wake("merge", SHOP, "new");
  wakeups.wake("merge", SHOP, "continue");
  wakeups.wake("merge", SHOP, "urgent");
  wakeups.wake("merge", SHOP, "sweep");
  wakeups.wake("deliver", SHOP, "new");
  wakeups.wake("merge", "two.myshopify.com", "continue");
  expect(ids()).toEqual([
    `merge ${SHOP}`,
    `merge ${SHOP}#urgent`,
    `merge ${SHOP}#sweep`,
    `deliver ${SHOP}`,
    "merge two.myshopify.com later",
  ]);
});

test("news that comes with a continuation is not put off with it", async () => {
  wakeups.wake("merge", SHOP, "new");
  wakeups.wake("merge", SHOP, "new");
  wakeups.wake("merge", SHOP, "continue");
  added[0]?.accept();
  await pass(100);
  expect(ids()).toEqual([`merge ${SHOP}`, `merge ${SHOP}`]);
});

test("a wake-up that fails or is never answered is counted and forgotten", async () => {
  wakeups.wake("merge", SHOP, "new");
  added[0]?.refuse();
  await pass(100);
  wakeups.wake("merge", SHOP, "new");
  await pass(5_100);
  wakeups.wake("merge", SHOP, "new");
  expect(added.length).toBe(3);
  expect(wakeups.counts()).toEqual({ asked: 3, sent: 0, failed: 2 });
});

test("closing sends what is still owed and waits for it", async () => {
  wakeups.wake("merge", SHOP, "new");
  wakeups.wake("merge", SHOP, "new");
  const closed = wakeups.close();
  added[0]?.accept();
  await pass(0);
  expect(added.length).toBe(2);
  added[1]?.accept();
  await closed;
  wakeups.wake("merge", SHOP, "new");
  expect(added.length).toBe(2);
});
