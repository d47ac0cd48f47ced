// Checkout bodies of API 2026-10: no `id`; the deletion has an `id` but no `token`. The only
// document that carries the SMS tick, at top level.
import { VENDOR } from "../catalogue.ts";
import { CURRENCY, itemsTotal, itemsWeight, money, SHIPPING_PRICE } from "../money.ts";
import type { Checkout, Customer, Item } from "../model.ts";
import type { Shop } from "../shop.ts";
import type { JsonObject } from "../../control/json.ts";
import { part, readTemplate } from "../templates.ts";
import { bodyTime, bodyTimeOrNull } from "../times.ts";
import { addressBody, embeddedCustomerBody } from "./people.ts";

function itemBody(item: Item): JsonObject {
  return {
    ...part(readTemplate("checkouts-create"), "line_items"),
    key: `${item.variantId.toString(16)}${item.productId.toString(16)}`,
    grams: item.grams,
    presentment_title: item.title,
    presentment_variant_title: item.variantTitle,
    product_id: item.productId,
    quantity: item.quantity,
    sku: item.sku,
    tax_lines: [],
    title: item.title,
    variant_id: item.variantId,
    variant_title: item.variantTitle,
    variant_price: money(item.price),
    vendor: VENDOR,
    line_price: money(item.price * item.quantity),
    price: money(item.price),
  };
}

export function recoveryUrl(shop: Shop, checkout: Checkout): string {
  return `https://${shop.domain}/${shop.id}/checkouts/ac/${checkout.token}/recover?key=${checkout.cartToken.slice(0, 16)}`;
}

function totals(checkout: Checkout): JsonObject {
  const subtotal = itemsTotal(checkout.items);
  const shipping = checkout.shipping === null ? 0 : SHIPPING_PRICE;
  return {
    total_discounts: "0.00",
    total_line_items_price: money(subtotal),
    total_price: money(subtotal + shipping),
    total_tax: "0.00",
    subtotal_price: money(subtotal),
  };
}

export function checkoutBody(
  shop: Shop,
  checkout: Checkout,
  customer: Customer | null,
): JsonObject {
  return {
    ...readTemplate("checkouts-create"),
    ...totals(checkout),
    token: checkout.token,
    cart_token: checkout.cartToken,
    email: checkout.email,
    created_at: bodyTime(checkout.createdAt),
    updated_at: bodyTime(checkout.updatedAt),
    completed_at: bodyTimeOrNull(checkout.completedAt),
    note: checkout.note,
    total_weight: itemsWeight(checkout.items),
    currency: CURRENCY,
    phone: checkout.phone,
    customer_locale: checkout.locale,
    line_items: checkout.items.map(itemBody),
    name: `#${checkout.id}`,
    abandoned_checkout_url: recoveryUrl(shop, checkout),
    tax_lines: [],
    buyer_accepts_sms_marketing: checkout.ticked,
    sms_marketing_phone: checkout.smsPhone,
    billing_address: addressBody(checkout.billing),
    shipping_address: addressBody(checkout.shipping),
    customer: embeddedCustomerBody(customer),
  };
}

export function checkoutDeleteBody(checkout: Checkout): JsonObject {
  return {
    ...readTemplate("checkouts-delete"),
    ...totals(checkout),
    id: checkout.id,
    buyer_accepts_sms_marketing: checkout.ticked,
    sms_marketing_phone: checkout.smsPhone,
    cart_token: checkout.cartToken,
  };
}
