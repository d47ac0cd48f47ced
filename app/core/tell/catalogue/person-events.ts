/**
 * What changed about a shopper's number or consent, between what Customer.io was told before and what
 * it is told now. Never by backfill, import, settings or a merge (SEMANTICS §8).
 */
import type { EventEntry } from "./entry.ts";

const COUNTRY = {
  name: "country",
  type: "string",
  meaning: "The country of the number, as two letters (ISO 3166).",
  example: "US",
  optional: true,
} as const;

const PHONE = {
  name: "phone",
  type: "string",
  meaning: "The number it is about.",
  example: "+14155552671",
  optional: true,
} as const;

const PURPOSES = {
  name: "purposes",
  type: "strings",
  meaning: "What the shopper agreed to: `marketing`, `cart_reminders`, `transactional`.",
  example: ["marketing"],
} as const;

export const PERSON_EVENTS = [
  {
    name: "phone_number_updated",
    from: "a told number replaced by the shopper",
    meaning: "The shopper has another number now.",
    told: "after 5 quiet minutes (a setting), when an act of the shopper replaces a number Customer.io was told. Consent does not travel: see `consent_for_new`.",
    fields: [
      {
        name: "previous",
        type: "string",
        meaning: "The number before, masked.",
        example: "+141*****71",
      },
      { name: "new", type: "string", meaning: "The number now.", example: "+14155552672" },
      {
        name: "phone_source",
        type: "string",
        meaning: "Where it was given.",
        example: "customer_account",
      },
      COUNTRY,
      {
        name: "consent_for_new",
        type: "boolean",
        meaning: "Whether consent stands for the new number.",
        example: false,
      },
    ],
  },
  {
    name: "phone_candidate_heard",
    from: "a newer number that does not win yet",
    meaning: "The shopper may have another number: a good moment to ask which one is right.",
    told: "at once, when the candidate is new to Customer.io.",
    fields: [
      { name: "candidate", type: "string", meaning: "The newer number.", example: "+14155552672" },
      COUNTRY,
      {
        name: "why_not_yet",
        type: "string",
        meaning: "Why it has not won, of [these](reasons.md#why-another-number-was-chosen).",
        example: "lower_group",
      },
    ],
  },
  {
    name: "sms_consent_changed",
    from: "a profile's consent changed",
    meaning: "The shopper said yes or no to texts, confirmed, or let a confirmation lapse.",
    told: "at once, for each change of status.",
    fields: [
      PHONE,
      {
        name: "status_before",
        type: "string",
        meaning: "How consent stood before; as `sms_consent_status`.",
        example: "subscribed",
      },
      {
        name: "status",
        type: "string",
        meaning: "How it stands now; as `sms_consent_status`.",
        example: "unsubscribed",
      },
      {
        name: "consent_source",
        type: "string",
        meaning: "Where the shopper said it; as `sms_consent_source`.",
        example: "shopify",
        optional: true,
      },
      {
        name: "level",
        type: "string",
        meaning: "As `sms_consent_level`.",
        example: "single_opt_in",
        optional: true,
      },
      {
        name: "reason",
        type: "string",
        meaning: "`opted_out` after a stop.",
        example: "opted_out",
        optional: true,
      },
      PURPOSES,
      {
        name: "disclosure_version",
        type: "string",
        meaning: "The version of the wording the shopper saw.",
        example: "checkout-2026-03",
        optional: true,
      },
    ],
  },
  {
    name: "sms_confirmation_requested",
    from: "a consent needs confirming",
    meaning:
      "A text should ask the shopper to answer YES: the trigger of the confirmation journey.",
    told: "at once, for each yes that has to be confirmed; at most twice for a number in 30 days. Not after a stop, nor at a number that may be somebody else's.",
    fields: [
      { name: "phone", type: "string", meaning: "Where to ask.", example: "+14155552671" },
      PURPOSES,
      {
        name: "brand",
        type: "string",
        meaning: "How the shop calls itself in texts (a setting).",
        example: "Northwind Toys",
        optional: true,
      },
      {
        name: "expires_at",
        type: "iso_time",
        meaning: "Until when an answer counts, in UTC.",
        example: "2026-03-05T10:05:00.000Z",
      },
    ],
  },
] as const satisfies readonly EventEntry[];
