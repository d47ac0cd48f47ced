import { isObject, type Json } from "../control/json.ts";

// Customer.io's limits are bytes of UTF-8, not characters. Most values are far below them, so each
// check first rules the limit out by the length in characters and counts bytes only when it is near.

export const LIMITS = {
  idBytes: 150,
  attributeNameBytes: 150,
  attributeValueBytes: 1000,
  attributes: 300,
  eventNameBytes: 100,
  v1EventDataBytes: 100_000,
  itemBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  segmentIds: 1000,
} as const;

const HIGHEST_UTF8_BYTES_PER_UNIT = 3;

/** Whether a text is longer than `limit` bytes. */
export function exceedsBytes(text: string, limit: number): boolean {
  if (text.length * HIGHEST_UTF8_BYTES_PER_UNIT <= limit) return false;
  return text.length > limit || Buffer.byteLength(text) > limit;
}

/** Whether an attribute's value is too long; a list or an object counts as its JSON. */
export function exceedsValueLimit(value: Json): boolean {
  if (typeof value === "string") return exceedsBytes(value, LIMITS.attributeValueBytes);
  if (typeof value !== "object" || value === null) return false;
  return exceedsBytes(JSON.stringify(value), LIMITS.attributeValueBytes);
}

/** Whether one v2 item, as compact JSON, is larger than 32 KB. */
export function exceedsItemLimit(item: Json): boolean {
  if (highestSize(item, LIMITS.itemBytes) <= LIMITS.itemBytes) return false;
  return Buffer.byteLength(JSON.stringify(item)) > LIMITS.itemBytes;
}

/** Cuts a text to at most `limit` bytes, never inside a character. */
export function trimToBytes(text: string, limit: number): string {
  if (!exceedsBytes(text, limit)) return text;
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

// An upper bound of the JSON's bytes, given up once it passes `enough`. A character takes at most
// six bytes in JSON (\u00XX).
function highestSize(value: Json, enough: number): number {
  if (typeof value === "string") return value.length * 6 + 3;
  if (Array.isArray(value)) {
    let size = 2;
    for (const entry of value) {
      size += highestSize(entry, enough);
      if (size > enough) return size;
    }
    return size;
  }
  if (!isObject(value)) return 26;
  let size = 2;
  for (const name in value) {
    const entry = value[name];
    size += name.length * 6 + 4 + (entry === undefined ? 0 : highestSize(entry, enough));
    if (size > enough) return size;
  }
  return size;
}
