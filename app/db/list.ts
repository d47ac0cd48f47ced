/**
 * A column of a batch as one array parameter. pg would write and escape each element by itself; nearly
 * all of ours are ids, times and numbers, which need neither.
 */
type Element = string | number | boolean | null;

const NEEDS_NO_QUOTES = /^[\w+:.@-]+$/;
const NULL_SPELT_OUT = /^null$/i;

/** The array as PostgreSQL reads it, whatever its type. */
export function list(elements: readonly Element[]): string {
  return `{${elements.map(written).join(",")}}`;
}

function written(element: Element): Element {
  if (element === null) return "NULL";
  if (typeof element !== "string") return element;
  if (NEEDS_NO_QUOTES.test(element) && !NULL_SPELT_OUT.test(element)) return element;
  return `"${element.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
