/**
 * The acts of consent of one person, from everything heard of them: ticks in checkouts and forms,
 * records of others, preferences, and what was texted from their numbers.
 */
import type { NumbersKnown } from "../numbers/known.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";
import type { NumberHeard } from "../profile/numbers-heard.ts";
import type { ConsentAct } from "./act.ts";
import { actsOfEntries } from "./entries.ts";
import { actsOfRecords } from "./records.ts";
import { actsOfTexts } from "./texts.ts";
import { actsOfRun, tickRuns } from "./ticks.ts";

/** All acts of this person, in the order of their times. */
export function actsOf(
  person: PersonHeard,
  heard: readonly NumberHeard[],
  known: NumbersKnown,
  policy: Policy,
): ConsentAct[] {
  const runs = [...person.documents].flatMap(([document, tellings]) =>
    document.startsWith("checkout:") ? tickRuns(document, tellings, policy) : [],
  );
  const acts = runs.flatMap((run) => actsOfRun(run, policy));
  for (const act of actsOfRecords(person, runs, policy)) acts.push(act);
  for (const act of actsOfEntries(person, heard, policy)) acts.push(act);
  for (const act of actsOfTexts(heard, known)) acts.push(act);
  return acts.length > 1 ? acts.sort(inOrder) : acts;
}

function inOrder(a: ConsentAct, b: ConsentAct): number {
  const left = [a.document, a.kind, a.number].join();
  return a.at - b.at || (left < [b.document, b.kind, b.number].join() ? -1 : 1);
}
