import { createBoundedLog, type BoundedLog } from "../control/bounded-log.ts";
import type { Json, JsonObject } from "../control/json.ts";
import {
  CLAIMABLE_KINDS,
  indexKey,
  suppressionKey,
  type ClaimableKind,
  type Identifier,
} from "./identifiers.ts";
import type { EventType } from "./operations.ts";
import type { Settings } from "./settings.ts";

// The state of one Customer.io workspace. Everything that changes it lives in a module of its own
// (identify, events, merge, removal); this one holds the people, finds them and names them.

export type Attribute = {
  /** Null is a removed attribute: kept for its timestamp, shown to nobody. */
  value: Json;
  /** Unix seconds of the write that won. */
  timestamp: number;
};

export type Person = {
  cioId: string;
  id: string | null;
  email: string | null;
  /** Held here only while the workspace identifies people by phone. */
  phone: string | null;
  attributes: Map<string, Attribute>;
  events: WorkspaceEvent[];
  /** Sender-level opt-outs, as `channel from`. */
  optOuts: Set<string>;
  createdAtMs: number;
  /** The workspace's revision at the last change: the newest changed comes first on the page. */
  touched: number;
};

export type WorkspaceEvent = {
  sequence: number;
  id: string | null;
  type: EventType;
  name: string;
  cioId: string | null;
  anonymousId: string | null;
  /** Unix seconds, as told by the client or else of receipt. */
  timestamp: number;
  receivedAtMs: number;
  data: JsonObject;
  /** Whether it can still start a campaign: not older than 72 hours, not moved by a merge. */
  triggers: boolean;
};

type ActivityType =
  | "failed_attribute_change"
  | "older_timestamp"
  | "suppressed_ignored"
  | "unknown_ignored"
  | "duplicate_event"
  | "merged"
  | "merge_ignored"
  | "deleted"
  | "suppressed"
  | "unsuppressed"
  | "opted_out"
  | "opted_in"
  | "accepted";

export type Activity = {
  sequence: number;
  atMs: number;
  type: ActivityType;
  /** The words Customer.io's activity log uses, where it has them. */
  title: string;
  cioId: string | null;
  detail: string;
};

export type Segment = { id: number; name: string; description: string; members: Set<Person> };

export type Account = {
  siteId: string;
  apiKey: string;
  /** Null: this workspace answers no App API request. */
  appKey: string | null;
  region: "us" | "eu";
  environmentId: number;
};

export type Workspace = {
  account: Account;
  settings: Settings;
  /** Milliseconds since the epoch. */
  now: () => number;
  people: Map<string, Person>;
  index: Record<ClaimableKind, Map<string, Person>>;
  suppressed: Set<string>;
  events: WorkspaceEvent[];
  eventIds: Set<string>;
  anonymous: Map<string, WorkspaceEvent[]>;
  claimedAnonymousIds: Set<string>;
  segments: Map<number, Segment>;
  activities: BoundedLog<Activity>;
  counts: Counts;
  revision: number;
  lastPerson: number;
  lastEvent: number;
};

export type Counts = {
  identifies: number;
  events: number;
  duplicateEvents: number;
  eventsWithoutId: number;
  staleAttributes: number;
  failedAttributeChanges: number;
  suppressedIgnored: number;
  merges: number;
  mergesIgnored: number;
};

/** An empty workspace. */
export function createWorkspace(
  account: Account,
  settings: Settings,
  now: () => number,
): Workspace {
  return {
    account,
    settings,
    now,
    people: new Map(),
    index: { id: new Map(), email: new Map(), phone: new Map() },
    suppressed: new Set(),
    events: [],
    eventIds: new Set(),
    anonymous: new Map(),
    claimedAnonymousIds: new Set(),
    segments: new Map(),
    activities: createBoundedLog(() => 50_000),
    counts: {
      identifies: 0,
      events: 0,
      duplicateEvents: 0,
      eventsWithoutId: 0,
      staleAttributes: 0,
      failedAttributeChanges: 0,
      suppressedIgnored: 0,
      merges: 0,
      mergesIgnored: 0,
    },
    revision: 0,
    lastPerson: 0,
    lastEvent: 0,
  };
}

/** The person an identifier names, or null. */
export function findPerson(workspace: Workspace, identifier: Identifier): Person | null {
  const { kind, value } = identifier;
  if (kind === "cio_id") return workspace.people.get(value) ?? null;
  return workspace.index[kind].get(indexKey(kind, value)) ?? null;
}

/** Adds a person without any identifier but a new cio_id; the caller lets it claim one. */
export function addPerson(workspace: Workspace): Person {
  workspace.lastPerson += 1;
  const environment = workspace.account.environmentId.toString(16).padStart(6, "0");
  const person: Person = {
    cioId: `${environment}${workspace.lastPerson.toString(16).padStart(8, "0")}`,
    id: null,
    email: null,
    phone: null,
    attributes: new Map(),
    events: [],
    optOuts: new Set(),
    createdAtMs: workspace.now(),
    touched: 0,
  };
  workspace.people.set(person.cioId, person);
  return person;
}

/** Takes a person out of the workspace and frees the identifiers. */
export function dropPerson(workspace: Workspace, person: Person): void {
  for (const kind of CLAIMABLE_KINDS) {
    const value = person[kind];
    if (value !== null) workspace.index[kind].delete(indexKey(kind, value));
  }
  for (const segment of workspace.segments.values()) segment.members.delete(person);
  workspace.people.delete(person.cioId);
}

/** Notes that a person changed, for the order on the page and its refresh. */
export function touch(workspace: Workspace, person: Person): void {
  workspace.revision += 1;
  person.touched = workspace.revision;
}

/** Whether an identifier was suppressed and nothing may be stored under it. */
export function isSuppressed(workspace: Workspace, identifier: Identifier): boolean {
  return workspace.suppressed.size > 0 && workspace.suppressed.has(suppressionKey(identifier));
}

/** Writes a line into the activity log. */
export function logActivity(
  workspace: Workspace,
  type: ActivityType,
  title: string,
  person: Person | null,
  detail: string,
): void {
  workspace.revision += 1;
  workspace.activities.add({
    sequence: workspace.activities.total() + 1,
    atMs: workspace.now(),
    type,
    title,
    cioId: person?.cioId ?? null,
    detail,
  });
}
