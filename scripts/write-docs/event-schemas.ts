// docs/events.schema.json: every event's data as JSON Schema, from the list the events themselves are tested against.
import type { EventField, FieldType } from "../../app/core/tell/catalogue/entry.ts";
import { EVENTS } from "../../app/core/tell/catalogue/events.ts";
import { COMMON_FIELDS, ITEM_FIELDS } from "../../app/core/tell/catalogue/fields.ts";

type Schema = Record<string, unknown>;

const TYPES: Record<FieldType, Schema> = {
  string: { type: "string" },
  boolean: { type: "boolean" },
  integer: { type: "integer" },
  number: { type: "number" },
  iso_time: { type: "string", format: "date-time" },
  strings: { type: "array", items: { type: "string" } },
  items: { type: "array", items: { $ref: "#/$defs/item" } },
};

export function eventSchemasDoc(): string {
  const events = EVENTS.map(({ name, meaning, told, fields }): [string, Schema] => [
    name,
    { description: `${meaning} Told ${told}`, ...objectOf([...COMMON_FIELDS, ...fields]) },
  ]);
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "The data of Ringtrue's events, by the event's name",
    $defs: { item: objectOf(ITEM_FIELDS), ...Object.fromEntries(events) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Fields may be added within a version, so more than these is no fault. */
function objectOf(fields: readonly EventField[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map(({ name, type, meaning, example }) => [
        name,
        {
          ...TYPES[type],
          description: meaning,
          ...(example === null ? {} : { examples: [example] }),
        },
      ]),
    ),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}
