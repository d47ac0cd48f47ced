/**
 * What an attribute may be called. Which attributes there are says the catalogue; a shop may map any
 * of them to a name of its own, with the exceptions below.
 */
import type { AttributeName } from "../tell/catalogue.ts";

export { ATTRIBUTE_NAMES, OPTIONAL_ATTRIBUTES } from "../tell/catalogue.ts";

/**
 * Names that mean something to Customer.io itself. Mapping an attribute onto one of them would
 * rename a person, move an identifier or unsubscribe somebody from everything.
 */
export const RESERVED_NAMES: readonly string[] = [
  "id",
  "cio_id",
  "anonymous_id",
  "unsubscribed",
  "cio_subscription_preferences",
  "cio_relationships",
  "created_at",
  "_created_in_customerio_at",
  "_update",
];

/**
 * An email is what a profile is addressed by: mapped elsewhere, every person would be told as another.
 */
export const FIXED_NAMES: readonly string[] = ["email"] satisfies AttributeName[];
