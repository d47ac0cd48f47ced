/**
 * What is told to undo what was told: of all that Ringtrue wrote to a profile, what stood there
 * before is told again and the rest is removed. What Ringtrue did not write is not touched, and
 * neither is what names a profile or unsubscribes it.
 */
import { RESERVED_NAMES } from "../settings/attribute-names.ts";
import type { Attributes, AttributeValue } from "./attributes.ts";

export type Undoing = {
  attributes: Record<string, AttributeValue | null>;
  putBack: number;
  removed: number;
};

/** `before` is what stood there; null when nobody looked, or nothing shall be put back. */
export function undoingOf(written: readonly string[], before: Attributes | null): Undoing {
  const undoing: Undoing = { attributes: {}, putBack: 0, removed: 0 };
  for (const name of written) {
    if (name === "email" || RESERVED_NAMES.includes(name)) continue;
    const value = before && Object.hasOwn(before, name) ? before[name] : undefined;
    undoing.attributes[name] = value ?? null;
    undoing[value === undefined ? "removed" : "putBack"] += 1;
  }
  return undoing;
}
