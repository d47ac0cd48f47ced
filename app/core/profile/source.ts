/**
 * Sources and the groups that rank them (SEMANTICS §1). Group 1 is proof, 2 a tick, 3 typed by the
 * shopper, 4 a form, 5 second hand, 6 a list. A delivery contact stands in no group.
 */
import type { Channel } from "../heard.ts";

export const SOURCES = [
  "checkout_consent",
  "checkout",
  "order",
  "customer_account",
  "support",
  "form",
  "billing_address",
  "own_address",
  "staff",
  "pos",
  "import",
  "delivery_contact",
] as const;

export type Source = (typeof SOURCES)[number];

const NEVER = 9;
const CONSENT_GROUP = 2;
export const TYPED_GROUP = 3;

const GROUPS: Record<Source, number> = {
  checkout_consent: CONSENT_GROUP,
  checkout: TYPED_GROUP,
  order: TYPED_GROUP,
  customer_account: TYPED_GROUP,
  support: TYPED_GROUP,
  form: 4,
  billing_address: 5,
  own_address: 5,
  staff: 5,
  pos: 5,
  import: 6,
  delivery_contact: NEVER,
};

const TYPED_BY_SHOPPER: ReadonlySet<Source> = new Set<Source>([
  "checkout_consent",
  "checkout",
  "order",
  "customer_account",
]);

/**
 * The group of a source under a shop's policy, which may move groups 3–6 but nothing else. `name` is
 * the source as it is told: a single form (`form:popup`) can be moved apart from all forms.
 */
export function groupOf(
  source: Source,
  name: string,
  moved: Readonly<Record<string, number>>,
): number {
  const usual = GROUPS[source];
  if (usual < TYPED_GROUP || usual === NEVER) return usual;
  return moved[name] ?? moved[source] ?? usual;
}

export function isTypedByShopper(source: Source): boolean {
  return TYPED_BY_SHOPPER.has(source);
}

/** What a contact number's source is called when staff or a till, not the shopper, typed it. */
export function sourceByChannel(usual: Source, channel: Channel): Source {
  if (channel === "online") return usual;
  return channel === "pos" ? "pos" : "staff";
}
