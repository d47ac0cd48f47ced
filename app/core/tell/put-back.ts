/**
 * What is told to undo what was told: of all that Ringtrue wrote to a profile, what stood there
 * before is told again and the rest is removed. What Ringtrue did not write is not touched, and
 * neither is what names a profile or unsubscribes it. Nor does an old yes come back to somebody who has
 * said stop: where permission stood before, Ringtrue's no stays.
 */
import type { Settings } from "../settings/schema.ts";
import { RESERVED_NAMES } from "../settings/attribute-names.ts";
import type { Attributes, AttributeValue } from "./attributes.ts";
import type { AttributeName } from "./catalogue.ts";

/** What journeys read a permission from. */
const PERMISSIONS: readonly AttributeName[] = [
  "sms_consent",
  "sms_consent_status",
  "sms_eligible",
  "sms_cart_eligible",
  "sms_transactional_eligible",
  "mms_eligible",
  "sms_marketing_phone",
  "sms_transactional_phone",
  "sms_unsubscribed",
];

/** Under the names this shop writes. */
export function permissionNames({ attribute_names }: Settings): ReadonlySet<string> {
  return new Set(PERMISSIONS.map((name) => attribute_names[name] ?? name));
}

export type Undoing = {
  attributes: Record<string, AttributeValue | null>;
  putBack: number;
  removed: number;
  /** Permissions that stood before and are not put back, because of a stop. */
  withheld: number;
};

/**
 * `before` is what stood there; null when nobody looked, or nothing shall be put back. `withheld` names
 * what is left as told where something stood before.
 */
export function undoingOf(
  written: readonly string[],
  before: Attributes | null,
  withheld: ReadonlySet<string>,
): Undoing {
  const undoing: Undoing = { attributes: {}, putBack: 0, removed: 0, withheld: 0 };
  for (const name of written) {
    if (name === "email" || RESERVED_NAMES.includes(name)) continue;
    const value = before && Object.hasOwn(before, name) ? before[name] : undefined;
    if (value !== undefined && withheld.has(name)) {
      undoing.withheld += 1;
      continue;
    }
    undoing.attributes[name] = value ?? null;
    undoing[value === undefined ? "removed" : "putBack"] += 1;
  }
  return undoing;
}
