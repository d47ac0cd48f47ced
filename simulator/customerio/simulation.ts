import { createFaultRules, type FaultRules } from "../control/fault-rules.ts";
import type { Fault, FaultMatch } from "./faults.ts";
import { createRateLimiter, type RateLimiter } from "./rate-limit.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { createWorkspace, type Account, type Workspace } from "./workspace.ts";

// Everything one simulated Customer.io consists of: its workspaces (one for each set of
// credentials), what arrived, what shall go wrong, and the switches.

export type Simulation = {
  settings: Settings;
  now: () => number;
  /** By site id; the first one is meant where none is named. */
  workspaces: Map<string, Workspace>;
  requests: RequestLog;
  faults: FaultRules<FaultMatch, Fault>;
  limiter: RateLimiter;
  /** Ends of requests that are held without an answer; called when they shall be cut. */
  held: Set<() => void>;
  /** Requests that a `delay` or `slow-answer` without a length keeps until they are released. */
  waiting: Set<() => void>;
  /** The settings it began with, which a reset brings back. */
  initial: Settings;
};

type SimulationOptions = {
  accounts: readonly Account[];
  settings?: Partial<Settings>;
  seed?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** A simulation with empty workspaces. */
export function createSimulation(options: SimulationOptions): Simulation {
  const now = options.now ?? Date.now;
  const initial = { ...DEFAULT_SETTINGS, ...options.settings };
  const settings = { ...initial };
  const simulation: Simulation = {
    settings,
    now,
    workspaces: new Map(),
    requests: createRequestLog(settings),
    faults: createFaultRules(options.seed ?? 1),
    limiter: createRateLimiter(now),
    held: new Set(),
    waiting: new Set(),
    initial,
  };
  for (const account of options.accounts) addWorkspace(simulation, account);
  return simulation;
}

/** Adds an empty workspace, in place of one with the same site id. */
export function addWorkspace(simulation: Simulation, account: Account): Workspace {
  const workspace = createWorkspace(account, simulation.settings, simulation.now);
  simulation.workspaces.set(account.siteId, workspace);
  return workspace;
}

/** The workspace of a site id, the first one when null is asked for; null when there is none. */
export function findWorkspace(simulation: Simulation, siteId: string | null): Workspace | null {
  if (siteId !== null) return simulation.workspaces.get(siteId) ?? null;
  return simulation.workspaces.values().next().value ?? null;
}

/** Lets delayed requests and slow answers go on, in the order they came. */
export function releaseWaiting(simulation: Simulation): void {
  const waiting = [...simulation.waiting];
  simulation.waiting.clear();
  for (const go of waiting) go();
}

/** Forgets people, events, requests and faults, and cuts held requests. */
export function resetSimulation(
  simulation: Simulation,
  options: { seed?: number; keepSettings?: boolean } = {},
): void {
  if (options.keepSettings !== true) Object.assign(simulation.settings, simulation.initial);
  for (const cut of simulation.held) cut();
  simulation.held.clear();
  releaseWaiting(simulation);
  simulation.faults.clear(options.seed);
  simulation.requests.clear();
  for (const { account } of simulation.workspaces.values()) {
    const before = simulation.workspaces.get(account.siteId);
    const fresh = addWorkspace(simulation, account);
    // The page refreshes when the revision changed: it must not go back to an old one.
    fresh.revision = (before?.revision ?? 0) + 1;
  }
}
