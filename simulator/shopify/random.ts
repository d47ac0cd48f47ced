// What the simulated Shopify draws from a seed, so that every shuffle, duplicate and crowd can be had again.
import { createRandom as createSequence } from "../control/seeded-random.ts";

export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(limit: number): number;
  shuffle<T>(items: readonly T[]): T[];
};

export function createRandom(seed: number): Random {
  const next = createSequence(seed);
  function below(limit: number): number {
    return Math.floor(next() * limit);
  }
  function shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, key: next() }))
      .toSorted((left, right) => left.key - right.key)
      .map(({ item }) => item);
  }
  return { next, below, shuffle };
}
