/**
 * What was texted from a person's numbers, as acts of that person.
 *
 * The law (SEMANTICS §2, §4): a stop texted from a number is the stop of everybody who had it then,
 * for all of their numbers, because nobody can know which of them wrote. "Wrong number" is no act of
 * theirs: it stops the number alone. A START restores for its number what a stop ended.
 */
import type { Instant } from "../heard.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import type { NumberSaid } from "../numbers/said.ts";
import { isWrongNumber } from "../numbers/said.ts";
import type { NumberHeard } from "../profile/numbers-heard.ts";
import type { ConsentAct } from "./act.ts";
import { actOf } from "./act.ts";

export function actsOfTexts(heard: readonly NumberHeard[], { said }: NumbersKnown): ConsentAct[] {
  if (said.size === 0) return [];
  const acts: ConsentAct[] = [];
  for (const [number, since] of firstGiven(heard)) {
    for (const one of said.get(number) ?? []) {
      if (one.at < since) continue;
      // From here on somebody else writes.
      if (isWrongNumber(one)) break;
      const act = actOfText(one);
      if (act) acts.push(act);
    }
  }
  return acts;
}

/** What a text or a carrier's report does for its number, whoever has it; null when nothing. */
export function actOfText(said: NumberSaid): ConsentAct | null {
  const kind = kindOf(said);
  const { id, number, at } = said;
  return kind && actOf({ kind, number, at, source: "text", document: `text:${id}` });
}

/** Since when the person has had each of their own numbers. */
export function firstGiven(heard: readonly NumberHeard[]): Map<string, Instant> {
  const first = new Map<string, Instant>();
  for (const { reading, source, givenAt } of heard) {
    if (reading.status !== "valid" || source === "delivery_contact") continue;
    first.set(reading.e164, Math.min(givenAt, first.get(reading.e164) ?? givenAt));
  }
  return first;
}

function kindOf({ says }: NumberSaid): "stop" | "restored" | "yes" | null {
  if (says.kind === "carrier_stop") return "stop";
  if (says.kind !== "text") return null;
  switch (says.meaning) {
    case "stop":
    case "wrong_number":
      return "stop";
    case "start":
      return "restored";
    case "yes":
      return "yes";
    case "help":
    case "unclear_no":
    case "other":
      return null;
  }
}
