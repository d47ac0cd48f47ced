import type { JsonObject } from "../control/json.ts";
import { viewAttributes } from "./person-views.ts";
import type { Workspace } from "./workspace.ts";

// The end state of a workspace in a form two runs can be compared by: nothing in it depends on the
// order in which people and events arrived, on a clock or on generated ids.

export type Snapshot = {
  people: { id: string | null; email: string | null; attributes: JsonObject; optOuts: string[] }[];
  events: {
    id: string | null;
    name: string;
    person: string | null;
    timestamp: number;
    data: JsonObject;
  }[];
  suppressed: string[];
};

/** The comparable state of a workspace, sorted. */
export function takeSnapshot(workspace: Workspace): Snapshot {
  const people = Array.from(workspace.people.values(), (person) => ({
    id: person.id,
    email: person.email,
    attributes: sortNames(viewAttributes(person)),
    optOuts: [...person.optOuts].toSorted(),
  }));
  const events = workspace.events.map((event) => {
    const person = event.cioId === null ? undefined : workspace.people.get(event.cioId);
    const { id, name, timestamp, data } = event;
    return {
      id,
      name,
      person: person?.email ?? person?.id ?? event.anonymousId,
      timestamp,
      data: sortNames(data),
    };
  });
  return {
    people: people.toSorted((a, b) => compare(personKey(a), personKey(b))),
    events: events.toSorted((a, b) => compare(eventKey(a), eventKey(b))),
    suppressed: [...workspace.suppressed].toSorted(),
  };
}

function sortNames(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => compare(a, b)));
}

function personKey(person: Snapshot["people"][number]): string {
  return `${person.email?.toLowerCase() ?? ""} ${person.id ?? ""} ${JSON.stringify(person.attributes)}`;
}

function eventKey(event: Snapshot["events"][number]): string {
  return `${event.id ?? ""} ${event.name} ${event.person ?? ""} ${event.timestamp} ${JSON.stringify(event.data)}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
