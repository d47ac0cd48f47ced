/**
 * Whether a profile holds what it was told. Customer.io takes nearly everything with a 200 and may
 * still not have done it: the one way to know is to read it back. What Customer.io only writes
 * differently is no drift (see same-value).
 */
import type { Attributes } from "./attributes.ts";
import { isSameValue } from "./same-value.ts";

export const DRIFT_REASONS = [
  "profile_missing",
  "identifier_conflict",
  "changed_by_others",
  "attribute_differs",
] as const;

export type DriftReason = (typeof DRIFT_REASONS)[number];

export type Drift = {
  reason: DriftReason;
  /** Attributes that are not as told, by the names they have there. */
  names: string[];
};

export type ProfileRead = {
  attributes: Record<string, unknown>;
  /** Unix seconds each attribute was last written for, where the workspace says so. */
  timestamps: Record<string, number>;
  /** Another profile has the email that this one was told. */
  emailIsAnothers: boolean;
};

/** `stamp` is the second for which `told` was told. Null when the profile agrees. */
export function driftOf(told: Attributes, stamp: number, read: ProfileRead): Drift | null {
  const names = differencesOf(told, read.attributes);
  if (names.length === 0) return null;
  if (names.includes("email") && read.emailIsAnothers) {
    return { reason: "identifier_conflict", names };
  }
  // Older writes lose to ours: who stands there instead wrote later, or for a later time.
  const isOthers = names.every((name) => (read.timestamps[name] ?? 0) > stamp);
  return { reason: isOthers ? "changed_by_others" : "attribute_differs", names };
}

export function differencesOf(told: Attributes, found: Record<string, unknown>): string[] {
  return Object.entries(told).flatMap(([name, value]) =>
    isHeld(name, value, found[name]) ? [] : [name],
  );
}

function isHeld(name: string, told: Attributes[string], found: unknown): boolean {
  if (name !== "email") return isSameValue(told, found);
  return typeof found === "string" && found.toLowerCase() === String(told).toLowerCase();
}
