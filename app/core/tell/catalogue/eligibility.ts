/** Whom to text, and why not: the answer to use in segments, branches and exits (SEMANTICS §7). */
import type { AttributeGroup } from "./entry.ts";

export const ELIGIBILITY = {
  name: "eligibility",
  title: "Eligibility",
  intro:
    "Number, consent, stops, country, sharing and control group taken together: **may this shopper be texted now?** " +
    "These change by themselves when any of that changes.",
  belongsTo: "ringtrue",
  attributes: [
    {
      name: "sms_eligible",
      type: "boolean",
      meaning: "Whether the shopper may be sent marketing texts.",
      removedWhen: null,
      example: true,
    },
    {
      name: "sms_cart_eligible",
      type: "boolean",
      meaning: "Whether they may be sent cart reminders, for which the US and Canada ask more.",
      removedWhen: null,
      example: false,
    },
    {
      name: "sms_transactional_eligible",
      type: "boolean",
      meaning:
        "Whether they may be sent order updates, which need no marketing consent but end with a stop.",
      removedWhen: null,
      example: true,
    },
    {
      name: "sms_ineligible_reason",
      type: "string",
      meaning: "Why no marketing texts: the first reason that applies.",
      see: "why-a-shopper-may-not-be-texted",
      removedWhen: "while `sms_eligible` is true",
      example: "no_consent",
    },
    {
      name: "sms_cart_ineligible_reason",
      type: "string",
      meaning: "Why no cart reminders: the first reason that applies.",
      see: "why-a-shopper-may-not-be-texted",
      removedWhen: "while `sms_cart_eligible` is true",
      example: "cart_wording",
    },
    {
      name: "sms_transactional_ineligible_reason",
      type: "string",
      meaning: "Why no order updates: the first reason that applies.",
      see: "why-a-shopper-may-not-be-texted",
      removedWhen: "while `sms_transactional_eligible` is true",
      example: "opted_out",
    },
    {
      name: "sms_holdout",
      type: "boolean",
      meaning: "Whether they would be eligible and are in the control group.",
      removedWhen: null,
      example: false,
    },
    {
      name: "sms_fallback_channel",
      type: "string",
      meaning: "What to use instead of a marketing text.",
      removedWhen: "while `sms_eligible` is true",
      example: "email",
      values: ["email", "none"],
    },
    {
      name: "mms_eligible",
      type: "boolean",
      meaning:
        "Whether they may be sent marketing texts with pictures: eligible, and in the US or Canada.",
      removedWhen: null,
      example: true,
    },
    {
      name: "sms_window_start",
      type: "integer",
      meaning:
        "The hour, in the shopper's own time, from which marketing texts are lawful today; where they may live in several places, the strictest.",
      removedWhen: "while nothing says where the shopper is, and on days without such hours",
      example: 9,
    },
    {
      name: "sms_window_end",
      type: "integer",
      meaning: "The hour until which they are.",
      removedWhen: "while nothing says where the shopper is, and on days without such hours",
      example: 20,
    },
  ],
} as const satisfies AttributeGroup;
