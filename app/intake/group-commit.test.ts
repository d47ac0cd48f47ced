import { expect, test } from "vitest";

import { createGroupCommit, groupSize } from "./group-commit.ts";

type Entry = { name: number; bytes: number; withdrawn?: boolean };

const LIMITS = { entriesMax: 256, bytesMax: 1_000 };

/** A store whose groups are finished by the test. */
function setUp() {
  const groups: Entry[][] = [];
  const settled: number[] = [];
  let finish: (failed: ReadonlySet<Entry>) => void = () => undefined;
  let begun = Promise.withResolvers<undefined>();
  const commit = createGroupCommit<Entry>(
    {
      store(group) {
        groups.push([...group]);
        begun.resolve(undefined);
        return new Promise((resolve) => (finish = resolve));
      },
      settle: (group, failed) => {
        for (const entry of group) settled.push(failed.has(entry) ? -entry.name : entry.name);
      },
      isWithdrawn: (entry) => entry.withdrawn === true,
    },
    LIMITS,
  );
  return {
    commit,
    groups,
    settled,
    finish: (failed: Entry[] = []) => finish(new Set(failed)),
    nextGroup: async () => {
      await begun.promise;
      begun = Promise.withResolvers<undefined>();
    },
  };
}

test("what arrives in one turn of the event loop is stored together", async () => {
  const { commit, groups, nextGroup } = setUp();
  for (const name of [1, 2, 3, 4]) commit.add({ name, bytes: 1 });
  await nextGroup();
  expect(groups.map((group) => group.length)).toEqual([4]);
});

test("one group is under way at a time, and the next gathers meanwhile", async () => {
  const { commit, groups, settled, finish, nextGroup } = setUp();
  commit.add({ name: 1, bytes: 1 });
  await nextGroup();
  commit.add({ name: 2, bytes: 1 });
  commit.add({ name: 3, bytes: 1 });
  expect(groups.length).toBe(1);
  finish();
  await nextGroup();
  finish();
  await commit.drained();
  expect(groups.map((group) => group.map((entry) => entry.name))).toEqual([[1], [2, 3]]);
  expect(settled).toEqual([1, 2, 3]);
});

test("each entry is told whether it was stored", async () => {
  const { commit, settled, finish, nextGroup } = setUp();
  const bad = { name: 2, bytes: 1 };
  commit.add({ name: 1, bytes: 1 });
  commit.add(bad);
  await nextGroup();
  finish([bad]);
  await commit.drained();
  expect(settled).toEqual([1, -2]);
});

test("what nobody waits for any more is not stored", async () => {
  const { commit, groups, finish, nextGroup } = setUp();
  const gone: Entry = { name: 2, bytes: 1 };
  commit.add({ name: 1, bytes: 1 });
  await nextGroup();
  commit.add(gone);
  commit.add({ name: 3, bytes: 1 });
  gone.withdrawn = true;
  finish();
  await nextGroup();
  expect(groups[1]?.map((entry) => entry.name)).toEqual([3]);
});

test.each([
  { bytes: [], size: 0 },
  { bytes: [5_000], size: 1 },
  { bytes: [5_000, 1], size: 1 },
  { bytes: [400, 400, 400], size: 2 },
  { bytes: [1, 1, 1, 1, 1, 1, 1], size: 4 },
  { bytes: Array.from({ length: 700 }, () => 1), size: 256 },
])(
  "a group of $bytes.length waiting is a power of two within the limits: $size",
  ({ bytes, size }) => {
    expect(
      groupSize(
        bytes.map((count) => ({ bytes: count })),
        LIMITS,
      ),
    ).toBe(size);
  },
);
