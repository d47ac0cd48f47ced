/**
 * What an operator is shown of a message or an item by default: its structure whole, its values only
 * where they cannot name or reach anybody. Harmless values are a list; everything else is masked, so
 * that a field nobody has thought of stays in.
 */
import { maskEmail, maskPhone } from "./mask.ts";

/** Under these names stand ids, which are digits as phone numbers are. */
const ID = /^(?:id|.+_id)$/i;
/** Under these names stand times, states and amounts, each one word. */
const HARMLESS =
  /^(?:.+_at|(?:.+_)?status|(?:.+_)?state|(?:.+_)?currency|amount|price|quantity|total_.+|subtotal_.+|sku|kind|type|(?:.+_)?reason|(?:.+_)?source|source_name|(?:.+_)?opt_in_level|topic|event|metric|(?:phone_)?country(?:_code)?|phone_type|timestamp|error_?code)$/i;
const PLACE = /^(?:lat|lng|latitude|longitude)$/i;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const PHONE = /^\+?[\d\s().\-/]{7,}$/;
const TIME = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;
const ORIGIN = /^https?:\/\/[^/?#@\s]+/i;
const WORD = /^[\w:.+\-/]{1,64}$/;
const KEY = /^[A-Za-z_$][\w$-]{0,63}$/;
const LONG_NUMBER = 1_000_000;

/** A copy with personal values masked: phones, emails, names, addresses, tokens, whatever else is text. */
export function maskPayload(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((inner) => maskPayload(inner, key));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        KEY.test(name) ? name : maskText(name),
        maskPayload(inner, name),
      ]),
    );
  }
  if (typeof value === "string") return maskString(value, key);
  if (typeof value !== "number") return value;
  const isShort = Math.abs(value) < LONG_NUMBER && !PLACE.test(key);
  return isShort || ID.test(key) || HARMLESS.test(key) ? value : "#####";
}

function maskString(text: string, key: string): string {
  if (text === "" || TIME.test(text)) return text;
  if (EMAIL.test(text)) return maskEmail(text);
  if (ID.test(key) && WORD.test(text) && !text.startsWith("+")) return text;
  if (PHONE.test(text)) return maskPhone(text);
  if (HARMLESS.test(key) && WORD.test(text)) return text;
  const origin = ORIGIN.exec(text)?.[0];
  return origin === undefined ? maskText(text) : `${origin}/***`;
}

/** Short texts keep nothing; of longer ones the first letter tells two apart. */
function maskText(text: string): string {
  return text.length < 4 ? "***" : `${text.slice(0, 1)}***`;
}

/** Of what is no JSON: where letters, digits and signs stand, none of them readable. */
export function maskShape(text: string): string {
  return text.replaceAll(/[\p{L}\p{M}]/gu, "x").replaceAll(/\p{N}/gu, "0");
}
