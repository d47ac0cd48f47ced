/**
 * Folds clusters of identities into persons: what was heard of each, what is decided of each, and
 * which stored row each one continues.
 */
import type { Revocations } from "#app/core/consent/revoked.ts";
import { revocationsOf } from "#app/core/consent/revoked.ts";
import type { Observation } from "#app/core/heard.ts";
import type { PersonHeard } from "#app/core/people/tell-apart.ts";
import { tellPeopleApart } from "#app/core/people/tell-apart.ts";
import type { Policy } from "#app/core/policy.ts";
import type { NumbersKnown } from "#app/core/numbers/known.ts";
import type { NumberHeard } from "#app/core/profile/numbers-heard.ts";
import type { Decision } from "#app/core/profile/profile.ts";
import { decide, numbersOf } from "#app/core/profile/profile.ts";
import type { CommerceEvent } from "#app/core/tell/events.ts";
import { eventsOf } from "#app/core/tell/events.ts";
import type { PersonRow } from "#app/db/people.ts";

export type Met = {
  clusterId: number;
  person: PersonHeard;
  heard: NumberHeard[];
  /** The row this person continues, if any, and the rows that turn out to be the same person. */
  row: PersonRow | null;
  retired: PersonRow[];
};

export type Folded = Met & {
  decision: Decision;
  /** What others have to be told of this person's stops. */
  revocations: Revocations;
  events: CommerceEvent[];
  nextChangeAt: number | null;
};

/** Who is in these clusters. The eldest row of a person goes on; its younger ones retire into it. */
export function meetPeople(
  all: ReadonlyMap<number, readonly Observation[]>,
  rows: readonly PersonRow[],
  policy: Policy,
): Met[] {
  const rowsOf = new Map<number, PersonRow[]>();
  for (const row of rows) {
    const known = rowsOf.get(row.clusterId);
    if (known) known.push(row);
    else rowsOf.set(row.clusterId, [row]);
  }
  const met: Met[] = [];
  for (const [clusterId, observations] of all) {
    const inCluster = rowsOf.get(clusterId) ?? [];
    for (const person of tellPeopleApart(observations)) {
      const own = inCluster.filter((row) => person.identities.includes(row.anchor));
      const [row = null, ...retired] = own;
      const heard = numbersOf(person, policy);
      if (row === null && heard.length === 0 && !isNamed(person)) continue;
      met.push({ clusterId, person, heard, row, retired });
    }
  }
  return met;
}

/** A document that names nobody and shows no number is nobody yet: it waits for who it belongs to. */
function isNamed({ anchor }: PersonHeard): boolean {
  return anchor.startsWith("customer:") || anchor.startsWith("email:");
}

/** Every number that could be anybody's, so that the stops said for it can be read. */
export function numbersIn(met: readonly Met[]): Set<string> {
  const numbers = new Set<string>();
  for (const { heard } of met) {
    for (const { reading } of heard) if (reading.status === "valid") numbers.add(reading.e164);
  }
  return numbers;
}

export function foldPerson(met: Met, known: NumbersKnown, policy: Policy, asOf: number): Folded {
  const decision = decide(met.person, met.heard, known, policy, asOf);
  const { events, nextAt } = eventsOf(met.person, decision, known, policy, asOf);
  const revocations = revocationsOf(decision, known, policy.settings, asOf);
  const { nextChangeAt } = decision.profile;
  const soonest = Math.min(nextChangeAt ?? Infinity, nextAt ?? Infinity);
  return {
    ...met,
    decision,
    revocations,
    events,
    nextChangeAt: Number.isFinite(soonest) ? soonest : null,
  };
}
