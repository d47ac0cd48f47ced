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

/** One function for each field: a chain of schemas would be walked, and paid for, link by link. */
function field<Value>(read: (value: unknown, context: z.RefinementCtx) => Value) {
  return z.unknown().optional().transform(read);
}

function textOf(value: unknown, context: z.RefinementCtx): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
    context.addIssue("is no text");
    return null;
  }
  const said = storable(String(value)).trim();
  if (said.length > TEXT_MAX) context.addIssue(`is longer than ${TEXT_MAX} characters`);
  return said === "" ? null : said;
}

export const text = field(textOf);

/** Free text that only people read: its beginning is enough. */
export const prose = z
  .string()
  .nullish()
  .transform((value) => (value && storable(value.slice(0, PROSE_MAX)).trim()) || null);

/** Without what no database and no other system takes: NUL and halves of characters. */
function storable(said: string): string {
  return said.replaceAll("\0", "").toWellFormed();
}

function idOf(value: unknown, context: z.RefinementCtx): string | null {
  const said = textOf(value, context);
  if (said !== null && !/^[\w:/.-]{1,120}$/.test(said)) context.addIssue("is no id");
  return said;
}

/** A number Shopify may write as text; ids keep all their digits because they never become numbers. */
export const id = field(idOf);

/** The digits of `gid://shopify/Customer/42`, or of a bare id. */
export const gid = field((value, context) => {
  const said = idOf(value, context);
  return said?.slice(said.lastIndexOf("/") + 1) || null;
});

/** ISO 8601. A time without a zone is read as UTC, so that the machine's own zone plays no part. */
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

export const instant = field((value, context) => {
  const said = textOf(value, context);
  if (said === null) return null;
  const written = ISO.exec(said);
  const zoned = said.length > 10 && written?.[1] === undefined ? `${said}Z` : said;
  const at = written === null ? Number.NaN : Date.parse(zoned);
  if (Number.isNaN(at) || at > LAST_INSTANT || at < 0) {
    context.addIssue("is no time this side of the year 10000");
    return z.NEVER;
  }
  return at;
});

/** Seconds since 1970, as Twilio's and Customer.io's bodies write times; what is none says nothing. */
export const unixSeconds = field((value) =>
  typeof value === "number" && value > 0 && value * 1000 <= LAST_INSTANT ? value * 1000 : null,
);

export const money = field((value, context) => {
  const said = textOf(value, context);
  const amount = said === null ? 0 : Number(said);
  if (!Number.isFinite(amount)) context.addIssue("is no amount");
  return amount;
});

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

export const country = field((value, context) => {
  const said = textOf(value, context);
  return said !== null && /^[A-Za-z]{2}$/.test(said) ? said.toUpperCase() : null;
});

/** An object, or nothing: null, absent, "" and [] all mean nothing. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(nothingAsNull, z.object(shape).nullable());
}

function nothingAsNull(said: unknown): unknown {
  const isNothing = said === undefined || said === "" || (Array.isArray(said) && said.length === 0);
  return isNothing ? null : said;
}

/** A list, or nothing. Items that are no objects are refused. */
export function list<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .array(z.object(shape))
    .or(z.literal(""))
    .nullish()
    .transform((said) => (said ? said : []));
}
