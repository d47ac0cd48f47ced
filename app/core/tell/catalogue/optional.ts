/** Attributes that other tools usually write too (SEMANTICS §8): never without being asked. */
import type { AttributeGroup } from "./entry.ts";

export const OPTIONAL = {
  name: "optional",
  title: "Off until switched on",
  intro:
    "These usually belong to other tools. Ringtrue writes one only where the shop's settings name it (`attributes_on`), and removes only " +
    "what it wrote itself.",
  belongsTo: "others",
  attributes: [
    {
      name: "timezone",
      type: "string",
      meaning: "The shopper's time zone, by which Customer.io sends in their local time.",
      removedWhen: "while it is not known",
      example: "America/Los_Angeles",
    },
    {
      name: "locale",
      type: "string",
      meaning: "The language they shop in.",
      removedWhen: "while it is not known",
      example: "en-US",
    },
    {
      name: "first_name",
      type: "string",
      meaning: "Their first name.",
      removedWhen: "while it is not known",
      example: "Ada",
    },
    {
      name: "last_name",
      type: "string",
      meaning: "Their last name.",
      removedWhen: "while it is not known",
      example: "Byron",
    },
    {
      name: "country",
      type: "string",
      meaning:
        "The country they shop from, as two letters (ISO 3166); for the number's see `phone_country`.",
      removedWhen: "while it is not known",
      example: "US",
    },
    {
      name: "sms_unsubscribed",
      type: "boolean",
      meaning: "Whether a stop stands for texts; it says nothing of email.",
      removedWhen: null,
      example: false,
    },
  ],
} as const satisfies AttributeGroup;
