/**
 * Two shops on one workspace (SEMANTICS §8): a shopper of both has one profile there, so each shop
 * needs attribute names of its own, or each would write over what the other told. An email is the
 * profile's own and means the same for both.
 */
import { ATTRIBUTE_NAMES, FIXED_NAMES } from "./attribute-names.ts";
import type { Settings } from "./schema.ts";

/** The attribute names that both would write, as they stand in the workspace. */
export function namesShared(
  one: Pick<Settings, "attribute_names">,
  other: Pick<Settings, "attribute_names">,
): string[] {
  const theirs = new Set(namesOf(other));
  return namesOf(one).filter((name) => theirs.has(name));
}

function namesOf({ attribute_names }: Pick<Settings, "attribute_names">): string[] {
  const own = ATTRIBUTE_NAMES.filter((name) => !FIXED_NAMES.includes(name));
  return own.map((name) => attribute_names[name] ?? name);
}

/** What keeps a shop from going live beside others of the workspace; null when nothing does. */
export function whyNotBeside(
  shop: Pick<Settings, "attribute_names">,
  neighbours: readonly { domain: string; settings: Pick<Settings, "attribute_names"> }[],
): string | null {
  for (const { domain, settings } of neighbours) {
    const [first, ...rest] = namesShared(shop, settings);
    if (first === undefined) continue;
    const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
    return `${domain} writes to the same workspace, also ${first}${more}: give one of the two shops attribute names of its own (attribute_names), such as another prefix`;
  }
  return null;
}
