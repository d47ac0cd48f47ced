import type { Json, JsonObject } from "../control/json.ts";
import type { Person } from "./workspace.ts";

// A person as told to outsiders: removed attributes left out, dotted preferences nested again.

/** The live attributes, with the three identifiers among them. */
export function viewAttributes(person: Person): JsonObject {
  const view: JsonObject = {};
  for (const [name, attribute] of person.attributes) {
    if (attribute.value !== null) place(view, name, attribute.value);
  }
  return view;
}

/** When each live attribute was last written, in unix seconds; preferences under their dotted names. */
export function viewTimestamps(person: Person): Record<string, number> {
  const view: Record<string, number> = {};
  for (const [name, attribute] of person.attributes) {
    if (attribute.value !== null) view[name] = attribute.timestamp;
  }
  return view;
}

function place(view: JsonObject, name: string, value: Json): void {
  if (!name.startsWith("cio_subscription_preferences.")) {
    view[name] = value;
    return;
  }
  const path = name.split(".");
  const last = path.pop() ?? name;
  let level = view;
  for (const step of path) {
    const below = level[step];
    if (typeof below === "object" && below !== null && !Array.isArray(below)) {
      level = below;
      continue;
    }
    const made: JsonObject = {};
    level[step] = made;
    level = made;
  }
  level[last] = value;
}
