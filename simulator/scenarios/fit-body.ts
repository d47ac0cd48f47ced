// Makes a body about as large as a benchmark wants: drops the bulk no app reads (money in two
// currencies, tax lines), then fills the note. A subscription with `include_fields` trims alike.
import type { Json, JsonObject } from "../control/json.ts";
import { isObject } from "../control/json.ts";

function trim(value: Json): Json {
  if (Array.isArray(value)) return value.map(trim);
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (name.endsWith("_set") || name === "tax_lines" || name === "duties") continue;
    kept[name] = trim(inner);
  }
  return kept;
}

export function fitBody(body: JsonObject, bytes: number): Buffer {
  const whole = Buffer.from(JSON.stringify(body));
  const small = whole.byteLength <= bytes ? body : trim(body);
  const packed = small === body ? whole : Buffer.from(JSON.stringify(small));
  const missing = bytes - packed.byteLength;
  if (missing <= 0 || !isObject(small) || !("note" in small)) return packed;
  return Buffer.from(JSON.stringify({ ...small, note: "n".repeat(missing) }));
}
