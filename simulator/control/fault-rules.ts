import { createRandom } from "./seeded-random.ts";

// Faults are planned as rules: the first rule that fits a request and has something left befalls
// it, so a test writes down a sequence ("two 429, then one cut connection") and gets exactly that.

export type Plan<Match, Fault> = {
  match: Match;
  fault: Fault;
  /** How many fitting requests it befalls. */
  times: number | "forever";
  /** Lets this many fitting requests pass before the first. */
  skip: number;
  /** The share of fitting requests it befalls, drawn from the seed; 1 is all of them. */
  rate: number;
};

export type Rule<Match, Fault> = Plan<Match, Fault> & { id: number; seen: number; applied: number };

export type FaultRules<Match, Fault> = {
  add(plan: Plan<Match, Fault>): Rule<Match, Fault>;
  /** The fault that befalls this request, counted as used, or null. */
  take(fits: (match: Match) => boolean): Fault | null;
  list(): readonly Rule<Match, Fault>[];
  remove(id: number): boolean;
  /** Forgets all rules; the random sequence begins anew, from `seed` when given. */
  clear(seed?: number): void;
};

/** An empty set of rules; random rates are drawn from `seed`. */
export function createFaultRules<Match, Fault>(seed: number): FaultRules<Match, Fault> {
  let rules: Rule<Match, Fault>[] = [];
  let lastSeed = seed;
  let random = createRandom(seed);
  let lastId = 0;

  function befalls(rule: Rule<Match, Fault>): boolean {
    if (rule.times !== "forever" && rule.applied >= rule.times) return false;
    rule.seen += 1;
    if (rule.seen <= rule.skip) return false;
    return rule.rate >= 1 || random() < rule.rate;
  }

  return {
    add(plan) {
      lastId += 1;
      const rule = { ...plan, id: lastId, seen: 0, applied: 0 };
      rules.push(rule);
      return rule;
    },
    take(fits) {
      for (const rule of rules) {
        if (fits(rule.match) && befalls(rule)) {
          rule.applied += 1;
          return rule.fault;
        }
      }
      return null;
    },
    list: () => rules,
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear(newSeed) {
      rules = [];
      lastSeed = newSeed ?? lastSeed;
      random = createRandom(lastSeed);
    },
  };
}
