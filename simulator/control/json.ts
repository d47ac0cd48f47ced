// JSON as the simulators see it: anything a client may send, before it was checked.

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

/** Whether a value is an object in JSON's sense (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as text: a string as it is, anything else as its JSON. */
export function jsonText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Parsed = { ok: true; value: Json } | { ok: false };

/** Parses text that may be no JSON; an empty text is an empty object, as clients send nothing for "no fields". */
export function parseJson(text: string): Parsed {
  if (text === "") return { ok: true, value: {} };
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch {
    // Not JSON is an answer here, not a fault: the caller refuses it as the service would.
    return { ok: false };
  }
}
