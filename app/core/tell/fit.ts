/**
 * Makes what is told fit Customer.io's limits, so that nothing is sent only to be refused for ever.
 *
 * What fits is left as it is. A text that is too long is cut between two characters; what is of no use
 * in part (a URL, an email) is left out whole; identifiers are never touched, because a cut one names
 * somebody else. Everything that was done is noted, in names only.
 */
import { byteLength, cutAt, exceeds, fitsInJson, isWhole, sizeInJson } from "./fit-text.ts";

export const LIMITS = {
  /** Bytes of an identifier. */
  identifier: 150,
  attributeName: 150,
  attributeValue: 1_000,
  /** Attributes in one identify, those it removes among them. */
  attributes: 300,
  eventName: 100,
  /** Bytes of one operation as JSON; 32 KB, taken strictly. */
  operation: 32_000,
} as const;

/** Bytes of an operation without its attributes, at most: two identifiers, every character escaped. */
const FRAME_BYTES = 2_200;
const ATTRIBUTES_BYTES = LIMITS.operation - FRAME_BYTES;
/** `_update` is counted as an attribute. */
const CONTROL_ATTRIBUTES = 1;

/** Within these no limit can be passed: a unit of UTF-16 takes at most three bytes, in JSON six. */
const SMALL_TEXT = LIMITS.attributeValue / 3;
const SMALL_NAME = LIMITS.attributeName / 3;
const SMALL_COUNT = LIMITS.attributes / 2;
const SMALL_UNITS = 2_000;

type Values = Readonly<Record<string, unknown>>;

/** What was done, a few words for each: "cut title", "left out recovery_url", "items 40 of 90". */
type Notes = string[];

/** The name of the first identifier that is too long, or null. */
export function tooLongIdentifier(identifiers: Readonly<Record<string, string>>): string | null {
  const long = Object.entries(identifiers).find(([, value]) => exceeds(value, LIMITS.identifier));
  return long?.[0] ?? null;
}

export type PersonFitted<Value> = {
  attributes: Record<string, Value>;
  /** What the profile has and is to be without, as far as there is room. */
  removed: string[];
  /** What is to be removed another time. */
  stays: string[];
  notes: Notes;
};

/** A person's attributes, and those to remove among what the profile was told `before`. */
export function fitPerson<Value>(
  attributes: Readonly<Record<string, Value>>,
  before: readonly string[],
): PersonFitted<Value> {
  if (isSmall(attributes)) {
    const all = { ...attributes };
    return { attributes: all, ...fitRemovals(all, before), notes: [] };
  }
  const notes: Notes = [];
  const fitted: Record<string, Value> = {};
  let room: number = LIMITS.attributes - CONTROL_ATTRIBUTES;
  for (const [name, value] of Object.entries(attributes)) {
    if (room === 0 || exceeds(name, LIMITS.attributeName)) {
      notes.push(`left out ${cutAt(name, 40)}`);
    } else if (typeof value !== "string" || !exceeds(value, LIMITS.attributeValue)) {
      fitted[name] = value;
      room -= 1;
    } else if (isWhole(value)) {
      notes.push(`left out ${name}`);
    } else {
      Object.assign(fitted, { [name]: cutAt(value, LIMITS.attributeValue) });
      notes.push(`cut ${name}`);
      room -= 1;
    }
  }
  const removals = before.reduce((bytes, name) => bytes + sizeInJson(name) + ",:null".length, 0);
  dropLongest(fitted, ATTRIBUTES_BYTES - Math.min(removals, ATTRIBUTES_BYTES / 2), notes);
  return { attributes: fitted, ...fitRemovals(fitted, before), notes };
}

/** Nearly everybody, and seen without measuring anything in bytes. */
function isSmall(attributes: Values): boolean {
  let count = 0;
  let units = 0;
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === "string") {
      if (value.length > SMALL_TEXT) return false;
      units += value.length;
    }
    if (name.length > SMALL_NAME) return false;
    units += name.length;
    count += 1;
  }
  return count <= SMALL_COUNT && units <= SMALL_UNITS;
}

/** As many removals as there is room for beside what is told. */
function fitRemovals(
  told: Values,
  before: readonly string[],
): Pick<PersonFitted<never>, "removed" | "stays"> {
  const candidates = before.filter((name) => !Object.hasOwn(told, name));
  if (candidates.length === 0) return { removed: [], stays: [] };
  const removed: string[] = [];
  const stays: string[] = [];
  let room = LIMITS.attributes - CONTROL_ATTRIBUTES - Object.keys(told).length;
  let bytes = ATTRIBUTES_BYTES - sizeInJson(told);
  for (const name of candidates) {
    bytes -= sizeInJson(name) + ",:null".length;
    if (room > 0 && bytes >= 0) removed.push(name);
    else stays.push(name);
    room -= 1;
  }
  return { removed, stays };
}

/** What an event tells: its items go first, from the end; how many there were is said. */
export function fitEvent(attributes: Values): {
  attributes: Record<string, unknown>;
  notes: Notes;
} {
  const fitted: Record<string, unknown> = { ...attributes };
  if (fitsInJson(fitted, ATTRIBUTES_BYTES)) return { attributes: fitted, notes: [] };
  const notes: Notes = [];
  const { items } = attributes;
  if (Array.isArray(items)) {
    const around = { ...attributes, items: [], items_truncated: true, items_count: items.length };
    const kept = countThatFit(items, ATTRIBUTES_BYTES - sizeInJson(around));
    Object.assign(fitted, around, { items: items.slice(0, kept) });
    notes.push(`items ${kept} of ${items.length}`);
  }
  dropLongest(fitted, ATTRIBUTES_BYTES, notes);
  return { attributes: fitted, notes };
}

export function fitEventName(name: string): string {
  return cutAt(name, LIMITS.eventName);
}

/** How many of the first entries of a list, with a comma each, take at most `bytes`. */
function countThatFit(entries: readonly unknown[], bytes: number): number {
  let left = bytes;
  const first = entries.findIndex((entry) => {
    left -= sizeInJson(entry) + 1;
    return left < 0;
  });
  return first === -1 ? entries.length : first;
}

/** Leaves out the longest texts and lists until the rest fits: what decides anything is short. */
function dropLongest(values: Record<string, unknown>, bytes: number, notes: Notes): void {
  if (fitsInJson(values, bytes)) return;
  const longest = Object.entries(values)
    .map(([name, value]) => ({ name, bytes: sizeInJson(value) + byteLength(name) }))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  let left = sizeInJson(values);
  for (const { name } of longest) {
    if (left <= bytes) return;
    left -= sizeInJson({ [name]: values[name] }) - 1;
    delete values[name];
    notes.push(`left out ${cutAt(name, 40)}`);
  }
}
