// Two pieces of work that only compute, in turns within one process: whatever else the machine does is then in both. What counts is
// the time the processor spent, so that neither pays for waiting its turn on a busy machine.

type Pair<Value> = { bare: Value; ours: Value };

/** Seconds of processor time of each measured round. */
export function secondsFor(warmUp: number, rounds: number, work: Pair<() => void>): Pair<number[]> {
  const seconds: Pair<number[]> = { bare: [], ours: [] };
  for (let round = -warmUp; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (["bare", "ours"] as const) : (["ours", "bare"] as const);
    for (const which of order) {
      const spent = processorSeconds(work[which]);
      if (round >= 0) seconds[which].push(spent);
    }
  }
  return seconds;
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

// Collecting garbage happens on other threads too, and belongs to who made it.
export function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
