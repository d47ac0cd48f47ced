/**
 * A person's profile as Customer.io attributes: the whole catalogue as it is now.
 *
 * An attribute that does not apply is absent here; delivery turns absence into removal, and only
 * where Ringtrue wrote it before. Times are whole unix seconds, money is numeric, ids are strings.
 */
import type { Instant } from "../heard.ts";
import type { Eligibility, NumberHolders } from "../profile/eligibility.ts";
import type { Profile } from "../profile/profile.ts";
import type { Settings } from "../settings/schema.ts";

export type AttributeValue = string | number | boolean;
export type Attributes = Record<string, AttributeValue>;

export function attributesOf(
  profile: Profile,
  eligibility: Eligibility,
  holders: NumberHolders,
  settings: Settings,
): Attributes {
  const all: Record<string, AttributeValue | null> = {
    ...phoneAttributes(profile, eligibility, holders, settings),
    ...consentAttributes(profile),
    ...eligibilityAttributes(profile, eligibility),
    ...commerceAttributes(profile, holders),
    shopify_customer_id: profile.customerId,
    email: profile.email,
  };
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== null) attributes[settings.attribute_names[name] ?? name] = value;
  }
  return attributes;
}

function phoneAttributes(
  { phone, candidate, verified }: Profile,
  { marketing, transactional }: Eligibility,
  holders: NumberHolders,
  settings: Settings,
): Record<string, AttributeValue | null> {
  const mayText = marketing.length === 0;
  const textable = mayText || transactional.length === 0;
  const written =
    settings.phone_attribute === "always" ||
    (settings.phone_attribute === "when_textable" && textable);
  const told = written ? phone : null;
  return {
    phone: told && told.e164,
    phone_country: told && told.country,
    phone_type: told && told.type,
    phone_source: told && told.source,
    phone_updated_at: told && seconds(told.givenAt),
    phone_verified: told && verified !== null,
    phone_verified_at: told && verified && seconds(verified.at),
    phone_verified_by: told && verified && verified.by,
    phone_candidate: settings.phone_attribute === "never" ? null : candidate && candidate.e164,
    phone_shared: told && holders.count > 1,
    sms_marketing_phone: phone && mayText ? phone.e164 : null,
    sms_transactional_phone: phone && transactional.length === 0 ? phone.e164 : null,
    mms_eligible: mayText && phone !== null && phone.mms,
  };
}

function consentAttributes({ consent }: Profile): Record<string, AttributeValue | null> {
  return {
    sms_consent: consent.status === "subscribed",
    sms_consent_status: consent.status,
    sms_consent_timestamp: consent.at === null ? null : seconds(consent.at),
    sms_consent_source: consent.source,
    sms_consent_level: consent.level,
    sms_consent_disclosure: consent.disclosure,
  };
}

function eligibilityAttributes(
  profile: Profile,
  { marketing, cart, transactional }: Eligibility,
): Record<string, AttributeValue | null> {
  const mayText = marketing.length === 0;
  return {
    sms_eligible: mayText,
    sms_cart_eligible: cart.length === 0,
    sms_transactional_eligible: transactional.length === 0,
    sms_ineligible_reason: marketing[0] ?? null,
    sms_cart_ineligible_reason: cart[0] ?? null,
    sms_transactional_ineligible_reason: transactional[0] ?? null,
    sms_holdout: marketing.length === 1 && marketing[0] === "holdout",
    sms_fallback_channel: mayText ? null : profile.email ? "email" : "none",
  };
}

function commerceAttributes(
  { commerce }: Profile,
  { othersOrderedAt }: NumberHolders,
): Record<string, AttributeValue | null> {
  const since = commerce.checkoutOpenSince;
  return {
    // An order by anyone with the number closes it for all who have it.
    checkout_open: since !== null && since > (othersOrderedAt ?? Number.NEGATIVE_INFINITY),
    last_checkout_at: commerce.lastCheckoutAt === null ? null : seconds(commerce.lastCheckoutAt),
    first_order_at: commerce.firstOrderAt === null ? null : seconds(commerce.firstOrderAt),
    last_order_at: commerce.lastOrderAt === null ? null : seconds(commerce.lastOrderAt),
    orders_count: commerce.ordersCount,
    total_spent: commerce.totalSpent,
    currency: commerce.currency,
  };
}

function seconds(at: Instant): number {
  return Math.floor(at / 1000);
}
