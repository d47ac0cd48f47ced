import type { JsonObject } from "../control/json.ts";
import { listOptOuts } from "./opt-outs.ts";
import { viewAttributes, viewTimestamps } from "./person-views.ts";
import type { Activity, Counts, Person, Workspace, WorkspaceEvent } from "./workspace.ts";

// What the control API and the page show of a workspace.

type PersonSummary = {
  cioId: string;
  id: string | null;
  email: string | null;
  attributes: JsonObject;
  events: number;
};

type PersonDetail = PersonSummary & {
  timestamps: Record<string, number>;
  optOuts: { channel: string; from: string }[];
  segments: string[];
  recentEvents: WorkspaceEvent[];
  recentActivity: Activity[];
};

type Overview = {
  revision: number;
  siteId: string;
  region: string;
  environmentId: number;
  people: number;
  /** People with a phone, with `sms_consent`, with `sms_eligible`: the attributes' usual names. */
  withPhone: number;
  consented: number;
  eligible: number;
  events: number;
  activities: number;
  suppressed: number;
  counts: Counts;
};

/** The workspace in numbers. */
export function describeWorkspace(workspace: Workspace): Overview {
  const { siteId, region, environmentId } = workspace.account;
  return {
    revision: workspace.revision,
    siteId,
    region,
    environmentId,
    people: workspace.people.size,
    ...countReach(workspace),
    events: workspace.events.length,
    activities: workspace.activities.total(),
    suppressed: workspace.suppressed.size,
    counts: workspace.counts,
  };
}

function countReach(workspace: Workspace): {
  withPhone: number;
  consented: number;
  eligible: number;
} {
  const reach = { withPhone: 0, consented: 0, eligible: 0 };
  for (const { attributes } of workspace.people.values()) {
    if (typeof attributes.get("phone")?.value === "string") reach.withPhone += 1;
    if (attributes.get("sms_consent")?.value === true) reach.consented += 1;
    if (attributes.get("sms_eligible")?.value === true) reach.eligible += 1;
  }
  return reach;
}

/** The people whose identifiers, phone or names hold `query`, last changed first. */
export function listPeople(workspace: Workspace, query: string, limit: number): PersonSummary[] {
  const wanted = query.trim().toLowerCase();
  const found: Person[] = [];
  for (const person of workspace.people.values()) {
    if (wanted === "" || searchText(person).includes(wanted)) found.push(person);
  }
  return found
    .toSorted((a, b) => b.touched - a.touched)
    .slice(0, limit)
    .map(summarize);
}

/** One person whole: by cio_id, id or email. */
export function describePerson(workspace: Workspace, name: string): PersonDetail | null {
  const person =
    workspace.people.get(name) ??
    workspace.index.id.get(name) ??
    workspace.index.email.get(name.toLowerCase());
  if (!person) return null;
  return {
    ...summarize(person),
    timestamps: viewTimestamps(person),
    optOuts: listOptOuts(person),
    segments: [...workspace.segments.values()]
      .filter((one) => one.members.has(person))
      .map((one) => one.name),
    recentEvents: person.events.slice(-200).toReversed(),
    recentActivity: workspace.activities
      .latest()
      .filter((entry) => entry.cioId === person.cioId)
      .slice(-50)
      .toReversed(),
  };
}

/** Events, newest first, with the person's name beside each. */
export function listEvents(
  workspace: Workspace,
  options: { name: string | null; limit: number },
): (WorkspaceEvent & { person: string | null })[] {
  const { name, limit } = options;
  const wanted =
    name === null ? workspace.events : workspace.events.filter((event) => event.name === name);
  return wanted
    .slice(-limit)
    .toReversed()
    .map((event) => ({ ...event, person: nameOf(workspace, event.cioId) ?? event.anonymousId }));
}

/** The activity log, newest first. */
export function listActivity(
  workspace: Workspace,
  limit: number,
): (Activity & { person: string | null })[] {
  return workspace.activities
    .latest(limit)
    .toReversed()
    .map((entry) => ({ ...entry, person: nameOf(workspace, entry.cioId) }));
}

function summarize(person: Person): PersonSummary {
  const { cioId, id, email } = person;
  return { cioId, id, email, attributes: viewAttributes(person), events: person.events.length };
}

function nameOf(workspace: Workspace, cioId: string | null): string | null {
  if (cioId === null) return null;
  const person = workspace.people.get(cioId);
  return person ? (person.email ?? person.id ?? person.cioId) : cioId;
}

function searchText(person: Person): string {
  const parts = [person.email, person.id, person.cioId];
  for (const name of ["phone", "first_name", "last_name"]) {
    const value = person.attributes.get(name)?.value;
    if (typeof value === "string") parts.push(value);
  }
  return parts.join(" ").toLowerCase();
}
