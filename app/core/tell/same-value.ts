/**
 * Whether a profile holds what was told, or would be. Customer.io may give back every value as text,
 * writes numbers its own way and cuts long text off: none of that is a difference.
 */
import type { AttributeValue } from "./attributes.ts";

/** Text that reaches this length may be the beginning of a longer one. */
const PERHAPS_CUT = 200;

export function isSameValue(told: AttributeValue, found: unknown): boolean {
  if (typeof found !== "string" && typeof found !== "number" && typeof found !== "boolean") {
    return false;
  }
  const text = String(found).trim();
  if (typeof told === "boolean") return (told ? /^(?:true|1)$/i : /^(?:false|0)$/i).test(text);
  if (typeof told === "number") return text !== "" && Number(text) === told;
  return text === told.trim() || (text.length >= PERHAPS_CUT && told.startsWith(text));
}
