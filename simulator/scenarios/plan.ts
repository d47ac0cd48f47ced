// The course of a scenario: its history in the order in which it happened, then its rounds.
import type { Scenario, Step } from "./scenario.ts";

export type Plan = {
  history: { daysAgo: number; step: Step }[];
  /** Live steps by round; the rounds in which nothing happens are there, too. */
  rounds: { round: number; steps: Step[]; pauseMs: number }[];
};

export function planScenario(scenario: Scenario): Plan {
  const history: Plan["history"] = [];
  const byRound = new Map<number, Step[]>();
  let last = 0;
  for (const step of scenario.steps) {
    if ("daysAgo" in step.when) {
      history.push({ daysAgo: step.when.daysAgo, step });
      continue;
    }
    byRound.set(step.when.round, [...(byRound.get(step.when.round) ?? []), step]);
    last = Math.max(last, step.when.round, step.deliver?.inRound ?? 0);
  }
  return {
    history: history.toSorted((left, right) => right.daysAgo - left.daysAgo),
    rounds: Array.from({ length: last }, (_, index) => {
      const round = index + 1;
      return {
        round,
        steps: byRound.get(round) ?? [],
        pauseMs: (scenario.pauses[round] ?? 0) * 1000,
      };
    }),
  };
}
