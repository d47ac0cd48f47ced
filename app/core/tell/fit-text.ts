/** Texts by their bytes: limits are said in bytes of UTF-8, and a cut never goes through a character. */

const encoder = new TextEncoder();
const BYTES_PER_UNIT = 3;
/** A character takes at most six bytes in JSON (\u00XX), anything but a text at most 26. */
const JSON_BYTES_PER_UNIT = 6;
const JSON_BYTES_OF_ANYTHING = 26;

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

export function exceeds(text: string, bytes: number): boolean {
  if (text.length * BYTES_PER_UNIT <= bytes) return false;
  return text.length > bytes || byteLength(text) > bytes;
}

/** The longest beginning of at most `bytes` bytes that ends between two characters. */
export function cutAt(text: string, bytes: number): string {
  if (!exceeds(text, bytes)) return text;
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** A URL or an email: half of it leads nowhere, or to somebody else. */
export function isWhole(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/\S*$/i.test(text) || /^[^\s@]+@[^\s@]+$/.test(text);
}

/** Bytes as compact JSON; what JSON has no word for takes none. */
export function sizeInJson(value: unknown): number {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? 0 : byteLength(text);
}

/** Whether these values take at most so many bytes as JSON; most are far below, and seen to be. */
export function fitsInJson(values: Readonly<Record<string, unknown>>, bytes: number): boolean {
  return highestSize(values) <= bytes || sizeInJson(values) <= bytes;
}

/** An upper bound that costs no serialisation; infinite where a value is no plain one. */
function highestSize(values: Readonly<Record<string, unknown>>): number {
  let size = 2;
  for (const name in values) {
    const value = values[name];
    size += name.length * JSON_BYTES_PER_UNIT + 4;
    if (typeof value === "string") size += value.length * JSON_BYTES_PER_UNIT + 3;
    else if (typeof value === "object" && value !== null) return Number.POSITIVE_INFINITY;
    else size += JSON_BYTES_OF_ANYTHING;
  }
  return size;
}
