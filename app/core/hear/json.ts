/**
 * Reads a webhook body. Integers beyond 2^53 keep their digits, as text, because two customers whose
 * ids differ in the last digit are two customers.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type BodyRead = { ok: true; body: { [key: string]: Json } } | { ok: false; detail: string };

export function readBody(text: string): BodyRead {
  let value: Json;
  try {
    value = JSON.parse(text);
    // A reviver is slow, and hardly any body has such a number: looking at the values is cheap.
    if (hasLongNumber(value)) value = JSON.parse(text, keepDigits);
  } catch (fault) {
    // Not JSON, or nested so deeply that no reader gets to its end: either way a dead letter.
    if (fault instanceof SyntaxError) return { ok: false, detail: "is not JSON" };
    if (fault instanceof RangeError) return { ok: false, detail: "is nested too deeply" };
    throw fault;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return { ok: false, detail: "is not an object" };
  }
  return { ok: true, body: value };
}

/** Without recursion: a body may be nested as deeply as it likes. */
function hasLongNumber(body: Json): boolean {
  const waiting: Json[] = [body];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) return true;
    if (value === null || typeof value !== "object") continue;
    for (const inner of Object.values(value)) if (typeof inner !== "string") waiting.push(inner);
  }
  return false;
}

function keepDigits(_key: string, value: Json, context?: { source?: string }): Json {
  if (typeof value !== "number" || Number.isSafeInteger(value) || !context?.source) return value;
  return /^-?\d+$/.test(context.source) ? context.source : value;
}
