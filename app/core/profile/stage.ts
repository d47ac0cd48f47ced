/**
 * How far a person has come on the way to being texted. Each stage holds those who came no further, so
 * that a shop's people are counted once; whoever is eligible has everything before it.
 */
import type { Profile } from "./profile.ts";

export const STAGES = ["shopper", "number", "valid_number", "consented", "eligible"] as const;
export type StageName = (typeof STAGES)[number];

/** Index into STAGES: small, because it is stored with every person. */
export type Stage = number;

export const CONSENTED: Stage = STAGES.indexOf("consented");
export const ELIGIBLE: Stage = STAGES.indexOf("eligible");

/** `isEligible`: marketing texts may be sent to them now (SEMANTICS §7). */
export function stageOf(
  { phone, unreadable, consent }: Pick<Profile, "phone" | "unreadable" | "consent">,
  isEligible: boolean,
): Stage {
  return STAGES.indexOf(nameOf());

  function nameOf(): StageName {
    if (isEligible) return "eligible";
    if (phone === null) return unreadable ? "number" : "shopper";
    return consent.status === "subscribed" ? "consented" : "valid_number";
  }
}
