/**
 * How single fields of Shopify's bodies are read. Absent, null and "" are the same: nothing said.
 * An empty list where an object belongs is how Shopify writes "none". Whatever else has the wrong
 * type is refused with its path, so that a body is either understood or kept as a dead letter.
 */
import { z } from "zod";

const TEXT_MAX = 8_000;
const PROSE_MAX = 500;
/** 9999-12-31: later instants are typing errors, and more than some clocks can hold. */
const LAST_INSTANT = 253_402_300_799_000;

export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined) return null;
    const said = storable(String(value)).trim();
    if (said.length > TEXT_MAX) context.addIssue(`is longer than ${TEXT_MAX} characters`);
    return said === "" ? null : said;
  });

/** Free text that only people read: its beginning is enough. */
export const prose = z
  .string()
  .nullish()
  .transform((value) => (value && storable(value.slice(0, PROSE_MAX))) || null);

/** Without what no database and no other system takes: NUL and halves of characters. */
function storable(said: string): string {
  return said.replaceAll("\0", "").toWellFormed();
}

/** A number Shopify may write as text; ids keep all their digits because they never become numbers. */
export const id = text.refine((value) => value === null || /^[\w:/.-]{1,120}$/.test(value), {
  error: "is no id",
});

/** The digits of `gid://shopify/Customer/42`, or of a bare id. */
export const gid = id.transform((value) => value?.slice(value.lastIndexOf("/") + 1) ?? null);

/** ISO 8601. A time without a zone is read as UTC, so that the machine's own zone plays no part. */
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

export const instant = text.transform((value, context) => {
  if (value === null) return null;
  const written = ISO.exec(value);
  const zoned = value.length > 10 && written?.[1] === undefined ? `${value}Z` : value;
  const at = written === null ? Number.NaN : Date.parse(zoned);
  if (Number.isNaN(at) || at > LAST_INSTANT || at < 0) {
    context.addIssue("is no time this side of the year 10000");
    return z.NEVER;
  }
  return at;
});

export const money = text.transform((value, context) => {
  const amount = value === null ? 0 : Number(value);
  if (!Number.isFinite(amount)) context.addIssue("is no amount");
  return amount;
});

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

export const country = text.transform((value) =>
  value !== null && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null,
);

const EMPTY = z.union([z.literal(""), z.array(z.unknown()).max(0)]);

/** An object, or nothing: null, absent, "" and [] all mean nothing. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .union([z.object(shape), EMPTY])
    .nullish()
    .transform((said) => (said && !isEmpty(said) ? said : null));
}

/** A list, or nothing. Items that are no objects are refused. */
export function list<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .array(z.object(shape))
    .or(z.literal(""))
    .nullish()
    .transform((said) => (said ? said : []));
}

function isEmpty(said: unknown): said is "" | unknown[] {
  return said === "" || Array.isArray(said);
}
