/** The number, and what is known of it. Having it is not a permission to text it (SEMANTICS §1, §4). */
import type { AttributeGroup } from "./entry.ts";

const NO_PHONE = "while `phone` is absent";

export const PHONE = {
  name: "phone",
  title: "Phone number",
  intro:
    "The shopper's own best number and what is known of it. **A number is not a permission**: text `sms_marketing_phone` " +
    "or `sms_transactional_phone`, which are there only while texting is allowed.",
  belongsTo: "ringtrue",
  attributes: [
    {
      name: "phone",
      type: "string",
      meaning: "The shopper's own best number, in international form (E.164).",
      removedWhen:
        "while no number of the shopper's own is known, or where the shop's settings say so (`phone_attribute`)",
      example: "+14155552671",
    },
    {
      name: "phone_country",
      type: "string",
      meaning: "The country of the number, as two letters (ISO 3166).",
      removedWhen: `${NO_PHONE}, and for numbers of no country`,
      example: "US",
    },
    {
      name: "phone_type",
      type: "string",
      meaning:
        "The kind of line by its range: `mobile`, `fixed_line`, `fixed_line_or_mobile` (countries such as the US do not tell them apart), `voip`, `toll_free` …",
      removedWhen: `${NO_PHONE}, and where the range does not say`,
      example: "fixed_line_or_mobile",
    },
    {
      name: "phone_source",
      type: "string",
      meaning: "Where the number was given.",
      see: "where-a-number-came-from",
      removedWhen: NO_PHONE,
      example: "checkout_consent",
    },
    {
      name: "phone_updated_at",
      type: "unix_seconds",
      meaning: "When the shopper gave the number; telling it again does not move it.",
      removedWhen: NO_PHONE,
      example: 1_772_445_600,
    },
    {
      name: "phone_verified",
      type: "boolean",
      meaning: "Whether the shopper has proved to this shop that the handset is theirs.",
      removedWhen: NO_PHONE,
      example: false,
    },
    {
      name: "phone_verified_at",
      type: "unix_seconds",
      meaning: "When they proved it.",
      removedWhen: "unless `phone_verified` is true",
      example: 1_772_445_900,
    },
    {
      name: "phone_verified_by",
      type: "string",
      meaning: "How they proved it.",
      removedWhen: "unless `phone_verified` is true",
      example: "confirmation",
      values: ["confirmation", "inbound_sms", "support"],
    },
    {
      name: "phone_candidate",
      type: "string",
      meaning: "A newer number of the shopper's that has not won yet.",
      removedWhen:
        "while there is none, or where the shop's settings say that numbers are never written",
      example: "+14155552672",
    },
    {
      name: "phone_shared",
      type: "boolean",
      meaning: "Whether another shopper of this shop has the same number.",
      removedWhen: NO_PHONE,
      example: false,
    },
    {
      name: "sms_marketing_phone",
      type: "string",
      meaning: "The To of a marketing text: the number, while the shopper may be sent one.",
      removedWhen:
        "as soon as `sms_eligible` is false: a text already planned then has nowhere to go",
      example: "+14155552671",
    },
    {
      name: "sms_transactional_phone",
      type: "string",
      meaning: "The To of an order update: the number, while the shopper may be sent one.",
      removedWhen: "as soon as `sms_transactional_eligible` is false",
      example: "+14155552671",
    },
  ],
} as const satisfies AttributeGroup;
