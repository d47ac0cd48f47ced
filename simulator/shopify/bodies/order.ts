// Order bodies. An order carries no SMS consent at all; `buyer_accepts_marketing` is e-mail.
import { CURRENCY, itemsTotal, money, moneySet, SHIPPING_PRICE } from "../money.ts";
import type { Customer, Order } from "../model.ts";
import type { Shop } from "../shop.ts";
import type { JsonObject } from "../../control/json.ts";
import { part, readTemplate } from "../templates.ts";
import { bodyTime, bodyTimeOrNull } from "../times.ts";
import { fulfillmentBody } from "./fulfillment.ts";
import { orderItemBody } from "./items.ts";
import { addressBody, embeddedCustomerBody } from "./people.ts";
import { refundBody } from "./refund.ts";

export function orderTotal(order: Order): number {
  return itemsTotal(order.items) + (order.shipping === null ? 0 : SHIPPING_PRICE);
}

function totals(order: Order): JsonObject {
  const subtotal = itemsTotal(order.items);
  const total = orderTotal(order);
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return {
    current_shipping_price_set: moneySet(total - subtotal),
    current_subtotal_price: money(subtotal),
    current_subtotal_price_set: moneySet(subtotal),
    current_total_price: money(total - refunded),
    current_total_price_set: moneySet(total - refunded),
    subtotal_price: money(subtotal),
    subtotal_price_set: moneySet(subtotal),
    total_discounts: "0.00",
    total_discounts_set: moneySet(0),
    total_line_items_price: money(subtotal),
    total_line_items_price_set: moneySet(subtotal),
    total_outstanding: "0.00",
    total_price: money(total),
    total_price_set: moneySet(total),
    total_shipping_price_set: moneySet(total - subtotal),
  };
}

function financialStatus(order: Order): string {
  if (order.cancelledAt !== null) return "voided";
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  if (refunded === 0) return "paid";
  return refunded >= orderTotal(order) ? "refunded" : "partially_refunded";
}

function shippingLine(shop: Shop, order: Order): JsonObject {
  return {
    ...part(readTemplate("orders-create"), "shipping_lines"),
    id: order.id + shop.id,
    discounted_price: money(SHIPPING_PRICE),
    discounted_price_set: moneySet(SHIPPING_PRICE),
    current_discounted_price_set: moneySet(SHIPPING_PRICE),
    price: money(SHIPPING_PRICE),
    price_set: moneySet(SHIPPING_PRICE),
    title: "Standard",
  };
}

export function orderBody(shop: Shop, order: Order, customer: Customer | null): JsonObject {
  return {
    ...readTemplate("orders-create"),
    ...totals(order),
    id: order.id,
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    buyer_accepts_marketing: customer?.emailConsent?.state === "subscribed",
    cancel_reason: order.cancelReason,
    cancelled_at: bodyTimeOrNull(order.cancelledAt),
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    confirmed: true,
    confirmation_number: order.token.slice(0, 9).toUpperCase(),
    contact_email: order.email,
    created_at: bodyTime(order.createdAt),
    currency: CURRENCY,
    customer_locale: order.locale,
    email: order.email,
    financial_status: financialStatus(order),
    fulfillment_status: order.fulfillments.length > 0 ? "fulfilled" : null,
    name: `#${order.number}`,
    note: order.note,
    note_attributes: [...order.noteAttributes],
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.token}/authenticate?key=${order.token.slice(8, 24)}`,
    payment_gateway_names: ["shopify_payments"],
    phone: order.phone,
    processed_at: bodyTime(order.createdAt),
    source_name: order.sourceName,
    tags: order.tags,
    test: order.test,
    token: order.token,
    updated_at: bodyTime(order.updatedAt),
    user_id: order.staffId,
    billing_address: addressBody(order.billing),
    customer: embeddedCustomerBody(customer),
    fulfillments: order.fulfillments.map((fulfillment) => fulfillmentBody(order, fulfillment)),
    line_items: order.items.map(orderItemBody),
    refunds: order.refunds.map(refundBody),
    shipping_address: addressBody(order.shipping),
    shipping_lines: order.shipping === null ? [] : [shippingLine(shop, order)],
  };
}
