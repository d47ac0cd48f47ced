// docs/data-dictionary.md: every attribute and event, from the catalogue, for those who build journeys.
import { ATTRIBUTE_GROUPS } from "../../app/core/tell/catalogue.ts";
import type {
  AttributeEntry,
  AttributeGroup,
  EventEntry,
  EventField,
  FieldType,
} from "../../app/core/tell/catalogue/entry.ts";
import { EVENTS } from "../../app/core/tell/catalogue/events.ts";
import { COMMON_FIELDS, ITEM_FIELDS } from "../../app/core/tell/catalogue/fields.ts";
import { forMarketers } from "./for-marketers.ts";
import { code, GENERATED, page, table } from "./markdown.ts";

export function dataDictionaryDoc(): string {
  return page([
    "# Data dictionary",
    GENERATED,
    "What Ringtrue tells Customer.io: [attributes](#attributes) on the shopper's profile, and [events](#events) that journeys start and stop " +
      "on. These are the default names; a shop can map attributes to others (`attribute_names`) and have events in title case (`Order " +
      "Placed`, `event_names`).",
    ...forMarketers(),
    "## Attributes",
    "The whole set is told anew whenever anything about a shopper changes. What is absent is removed, and only where Ringtrue wrote it. " +
      "Times are whole seconds since 1970, which Customer.io reads as dates; money is numeric; ids are strings.",
    ...ATTRIBUTE_GROUPS.flatMap(sayGroup),
    ...sayEvents(),
  ]);
}

function sayGroup({ title, intro, attributes }: AttributeGroup): string[] {
  const rows = attributes.map((entry) => [
    code(entry.name),
    entry.type.replace("_", " "),
    sayMeaning(entry),
    code(String(entry.example)),
  ]);
  return [`### ${title}`, intro, table(["attribute", "type", "meaning", "example"], rows)];
}

function sayMeaning({ meaning, values, see, removedWhen }: AttributeEntry): string {
  const listed = values ? ` One of ${values.map(code).join(", ")}.` : "";
  const absence = removedWhen === null ? "" : ` *Absent ${removedWhen}.*`;
  const more = see === undefined ? "" : ` See [reasons](reasons.md#${see}).`;
  return `${meaning}${listed}${more}${absence}`;
}

function sayEvents(): string[] {
  return [
    "## Events",
    "Each is told once, with the time it happened, however often and in whatever order Ringtrue hears of it; its `id` (a ULID) stays the same, so " +
      "that Customer.io drops a repeat. A first import, settings, " +
      "merges and replays tell attributes and never events. A field that is `optional` is left out where it is not known. " +
      "The same as JSON Schema: [events.schema.json](events.schema.json).",
    table(
      ["event", "meaning", "heard from"],
      EVENTS.map(({ name, meaning, from, planned }) => [
        `[${code(name)}](#${name})`,
        planned ? `${meaning} *Not told yet.*` : meaning,
        from,
      ]),
    ),
    "### What every event carries",
    fieldTable(COMMON_FIELDS),
    "### Items",
    "The fields of each entry of `items`.",
    fieldTable(ITEM_FIELDS),
    ...EVENTS.flatMap(sayEvent),
  ];
}

function sayEvent({ name, meaning, told, planned, fields }: EventEntry): string[] {
  const status = planned ? " **Not told yet.**" : "";
  return [`### ${name}`, `${meaning}${status} *Told: ${told}*`, fieldTable(fields)];
}

const FIELD_TYPES: Record<FieldType, string> = {
  string: "string",
  boolean: "boolean",
  integer: "integer",
  number: "number",
  iso_time: "ISO 8601 time",
  strings: "list of strings",
  items: "list of [items](#items)",
};

function fieldTable(fields: readonly EventField[]): string {
  const rows = fields.map(({ name, type, meaning, example, optional }) => [
    code(name),
    optional ? `${FIELD_TYPES[type]}, optional` : FIELD_TYPES[type],
    meaning,
    sayExample(example),
  ]);
  return table(["field", "type", "meaning", "example"], rows);
}

function sayExample(example: EventField["example"]): string {
  if (example === null) return "";
  return code(typeof example === "object" ? JSON.stringify(example) : String(example));
}
