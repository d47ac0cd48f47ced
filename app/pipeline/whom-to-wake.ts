/**
 * Whom a sweep wakes of those it finds. Whoever was not found the time before is woken at once. Whoever is
 * found again and again either has a wake-up waiting in a busy queue, or one that a killed worker has
 * made deaf, and nobody can tell which: they are woken again, a few in each sweep and in turn. Were it
 * all of them, a queue that is behind would get further behind by each sweep, the more shops the faster.
 */
const AGAIN_AT_ONCE = 20;

export type WhomToWake = (finding: string, shops: readonly string[]) => string[];

/** `finding` names the question that found these shops; it is asked once in each sweep. */
export function createWhomToWake(againAtOnce = AGAIN_AT_ONCE): WhomToWake {
  let sweeps = 0;
  const wokenByFinding = new Map<string, ReadonlyMap<string, number>>();
  return (finding, shops) => {
    sweeps += 1;
    const before = wokenByFinding.get(finding) ?? new Map<string, number>();
    const again = shops
      .filter((shop) => before.has(shop))
      .toSorted((a, b) => (before.get(a) ?? 0) - (before.get(b) ?? 0))
      .slice(0, againAtOnce);
    const woken = new Set([...shops.filter((shop) => !before.has(shop)), ...again]);
    wokenByFinding.set(
      finding,
      new Map(shops.map((shop) => [shop, woken.has(shop) ? sweeps : (before.get(shop) ?? 0)])),
    );
    return [...woken];
  };
}
