/**
 * Every attribute Ringtrue can write to a Customer.io profile, by its default name. A shop may map
 * any of them to another name; the last group belongs to others and is written only where the shop
 * has switched it on.
 */
export const ATTRIBUTE_NAMES = [
  "phone",
  "phone_country",
  "phone_type",
  "phone_source",
  "phone_updated_at",
  "phone_verified",
  "phone_verified_at",
  "phone_verified_by",
  "phone_candidate",
  "phone_shared",
  "sms_marketing_phone",
  "sms_transactional_phone",
  "sms_consent",
  "sms_consent_status",
  "sms_consent_timestamp",
  "sms_consent_source",
  "sms_consent_level",
  "sms_consent_disclosure",
  "sms_eligible",
  "sms_cart_eligible",
  "sms_transactional_eligible",
  "sms_ineligible_reason",
  "sms_cart_ineligible_reason",
  "sms_transactional_ineligible_reason",
  "sms_holdout",
  "sms_fallback_channel",
  "mms_eligible",
  "sms_window_start",
  "sms_window_end",
  "checkout_open",
  "last_checkout_at",
  "first_order_at",
  "last_order_at",
  "orders_count",
  "total_spent",
  "currency",
  "shopify_customer_id",
  "email",
  "timezone",
  "locale",
  "first_name",
  "last_name",
  "country",
  "sms_unsubscribed",
] as const;

export const OPTIONAL_ATTRIBUTES = [
  "timezone",
  "locale",
  "first_name",
  "last_name",
  "country",
  "sms_unsubscribed",
] as const satisfies readonly (typeof ATTRIBUTE_NAMES)[number][];

/**
 * Names that mean something to Customer.io itself. Mapping an attribute onto one of them would
 * rename a person, move an identifier or unsubscribe somebody from everything.
 */
export const RESERVED_NAMES: readonly string[] = [
  "id",
  "cio_id",
  "anonymous_id",
  "unsubscribed",
  "cio_subscription_preferences",
  "created_at",
];

/**
 * An email is what a profile is addressed by: mapped elsewhere, every person would be told as another.
 */
export const FIXED_NAMES: readonly string[] = ["email"];
