/**
 * What stands in somebody's profile under the names this shop's attributes would have: the only
 * thing of theirs that is kept, so that it can be compared and put back. An email is no value but a
 * name of the profile.
 */
import type { Settings } from "../settings/schema.ts";
import { namesWritten, type Attributes, type AttributeValue } from "./attributes.ts";
import { ATTRIBUTE_GROUPS, type AttributeName } from "./catalogue.ts";
import type { AttributeType } from "./catalogue/entry.ts";

const TYPES: ReadonlyMap<AttributeName, AttributeType> = new Map(
  ATTRIBUTE_GROUPS.flatMap((group) => group.attributes.map(({ name, type }) => [name, type])),
);

/** `found` is the whole profile as the App API gives it. Lists and objects are left out. */
export function standingValues(found: Record<string, unknown>, settings: Settings): Attributes {
  const allText = Object.values(found).every((value) => typeof value === "string");
  const values: Attributes = {};
  for (const { name, target } of namesWritten(settings)) {
    const value = Object.hasOwn(found, target) ? found[target] : undefined;
    if (typeof value === "number" || typeof value === "boolean") values[target] = value;
    if (typeof value !== "string" || value === "") continue;
    values[target] = allText ? typed(value, TYPES.get(name)) : value;
  }
  return values;
}

/** Where everything comes as text, what reads as the attribute's own type was of that type. */
function typed(text: string, type: AttributeType | undefined): AttributeValue {
  switch (type) {
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "integer":
    case "number":
    case "unix_seconds":
      return String(Number(text)) === text ? Number(text) : text;
    case "string":
    case undefined:
      return text;
  }
}
