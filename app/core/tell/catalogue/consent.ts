/** What the shopper said about texts to this very number (SEMANTICS §2, §3). */
import type { AttributeGroup } from "./entry.ts";

export const CONSENT = {
  name: "consent",
  title: "Consent",
  intro:
    "What the shopper said about texts **to the number in `phone`**; a consent never moves to another number. For whom to text use " +
    "[eligibility](#eligibility), which also asks everything else.",
  belongsTo: "ringtrue",
  attributes: [
    {
      name: "sms_consent",
      type: "boolean",
      meaning: "Whether consent to marketing texts stands for this number.",
      removedWhen: null,
      example: true,
    },
    {
      name: "sms_consent_status",
      type: "string",
      meaning: "How it stands.",
      see: "consent",
      removedWhen: null,
      example: "subscribed",
      values: ["subscribed", "pending", "unsubscribed", "not_subscribed", "expired", "redacted"],
    },
    {
      name: "sms_consent_timestamp",
      type: "unix_seconds",
      meaning: "When the shopper said what counts now: the yes, or the no.",
      removedWhen: "while nothing was said, and after an erasure",
      example: 1_772_445_600,
    },
    {
      name: "sms_consent_source",
      type: "string",
      meaning: "Where they said it.",
      see: "where-a-consent-was-given",
      removedWhen: "while nothing was said",
      example: "checkout",
    },
    {
      name: "sms_consent_level",
      type: "string",
      meaning: "Whether the yes was given once (`single_opt_in`) or also confirmed.",
      removedWhen: "while there is no yes",
      example: "single_opt_in",
      values: ["single_opt_in", "confirmed_opt_in", "unknown"],
    },
    {
      name: "sms_consent_disclosure",
      type: "string",
      meaning: "The version of the wording the shopper saw.",
      removedWhen: "where the wording is not known",
      example: "checkout-2026-03",
    },
  ],
} as const satisfies AttributeGroup;
