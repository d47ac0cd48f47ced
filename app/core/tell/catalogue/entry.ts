/**
 * How an attribute or an event is declared: once, in words for marketers, as data that settings,
 * documentation and the code that tells it are all made from.
 */

export type AttributeType = "string" | "boolean" | "integer" | "number" | "unix_seconds";

/** Headings of docs/reasons.md, as links name them. */
export type ReasonsSection =
  | "consent"
  | "where-a-consent-was-given"
  | "where-a-number-came-from"
  | "why-a-shopper-may-not-be-texted";

type Entry<Type extends AttributeType, Value> = {
  /** The name it has unless a shop maps it to another. */
  name: string;
  type: Type;
  /** One plain sentence; the settings page shows it as it is, but for the backticks of names. */
  meaning: string;
  /** The part of the reasons' documentation that says more. */
  see?: ReasonsSection;
  /** When it is absent, as a continuation of "absent …"; null for what everybody told has. */
  removedWhen: string | null;
  example: Value;
  /** Every value it can have, where that is a short list. */
  values?: readonly string[];
};

export type AttributeEntry =
  | Entry<"string", string>
  | Entry<"boolean", boolean>
  | Entry<"integer" | "number" | "unix_seconds", number>;

export type AttributeGroup = {
  name: string;
  title: string;
  intro: string;
  /** What belongs to others is written only where a shop's settings name it. */
  belongsTo: "ringtrue" | "others";
  attributes: readonly AttributeEntry[];
};

/** What an attribute can be told as: one of its values, or anything of its type. */
export type ValueOf<Of extends AttributeEntry> = Of extends { values: readonly (infer Value)[] }
  ? Value
  : Of extends { type: "string" }
    ? string
    : Of extends { type: "boolean" }
      ? boolean
      : number;

export type FieldType =
  | "string"
  | "boolean"
  | "integer"
  | "number"
  | "iso_time"
  | "strings"
  | "items";

export type EventField = {
  name: string;
  type: FieldType;
  meaning: string;
  /** null for a list, whose example is made of its parts. */
  example: string | boolean | number | readonly string[] | null;
  /** Left out of the event where it is not known. */
  optional?: true;
};

export type EventEntry = {
  name: string;
  /** Where Ringtrue hears of it. */
  from: string;
  meaning: string;
  /** When it is told, and when it is not (SEMANTICS §8); continues "Told: …". */
  told: string;
  /** Declared ahead of its source: no event of this name is told yet. */
  planned?: true;
  fields: readonly EventField[];
};
