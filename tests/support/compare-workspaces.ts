// What two runs of the same messages must agree in, whatever befell them: people and commerce
// events. Left out is what rule 2 leaves out: the events that tell a change between two told versions
// (which versions are told depends on when), and whether an order was known to be the first when it
// was told. A profile Ringtrue made under a customer's id before it knew the email is empty by then and
// waits for its merge: it is no person of its own.
import type { Snapshot } from "../../simulator/customerio/snapshot.ts";
import type { Workspace } from "../../simulator/customerio/workspace.ts";

const TRANSITIONS = new Set([
  "phone_number_updated",
  "phone_candidate_heard",
  "sms_consent_changed",
]);

export type Comparable = {
  people: Map<string, string>;
  events: Map<string, string>;
};

export function comparable(snapshot: Snapshot): Comparable {
  const people = new Map<string, string>();
  for (const { email, id, attributes, optOuts } of snapshot.people) {
    const { id: _id, ...told } = attributes;
    if (isEmptied(email, Object.keys(told))) continue;
    people.set(email ?? `id:${id}`, JSON.stringify({ told, optOuts }));
  }
  const events = new Map<string, string>();
  for (const { id, name, person, timestamp, data } of snapshot.events) {
    if (TRANSITIONS.has(name)) continue;
    const { is_first_order: _first, ...said } = data;
    const key = id ?? "none";
    if (events.has(key)) throw new Error(`the workspace counted the event ${key} twice`);
    events.set(key, JSON.stringify({ name, person, timestamp, said }));
  }
  return { people, events };
}

/**
 * The same for runs of two shops that heard the same messages: an event's id is made from its shop's
 * name, so events are known by what they say, and counted.
 */
export function comparableAcrossShops(snapshot: Snapshot): Comparable {
  const { people, events } = comparable(snapshot);
  const counts = new Map<string, number>();
  for (const event of events.values()) {
    const { said, ...rest } = JSON.parse(event);
    const { shop: _shop, ...words } = said;
    const key = JSON.stringify({ ...rest, words });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { people, events: new Map([...counts].map(([key, count]) => [key, `${count} times`])) };
}

/** What is in one and not, or not the same, in the other; empty when the runs agree. At most `limit`. */
export function differences(expected: Comparable, actual: Comparable, limit = 5): string[] {
  const found: string[] = [];
  for (const part of ["people", "events"] as const) {
    const keys = new Set([...expected[part].keys(), ...actual[part].keys()]);
    for (const key of [...keys].sort()) {
      const [wanted, got] = [expected[part].get(key), actual[part].get(key)];
      if (wanted !== got) found.push(`${part} ${key}\n  expected ${wanted}\n  got      ${got}`);
    }
  }
  return found.length > limit
    ? [...found.slice(0, limit), `and ${found.length - limit} more`]
    : found;
}

function isEmptied(email: string | null, attributes: readonly string[]): boolean {
  return email === null && attributes.every((name) => name === "id");
}

/** People whose last `sms_consent_changed` says something else than their profile; must be none. */
export function contradictions(workspace: Workspace): string[] {
  const wrong: string[] = [];
  for (const person of workspace.people.values()) {
    const live = [...person.attributes].filter(([, { value }]) => value !== null);
    if (
      isEmptied(
        person.email,
        live.map(([name]) => name),
      )
    )
      continue;
    const last = person.events
      .filter((event) => event.name === "sms_consent_changed")
      .reduce<(typeof person.events)[number] | null>(
        (latest, event) =>
          latest === null || (latest.id ?? "") < (event.id ?? "") ? event : latest,
        null,
      );
    if (last === null) continue;
    const status = person.attributes.get("sms_consent_status")?.value ?? "not_subscribed";
    if (last.data["status"] !== status) {
      wrong.push(
        `${person.email ?? person.id}: told ${JSON.stringify(last.data["status"])}, is ${JSON.stringify(status)}`,
      );
    }
  }
  return wrong;
}
