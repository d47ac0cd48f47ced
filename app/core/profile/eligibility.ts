/**
 * May this person be texted, and if not, why not?
 *
 * The law (SEMANTICS §7): the reason told is the first that applies of one fixed order; all that
 * apply are kept for the app to show. Sharing is judged between persons, so the number's other
 * holders are an argument.
 */
import type { Instant } from "../heard.ts";
import type { Settings } from "../settings/schema.ts";
import type { Profile } from "./profile.ts";

export type NumberHolders = {
  /** How many persons of the shop have the number as their own, this one included. */
  count: number;
  /** Of all whose consent for it stands, this person's is the latest. */
  latestGrantIsTheirs: boolean;
  /** When one of the others last ordered. */
  othersOrderedAt: Instant | null;
};

export const NO_HOLDERS: NumberHolders = {
  count: 1,
  latestGrantIsTheirs: true,
  othersOrderedAt: null,
};

export type IneligibleReason =
  | "no_phone"
  | "invalid_phone"
  | "not_personal"
  | "not_sms_capable"
  | "number_reassigned"
  | "undeliverable"
  | "opted_out"
  | "carrier_opted_out"
  | "unsubscribed_everywhere"
  | "consent_pending"
  | "consent_expired"
  | "no_consent"
  | "country_not_supported"
  | "shared_number"
  | "holdout"
  | "cart_wording"
  | "order_updates_off";

export type Eligibility = {
  marketing: IneligibleReason[];
  cart: IneligibleReason[];
  transactional: IneligibleReason[];
};

/** The order of SEMANTICS §7: the first that applies is the one that is told. */
const ORDER: readonly IneligibleReason[] = [
  "no_phone",
  "invalid_phone",
  "not_personal",
  "not_sms_capable",
  "number_reassigned",
  "undeliverable",
  "opted_out",
  "carrier_opted_out",
  "unsubscribed_everywhere",
  "consent_pending",
  "consent_expired",
  "no_consent",
  "country_not_supported",
  "shared_number",
  "holdout",
];

const COMMON_AT = 5;
const CUSTOMERIO_SMS_COUNTRIES = ["US", "CA"];

/** Empty lists mean eligible; otherwise every reason that applies, the told one first. */
export function judge(
  profile: Profile,
  holders: NumberHolders,
  settings: Settings,
  heldOut: boolean,
): Eligibility {
  const number = reasonsOfNumber(profile, holders);
  const stops = reasonsOfStops(profile);
  const consent = reasonsOfConsent(profile);
  const country = isSupported(profile, settings) ? [] : (["country_not_supported"] as const);
  const shared = isSharedAway(holders, settings) ? (["shared_number"] as const) : [];
  const holdout = heldOut ? (["holdout"] as const) : [];
  const marketing = inOrder([...number, ...stops, ...consent, ...country, ...shared, ...holdout]);
  return {
    marketing,
    cart: [...marketing, ...reasonsOfCart(profile, settings)],
    transactional: [
      ...number,
      ...stops,
      ...country,
      ...(settings.transactional_sms ? [] : (["order_updates_off"] as const)),
    ],
  };
}

function inOrder(reasons: readonly IneligibleReason[]): IneligibleReason[] {
  return reasons.length < 2 ? [...reasons] : ORDER.filter((reason) => reasons.includes(reason));
}

function reasonsOfNumber(
  { phone, unreadable }: Profile,
  holders: NumberHolders,
): IneligibleReason[] {
  if (!phone) return [unreadable ? "invalid_phone" : "no_phone"];
  const reasons: IneligibleReason[] = [];
  if (holders.count > COMMON_AT) reasons.push("not_personal");
  if (!phone.takesTexts) reasons.push("not_sms_capable");
  if (phone.reassigned) reasons.push("number_reassigned");
  if (phone.dead) reasons.push("undeliverable");
  return reasons;
}

/** What forbids texts of any kind, whatever was agreed to. */
function reasonsOfStops({ phone, consent, unsubscribedEverywhere }: Profile): IneligibleReason[] {
  const reasons: IneligibleReason[] = [];
  if (consent.stopped || consent.status === "unsubscribed") reasons.push("opted_out");
  if (phone?.carrierStopped) reasons.push("carrier_opted_out");
  if (unsubscribedEverywhere) reasons.push("unsubscribed_everywhere");
  return reasons;
}

function reasonsOfConsent({ consent }: Profile): IneligibleReason[] {
  switch (consent.status) {
    case "subscribed":
      return consent.purposes.includes("marketing") ? [] : ["no_consent"];
    case "unsubscribed":
      return [];
    case "pending":
      return ["consent_pending"];
    case "expired":
      return ["consent_expired"];
    case "not_subscribed":
    case "redacted":
      // Agreed to once, by whoever had the number before.
      return consent.reassigned ? ["number_reassigned", "no_consent"] : ["no_consent"];
  }
}

function isSupported({ phone }: Profile, settings: Settings): boolean {
  return !phone || isCountrySupported(phone.country, settings);
}

/** The shop's list, and of it only what its sender can reach. A number of no country is on no list. */
export function isCountrySupported(country: string | null, settings: Settings): boolean {
  const sendable = settings.sms_provider === "customerio" ? CUSTOMERIO_SMS_COUNTRIES : null;
  const lists = [settings.countries, sendable].filter((list) => list !== null);
  return lists.every((list) => country !== null && list.includes(country));
}

function isSharedAway(holders: NumberHolders, settings: Settings): boolean {
  if (holders.count < 2) return false;
  switch (settings.shared_numbers) {
    case "all":
      return false;
    case "nobody":
      return true;
    case "one":
      return !holders.latestGrantIsTheirs;
  }
}

/** In US and CA a cart reminder needs a confirmed opt-in whose wording names cart reminders. */
function reasonsOfCart({ phone, consent }: Profile, settings: Settings): IneligibleReason[] {
  const country = phone?.country ?? "";
  if (!settings.cart_wording_required || !CUSTOMERIO_SMS_COUNTRIES.includes(country)) return [];
  const named = consent.level === "confirmed_opt_in" && consent.purposes.includes("cart_reminders");
  return named ? [] : ["cart_wording"];
}
