import type { JsonObject } from "../control/json.ts";
import { findPerson, type Account, type Workspace } from "./workspace.ts";
import type { Rule } from "../control/fault-rules.ts";
import type { Fault, FaultMatch } from "./faults.ts";
import type { IdentifierKind } from "./identifiers.ts";
import { setOptOut, type OptOut } from "./opt-outs.ts";
import { readFaultPlan } from "./read-fault-plan.ts";
import type { RequestEntry, RequestTotals } from "./request-log.ts";
import type { Settings } from "./settings.ts";
import {
  addWorkspace,
  findWorkspace,
  releaseWaiting,
  resetSimulation,
  type Simulation,
} from "./simulation.ts";
import { takeSnapshot, type Snapshot } from "./snapshot.ts";

// The simulation in the hands of a test in the same process. The HTTP control API does the same.

export type CustomerioControl = {
  /** A workspace's live state; the first one's unless a site id is given. Throws on an unknown one. */
  workspace(siteId?: string): Workspace;
  addWorkspace(account: Account): Workspace;
  reset(options?: { seed?: number; keepSettings?: boolean }): void;
  /** Changes switches; the others stay. */
  set(settings: Partial<Settings>): void;
  /** Plans a fault, given as the control API takes it. Throws on a plan that is not understood. */
  plan(fault: JsonObject): Rule<FaultMatch, Fault>;
  clearFaults(): void;
  /** Lets requests go on that a `delay` or `slow-answer` without `ms` keeps. */
  release(): void;
  faults(): readonly Rule<FaultMatch, Fault>[];
  /** The newest requests, oldest first. */
  requests(count?: number): RequestEntry[];
  totals(): RequestTotals;
  snapshot(siteId?: string): Snapshot;
  /** A sender's opt-out captured from the handset. False when nobody has the identifier. */
  optOut(person: { kind: IdentifierKind; value: string }, entry: OptOut, siteId?: string): boolean;
};

/** The control of a simulation. */
export function createControl(simulation: Simulation): CustomerioControl {
  function workspace(siteId?: string): Workspace {
    const found = findWorkspace(simulation, siteId ?? null);
    if (!found) throw new Error(`no workspace ${siteId ?? ""}`);
    return found;
  }

  return {
    workspace,
    addWorkspace: (account) => addWorkspace(simulation, account),
    reset: (options) => resetSimulation(simulation, options),
    set: (settings) => void Object.assign(simulation.settings, settings),
    plan(fault) {
      const reading = readFaultPlan(fault);
      if (!reading.ok) throw new Error(reading.problem);
      return simulation.faults.add(reading.plan);
    },
    clearFaults: () => simulation.faults.clear(),
    release: () => releaseWaiting(simulation),
    faults: () => simulation.faults.list(),
    requests: (count) => simulation.requests.entries.latest(count),
    totals: () => simulation.requests.totals(),
    snapshot: (siteId) => takeSnapshot(workspace(siteId)),
    optOut(identifier, entry, siteId) {
      const owner = workspace(siteId);
      const person = findPerson(owner, identifier);
      if (person) setOptOut(owner, person, entry, true);
      return person !== null;
    },
  };
}
