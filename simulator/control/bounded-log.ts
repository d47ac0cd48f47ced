// A log that remembers its newest entries and the number of all of them, so that a benchmark of
// millions of requests does not fill the memory.

export type BoundedLog<Entry> = {
  add(entry: Entry): void;
  /** The newest entries, oldest first; at most `count` of them. */
  latest(count?: number): Entry[];
  /** How many were ever added, forgotten ones included. */
  total(): number;
  clear(): void;
};

/** A log of at most `capacity()` entries; the capacity may change while it runs. */
export function createBoundedLog<Entry>(capacity: () => number): BoundedLog<Entry> {
  let entries: Entry[] = [];
  let total = 0;

  return {
    add(entry) {
      const limit = capacity();
      total += 1;
      entries.push(entry);
      // Trimming at twice the size makes it a rare copy instead of a shift per entry.
      if (entries.length >= limit * 2) entries = entries.slice(-limit);
    },
    latest(count = Number.POSITIVE_INFINITY) {
      const wanted = Math.min(count, capacity());
      return wanted <= 0 ? [] : entries.slice(-wanted);
    },
    total: () => total,
    clear() {
      entries = [];
      total = 0;
    },
  };
}
