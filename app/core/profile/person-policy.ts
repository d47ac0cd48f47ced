/**
 * A number in review is read by a person, for one shopper: from then on the same text means that
 * number wherever this shopper gave it, and a grant on it takes effect with its own time
 * (SEMANTICS §1). Only what was in doubt can be settled so.
 */
import type { Instant, SupportSaid } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";

export type Note = SupportSaid & { at: Instant };

/** The shop's policy, with what these notes of support settled for one person. */
export function policyFor(notes: readonly Note[], policy: Policy): Policy {
  const settled = new Map<string, string>();
  for (const { resolves } of notes) if (resolves) settled.set(resolves.raw, resolves.e164);
  if (settled.size === 0) return policy;
  return {
    ...policy,
    read: (raw, addresses, others) => {
      const reading = policy.read(raw, addresses, others);
      const e164 = settled.get(raw);
      if (reading.status !== "review" || e164 === undefined) return reading;
      const resolved = policy.read(e164, addresses, others);
      return resolved.status === "valid" ? resolved : reading;
    },
  };
}

/** Support's notes on this person, in order. */
export function notesOf({ documents }: PersonHeard): Note[] {
  const notes: Note[] = [];
  for (const [document, tellings] of documents) {
    if (!document.startsWith("support:")) continue;
    for (const { says, toldAt } of tellings) {
      if (says.kind === "support") notes.push({ ...says, at: toldAt });
    }
  }
  return notes.sort((a, b) => a.at - b.at || (a.note < b.note ? -1 : 1));
}
