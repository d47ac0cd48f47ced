// One line of `npm run bench`: what was measured, against a baseline measured in the same run.

export type BenchResult = {
  name: string;
  value: number;
  unit: string;
  baseline: number;
  ratio: number;
  /** What the ratio must reach, as a person reads it: `>= 12`, `<= 1.3`. */
  target: string;
};

/** False when the ratio misses its target. */
export function isReached({ ratio, target }: BenchResult): boolean {
  const [comparison, bound] = target.split(" ");
  return comparison === ">=" ? ratio >= Number(bound) : ratio <= Number(bound);
}
