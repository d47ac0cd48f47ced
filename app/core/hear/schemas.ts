/**
 * The shape of each topic's body, as far as Ringtrue reads it (API 2026-10; research/shopify.md §4.4).
 */
import { z } from "zod";
import { country, flag, gid, id, instant, list, money, object, prose, text } from "./fields.ts";

const address = object({
  phone: text,
  country_code: country,
  province_code: text,
  name: text,
  first_name: text,
  last_name: text,
  company: text,
});

const customerFields = {
  id: gid,
  admin_graphql_api_id: gid,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  created_at: instant,
  updated_at: instant,
  default_address: address,
};

const item = {
  product_id: id,
  variant_id: id,
  sku: text,
  title: text,
  presentment_title: text,
  quantity: money,
  price: money,
  properties: z.unknown().optional(),
};

const purchaseFields = {
  cart_token: id,
  email: text,
  phone: text,
  customer_locale: text,
  currency: text,
  created_at: instant,
  updated_at: instant,
  source_name: text,
  user_id: id,
  note_attributes: list({ name: text }),
  billing_address: address,
  shipping_address: address,
  shipping_lines: list({ code: text, delivery_category: text, title: text }),
  line_items: list(item),
  total_price: money,
  customer: object(customerFields),
};

export const customerBody = z.object(customerFields);

export const checkoutBody = z.object({
  ...purchaseFields,
  token: id,
  completed_at: instant,
  abandoned_checkout_url: text,
  buyer_accepts_sms_marketing: flag,
  sms_marketing_phone: text,
});

export const checkoutGoneBody = z.object({ id, cart_token: id });

export const orderBody = z.object({
  ...purchaseFields,
  id: gid,
  admin_graphql_api_id: gid,
  contact_email: text,
  name: text,
  checkout_token: id,
  order_status_url: text,
  test: flag,
  cancelled_at: instant,
  cancel_reason: text,
  company: object({ id }),
});

export const consentBody = z.object({
  id: gid,
  phone: text,
  sms_marketing_consent: object({
    state: text,
    opt_in_level: text,
    consent_updated_at: instant,
    consent_collected_from: text,
  }),
});

export const emailConsentBody = z.object({ customer_id: gid, email_address: text });

export const customerGoneBody = z.object({ id: gid, admin_graphql_api_id: gid });

export const mergeBody = z.object({
  admin_graphql_api_customer_kept_id: gid,
  admin_graphql_api_customer_deleted_id: gid,
  status: text,
});

export const fulfillmentBody = z.object({
  id: gid,
  admin_graphql_api_id: gid,
  order_id: gid,
  status: text,
  created_at: instant,
  updated_at: instant,
  tracking_company: text,
  tracking_number: text,
  tracking_url: text,
  line_items: list(item),
});

export const fulfillmentEventBody = z.object({
  id: gid,
  fulfillment_id: gid,
  order_id: gid,
  status: text,
  happened_at: instant,
  created_at: instant,
  updated_at: instant,
});

export const refundBody = z.object({
  id: gid,
  admin_graphql_api_id: gid,
  order_id: gid,
  created_at: instant,
  note: prose,
  refund_line_items: list({ quantity: money, subtotal: money, line_item: object(item) }),
  transactions: list({ amount: money, currency: text, kind: text, status: text }),
});

const shopOf = { shop_id: id, shop_domain: text };
const customerOf = object({ id: gid, email: text, phone: text });

export const uninstalledBody = z.object({ id, domain: text, myshopify_domain: text });
export const scopesBody = z.object({ id, current: z.array(z.string()).optional() });
export const customerRedactBody = z.object({
  ...shopOf,
  customer: customerOf,
  orders_to_redact: z.array(gid).nullish(),
});
export const dataRequestBody = z.object({
  ...shopOf,
  customer: customerOf,
  orders_requested: z.array(gid).nullish(),
});
export const shopRedactBody = z.object(shopOf);
