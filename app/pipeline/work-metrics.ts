/**
 * What the workers did, counted as they do it. From webhook to Customer.io a change takes two steps,
 * each measured where it ends: from received to understood, message by message, and from understood to
 * accepted, person by person. Nobody can say which of several messages a telling was for, so the two
 * are not one; the mean of the whole way is the sum of their means.
 */
import { Counter, Histogram, type Registry } from "prom-client";
import type { Workspace } from "#app/customerio/workspace.ts";
import type { JobHandlers } from "#app/queue/workers.ts";
import { JOB_KINDS } from "#app/queue/catalogue.ts";
import type { ChoreRun } from "./chores/create-chores.ts";

const WAIT_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1_800, 7_200, 86_400];
const REQUEST_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type WorkMetrics = {
  /** How long each message lay before it was understood, in milliseconds. */
  onUnderstood(waitsMs: readonly number[]): void;
  /** How long each change of a person was known before Customer.io took it, in milliseconds. */
  onAccepted(waitsMs: readonly number[]): void;
  onSweep(outcome: "swept" | "elsewhere" | "failed"): void;
  /** The same, counted. */
  countRequests(workspace: Workspace): Workspace;
  countJobs(handlers: JobHandlers): JobHandlers;
  countChores(runs: Readonly<Record<string, ChoreRun>>): Record<string, ChoreRun>;
};

export function createWorkMetrics(registry: Registry): WorkMetrics {
  const registers = [registry];
  const understood = new Histogram({
    name: "ringtrue_understood_seconds",
    help: "From a message's receipt until it was understood",
    buckets: WAIT_SECONDS,
    registers,
  });
  const accepted = new Histogram({
    name: "ringtrue_accepted_seconds",
    help: "From a person's change until Customer.io accepted it",
    buckets: WAIT_SECONDS,
    registers,
  });
  const requests = new Histogram({
    name: "ringtrue_deliver_request_seconds",
    help: "Requests to Customer.io by what came of them",
    labelNames: ["answer"],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const items = new Counter({
    name: "ringtrue_deliver_items_total",
    help: "What was sent to Customer.io, by what came of it",
    labelNames: ["answer"],
    registers,
  });
  const jobs = outcomes(registry, "ringtrue_jobs_total", "Jobs of the workers", [
    "kind",
    "outcome",
  ]);
  const sweeps = outcomes(registry, "ringtrue_sweeps_total", "Looks for what lies", ["outcome"]);
  const chores = outcomes(registry, "ringtrue_chores_total", "Slices of chores", [
    "chore",
    "outcome",
  ]);

  return {
    onUnderstood: (waits) => observeAll(understood, waits),
    onAccepted: (waits) => observeAll(accepted, waits),
    onSweep: (outcome) => sweeps.inc({ outcome }),
    countRequests: (workspace) => ({
      ...workspace,
      async send(operations) {
        const stop = requests.startTimer();
        const answer = await workspace.send(operations);
        stop({ answer: answer.kind });
        const refused = answer.kind === "taken" ? answer.refused.length : 0;
        items.inc({ answer: answer.kind }, operations.length - refused);
        if (refused > 0) items.inc({ answer: "refused" }, refused);
        return answer;
      },
    }),
    countJobs(handlers) {
      const counted = { ...handlers };
      for (const kind of JOB_KINDS) {
        counted[kind] = (shop) =>
          counting(handlers[kind](shop), (outcome) => jobs.inc({ kind, outcome }));
      }
      return counted;
    },
    countChores: (runs) =>
      Object.fromEntries(
        Object.entries(runs).map(([chore, run]): [string, ChoreRun] => [
          chore,
          (...slice) => counting(run(...slice), (outcome) => chores.inc({ chore, outcome })),
        ]),
      ),
  };
}

function outcomes<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[],
): Counter<Label> {
  return new Counter({
    name,
    help: `${help}, by what became of them`,
    labelNames,
    registers: [registry],
  });
}

function observeAll(histogram: Histogram, waitsMs: readonly number[]): void {
  for (const waitMs of waitsMs) histogram.observe(Math.max(0, waitMs) / 1000);
}

async function counting<Result>(
  work: Promise<Result>,
  count: (outcome: "done" | "failed") => void,
): Promise<Result> {
  try {
    const result = await work;
    count("done");
    return result;
  } catch (fault) {
    count("failed");
    throw fault;
  }
}
