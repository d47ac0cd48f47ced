/**
 * From a body of the right shape to a saying: Shopify's words into ours, nothing decided yet.
 */
import type { z } from "zod";
import type {
  AddressSaid,
  Channel,
  CheckoutSaid,
  CustomerSaid,
  FulfillmentSaid,
  ItemSaid,
  OrderSaid,
  RefundSaid,
} from "../heard.ts";
import { readEmail } from "../identity.ts";
import type * as schemas from "./schemas.ts";

type Body<Schema extends z.ZodType> = z.output<Schema>;
type Purchase = Body<typeof schemas.checkoutBody> | Body<typeof schemas.orderBody>;

/** Note attributes and item properties that mark a gift, as gift apps commonly name them. */
const GIFT_MARK = /gift/i;
const PICKUP = /pick[\s_-]?up/i;
/** Billing and line data that would outgrow a page of the database says nothing more. */
const ITEMS_MAX = 100;

export function customerSaid(body: Body<typeof schemas.customerBody>): CustomerSaid | null {
  const customer = body.admin_graphql_api_id ?? body.id;
  if (!customer) return null;
  return {
    kind: "customer",
    customer,
    email: readEmail(body.email),
    phone: body.phone,
    name: fullName(body.first_name, body.last_name),
    firstName: body.first_name,
    lastName: body.last_name,
    address: addressSaid(body.default_address),
    createdAt: body.created_at,
  };
}

export function checkoutSaid(body: Body<typeof schemas.checkoutBody>): CheckoutSaid | null {
  if (!body.token) return null;
  return {
    kind: "checkout",
    checkout: body.token,
    ...purchaseSaid(body, body.email),
    channel: channelOf(body, false),
    url: body.abandoned_checkout_url,
    ticked: body.buyer_accepts_sms_marketing,
    smsPhone: body.sms_marketing_phone,
    completedAt: body.completed_at,
  };
}

export function orderSaid(
  body: Body<typeof schemas.orderBody>,
  created: boolean,
): OrderSaid | null {
  const order = body.admin_graphql_api_id ?? body.id;
  if (!order) return null;
  return {
    kind: "order",
    order,
    ...purchaseSaid(body, body.email ?? body.contact_email),
    channel: channelOf(body, body.company !== null),
    channelName: body.source_name,
    url: body.order_status_url,
    name: body.name,
    checkout: body.checkout_token,
    test: body.test,
    cancelledAt: body.cancelled_at,
    cancelReason: body.cancel_reason,
    created,
  };
}

function purchaseSaid(body: Purchase, email: string | null) {
  const { customer } = body;
  return {
    cart: body.cart_token,
    customer: customer?.admin_graphql_api_id ?? customer?.id ?? null,
    customerName: customer ? fullName(customer.first_name, customer.last_name) : null,
    customerCountry: customer?.default_address?.country_code ?? null,
    email: readEmail(email),
    phone: body.phone,
    billing: addressSaid(body.billing_address),
    shipping: addressSaid(body.shipping_address),
    forSomebodyElse: isForSomebodyElse(body),
    locale: body.customer_locale,
    createdAt: body.created_at,
    items: itemsSaid(body.line_items),
    value: body.total_price,
    currency: body.currency,
  };
}

/** Staff type draft orders and orders with a user; a till has its own name. */
function channelOf(body: Purchase, forCompany: boolean): Channel {
  if (body.source_name === "pos") return "pos";
  return body.user_id || forCompany || body.source_name === "shopify_draft_order"
    ? "staff"
    : "online";
}

function isForSomebodyElse(body: Purchase): boolean {
  const marked =
    body.note_attributes.some(({ name }) => name !== null && GIFT_MARK.test(name)) ||
    body.line_items.some(({ properties }) => hasGiftProperty(properties));
  const pickedUp = body.shipping_lines.some(
    ({ delivery_category: category, code, title }) =>
      /^pick[\s_-]?up$/i.test(category ?? "") ||
      PICKUP.test(code ?? "") ||
      PICKUP.test(title ?? ""),
  );
  return marked || pickedUp;
}

function hasGiftProperty(properties: unknown): boolean {
  if (!Array.isArray(properties)) return false;
  return properties.some(
    (property: unknown) =>
      typeof property === "object" &&
      property !== null &&
      "name" in property &&
      typeof property.name === "string" &&
      GIFT_MARK.test(property.name),
  );
}

export function fulfillmentSaid(
  body: Body<typeof schemas.fulfillmentBody>,
): FulfillmentSaid | null {
  const fulfillment = body.admin_graphql_api_id ?? body.id;
  if (!fulfillment || !body.order_id || body.created_at === null) return null;
  return {
    kind: "fulfillment",
    fulfillment,
    order: body.order_id,
    status: body.status,
    createdAt: body.created_at,
    carrier: body.tracking_company,
    trackingNumber: body.tracking_number,
    trackingUrl: body.tracking_url,
    items: itemsSaid(body.line_items),
  };
}

export function refundSaid(body: Body<typeof schemas.refundBody>): RefundSaid | null {
  const refund = body.admin_graphql_api_id ?? body.id;
  if (!refund || !body.order_id || body.created_at === null) return null;
  const paidBack = body.transactions.filter(
    ({ kind, status }) => kind === "refund" && status !== "failure" && status !== "error",
  );
  const lines = body.refund_line_items;
  const ofLines = lines.reduce((sum, line) => sum + line.subtotal, 0);
  const amount =
    paidBack.length > 0 ? paidBack.reduce((sum, { amount: paid }) => sum + paid, 0) : ofLines;
  return {
    kind: "refund",
    refund,
    order: body.order_id,
    createdAt: body.created_at,
    amount: Math.round(amount * 100) / 100,
    currency: body.transactions[0]?.currency ?? null,
    reason: body.note,
    items: itemsSaid(
      lines.flatMap(({ line_item, quantity }) => (line_item ? [{ ...line_item, quantity }] : [])),
    ),
  };
}

type ItemBody = Body<typeof schemas.orderBody>["line_items"][number];

function itemsSaid(items: readonly ItemBody[]): ItemSaid[] {
  return items.slice(0, ITEMS_MAX).map((item) => ({
    product_id: item.product_id,
    variant_id: item.variant_id,
    sku: item.sku,
    title: item.title ?? item.presentment_title ?? "",
    quantity: item.quantity,
    price: item.price,
  }));
}

function addressSaid(
  body: Body<typeof schemas.customerBody>["default_address"],
): AddressSaid | null {
  if (!body) return null;
  return {
    phone: body.phone,
    country: body.country_code,
    province: body.province_code,
    name: body.name ?? fullName(body.first_name, body.last_name),
    company: body.company,
  };
}

function fullName(first: string | null, last: string | null): string | null {
  return [first, last].filter(Boolean).join(" ") || null;
}
