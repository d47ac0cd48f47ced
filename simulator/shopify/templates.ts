// The sample bodies of `templates/`, read once. What a body builder does not decide comes from here.
import { readFileSync } from "node:fs";
import { isObject, type JsonObject } from "../control/json.ts";

const loaded = new Map<string, JsonObject>();

/** The object under `name` in a template, or the first element of the array under it. */
export function part(template: JsonObject, name: string): JsonObject {
  const value = template[name];
  const found = Array.isArray(value) ? value[0] : value;
  if (!isObject(found)) throw new Error(`template has no object ${name}`);
  return found;
}

export function readTemplate(name: string): JsonObject {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const parsed: unknown = JSON.parse(
    readFileSync(new URL(`./templates/${name}.json`, import.meta.url), "utf8"),
  );
  if (!isObject(parsed)) throw new Error(`template ${name} is no object`);
  loaded.set(name, parsed);
  return parsed;
}
