// Natural batching. One group is being stored; what arrives meanwhile waits and makes the next
// group. There is no timer, so an idle system stores a lone message at once and a busy one stores
// hundreds with one flush of the disk. A group has a power of two of entries, so that the store
// needs only a handful of prepared statements.

export type GroupLimits = { entriesMax: number; bytesMax: number };

export type GroupCommit<Entry> = {
  add(entry: Entry): void;
  /** Resolves when nothing waits and nothing is being stored. */
  drained(): Promise<void>;
};

export type GroupPorts<Entry extends Sized> = {
  /** Stores a group, durably, and answers which entries it could not store. Must not reject. */
  store(group: readonly Entry[]): Promise<ReadonlySet<Entry>>;
  /** Told once for each group that was given to `store`. */
  settle(group: readonly Entry[], failed: ReadonlySet<Entry>): void;
  /** True when nobody waits for the entry any more: it is then left out, and forgotten. */
  isWithdrawn(entry: Entry): boolean;
};

type Sized = { readonly bytes: number };

export function createGroupCommit<Entry extends Sized>(
  ports: GroupPorts<Entry>,
  limits: GroupLimits,
): GroupCommit<Entry> {
  let queue: Entry[] = [];
  let storing = false;
  let awaitingDrain: (() => void)[] = [];

  function startNext(): void {
    const group = takeGroup();
    if (group.length > 0) {
      void ports.store(group).then((failed) => finish(group, failed));
      return;
    }
    storing = false;
    const drained = awaitingDrain;
    awaitingDrain = [];
    for (const tell of drained) tell();
  }

  // The next group is on its way to the database before this one is answered.
  function finish(group: readonly Entry[], failed: ReadonlySet<Entry>): void {
    startNext();
    ports.settle(group, failed);
  }

  function takeGroup(): Entry[] {
    if (queue.some(ports.isWithdrawn)) queue = queue.filter((entry) => !ports.isWithdrawn(entry));
    return queue.splice(0, groupSize(queue, limits));
  }

  return {
    add(entry) {
      queue.push(entry);
      if (storing) return;
      storing = true;
      // After this turn of the event loop: what arrived together is stored together.
      setImmediate(startNext);
    },
    drained: () =>
      storing ? new Promise((resolve) => awaitingDrain.push(resolve)) : Promise.resolve(),
  };
}

/** How many entries from the front make the next group: at least one, if there is one. */
export function groupSize(queue: readonly Sized[], limits: GroupLimits): number {
  let count = 0;
  let bytes = 0;
  for (const entry of queue) {
    bytes += entry.bytes;
    if (count >= limits.entriesMax || (count > 0 && bytes > limits.bytesMax)) break;
    count += 1;
  }
  return count === 0 ? 0 : 2 ** Math.floor(Math.log2(count));
}
