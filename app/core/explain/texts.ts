/**
 * What the reason codes mean, in plain English sentences for the person who answers for a shop.
 * Another language is another file of the same type. A number arrives as it is to be shown, a day as
 * `2026-11-20`.
 */
import type { ConsentSource } from "../consent/act.ts";
import type { ConsentStatus } from "../consent/standing.ts";
import type { ReadingReason } from "../phone/reasons.ts";
import { READING_REASONS } from "../phone/reasons.ts";
import type { LosingReason } from "../profile/choose-number.ts";
import type { IneligibleReason } from "../profile/eligibility.ts";
import type { Verification } from "../profile/number-facts.ts";
import type { Source } from "../profile/source.ts";

export type Purpose = "marketing" | "cart" | "transactional";

/** Reasons of losing that carry no reading's reason in their name. */
export type PlainLosingReason = Exclude<LosingReason, `invalid_${string}`>;

export type Texts = {
  /** Continues "was …". */
  source: Record<Source, string>;
  chosen: (number: string, source: string, day: string) => string;
  noneChosen: string;
  noneHeard: string;
  /** Continues "<number>, which <source>, …". */
  lost: Record<PlainLosingReason, (winner: string | null) => string>;
  loser: (number: string, source: string, day: string, why: string) => string;
  unreadable: (raw: string, source: string, day: string, why: string) => string;
  reading: Record<ReadingReason, string>;
  candidate: (number: string) => string;
  consent: Record<ConsentStatus, (day: string | null, by: string | null) => string>;
  consentBy: Record<ConsentSource, string>;
  contradicted: string;
  reassignedConsent: string;
  verified: Record<Verification["by"], (day: string) => string>;
  eligible: Record<Purpose, string>;
  ineligible: Record<Purpose, (why: string) => string>;
  /** Continues "because …". */
  reason: Record<IneligibleReason, string>;
};

export const ENGLISH: Texts = {
  source: {
    checkout_consent: "ticked for texts in a checkout",
    checkout: "typed as the contact of a checkout",
    order: "typed as the contact of an order",
    customer_account: "saved in the customer account",
    support: "entered by support",
    form: "typed into a form",
    billing_address: "typed into a billing address",
    own_address: "typed into an address that bears the shopper's name",
    staff: "entered by staff",
    pos: "typed at a till",
    import: "imported from a list",
    delivery_contact: "given as the contact for a delivery",
  },
  chosen: (number, source, day) => `The number is ${number}: it was ${source} on ${day}.`,
  noneChosen: "There is no number: none of those heard can be used.",
  noneHeard: "There is no number: none was ever heard.",
  lost: {
    lower_group: (winner) =>
      `says less about the shopper than where ${winner ?? "another"} was given`,
    older: (winner) => `was given earlier than ${winner ?? "another"}`,
    needs_review: () => "cannot be read with certainty and needs a person to look at it",
    takes_no_texts: () => "takes no texts, and another number may",
    barred: () => "was barred for this shopper",
    not_own: () => "is somebody else's as far as one can tell, so it is never used",
    shops_own: () => "is the shop's own number",
    superseded: () => "was replaced by a newer one",
  },
  loser: (number, source, day, why) => `${number}, ${source} on ${day}, ${why}.`,
  unreadable: (raw, source, day, why) => `"${raw}", ${source} on ${day}, is not used. ${why}`,
  reading: READING_REASONS,
  candidate: (number) =>
    `${number} is newer and may be the shopper's number by now, but has not won yet.`,
  consent: {
    subscribed: (day, by) => `The shopper agreed to texts at this number${on(day)}${by ?? ""}.`,
    pending: (day, by) =>
      `The shopper agreed to texts${on(day)}${by ?? ""}, and still has to confirm it.`,
    unsubscribed: (day, by) =>
      `A stop stands${day === null ? "" : ` since ${day}`}${by ?? ""}: no texts.`,
    not_subscribed: () => "No consent to texts is known.",
    expired: (day) =>
      `The shopper agreed to texts${on(day)}, but never confirmed it within 72 hours.`,
    redacted: () => "What was known about consent was erased at the shopper's request.",
  },
  consentBy: {
    checkout: " in a checkout",
    form: " in a form",
    shopify: ", as Shopify records it",
    import: ", as an imported list says",
    text: " by text",
    customerio: " in the preferences kept in Customer.io",
  },
  contradicted:
    "A record says subscribed after a stop. Only the shopper can lift a stop, so it still stands.",
  reassignedConsent: "What was agreed to for this number was agreed to by whoever had it before.",
  verified: {
    confirmation: (day) =>
      `The shopper proved that the number is theirs by a confirmation on ${day}.`,
    inbound_sms: (day) =>
      `The shopper proved that the number is theirs by a text from it on ${day}.`,
    support: (day) => `Support checked on ${day} that the number is the shopper's.`,
  },
  eligible: {
    marketing: "May be sent marketing texts.",
    cart: "May be sent cart reminders.",
    transactional: "May be sent order updates.",
  },
  ineligible: {
    marketing: (why) => `May not be sent marketing texts, because ${why}.`,
    cart: (why) => `May not be sent cart reminders, because ${why}.`,
    transactional: (why) => `May not be sent order updates, because ${why}.`,
  },
  reason: {
    no_phone: "there is no number",
    invalid_phone: "no number heard could be read with certainty",
    not_personal: "more than five people have the number, so it is nobody's own",
    not_sms_capable: "the number takes no texts",
    number_reassigned: "the number belongs to somebody else by now",
    undeliverable: "texts to the number do not arrive",
    opted_out: "a stop stands for the number or the shopper",
    carrier_opted_out: "the carrier blocks texts until START comes from the number",
    unsubscribed_everywhere: "the shopper is unsubscribed in Customer.io",
    consent_pending: "the consent still has to be confirmed",
    consent_expired: "the consent was never confirmed",
    no_consent: "there is no consent for this number",
    country_not_supported: "the shop does not text the number's country",
    shared_number: "another shopper has the same number and the better claim to it",
    holdout: "the shopper is in the control group",
    cart_wording: "the consent is not a confirmed one whose wording names cart reminders",
    order_updates_off: "the shop has not switched order updates on",
  },
};

function on(day: string | null): string {
  return day === null ? "" : ` on ${day}`;
}
