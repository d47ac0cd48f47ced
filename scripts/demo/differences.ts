/** What the workspace holds against what the day should have led to, one sentence a difference. */
import type { Snapshot } from "../../simulator/customerio/snapshot.ts";
import type { ResolvedExpectation } from "../../simulator/scenarios/expectations.ts";

/** They tell a change between two told versions, so how often depends on how fast the day went. */
const TRANSITIONS = new Set([
  "phone_number_updated",
  "phone_candidate_heard",
  "sms_consent_changed",
]);

export function differences(
  expected: readonly ResolvedExpectation[],
  snapshot: Snapshot,
): string[] {
  return [
    ...expected.flatMap((one) => differencesOf(one, snapshot)),
    ...strangers(expected, snapshot),
  ];
}

export function personOf(
  expected: ResolvedExpectation,
  { people }: Snapshot,
): Snapshot["people"][number] | null {
  const found = people.find((person) =>
    expected.email === null ? person.id === expected.id : person.email === expected.email,
  );
  return found ?? null;
}

function differencesOf(expected: ResolvedExpectation, snapshot: Snapshot): string[] {
  const person = personOf(expected, snapshot);
  if (!person) return [`${expected.who}: is not in the workspace`];
  const found: string[] = [];
  for (const [name, value] of Object.entries(expected.attributes)) {
    const has = person.attributes[name] ?? null;
    if (has !== value)
      found.push(
        `${expected.who}: ${name} is ${JSON.stringify(has)}, should be ${JSON.stringify(value)}`,
      );
  }
  const key = person.email ?? person.id;
  const events = snapshot.events.filter((event) => event.person === key);
  const commerce = events.filter((event) => !TRANSITIONS.has(event.name));
  for (const event of expected.events) {
    const same = commerce.filter(
      ({ name, data }) =>
        name === event.name &&
        (event.order_id === undefined || data["order_id"] === event.order_id) &&
        (event.checkout_token === undefined || data["checkout_token"] === event.checkout_token),
    );
    if (same.length !== 1)
      found.push(`${expected.who}: ${event.name} was told ${same.length} times, should be once`);
  }
  if (commerce.length > expected.events.length) {
    const names = commerce
      .map(({ name }) => name)
      .sort()
      .join(", ");
    found.push(`${expected.who}: was told more events than there were: ${names}`);
  }
  for (const change of expected.changes) {
    if (!events.some(({ name }) => name === change))
      found.push(`${expected.who}: ${change} was not told`);
  }
  return found;
}

/** Somebody in the workspace whom nobody expected is texted by mistake sooner or later. */
function strangers(expected: readonly ResolvedExpectation[], snapshot: Snapshot): string[] {
  const known = new Set(expected.map((one) => personOf(one, snapshot)));
  return snapshot.people
    .filter((person) => !known.has(person) && Object.keys(person.attributes).length > 0)
    .map(({ email, id, attributes }) => {
      const names = Object.keys(attributes).join(", ");
      return `${email ?? id}: nobody expected this person, with ${names}`;
    });
}
