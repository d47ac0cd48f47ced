// What happens to an order after it is placed, and orders that staff enter.
import { fulfillmentBody, fulfillmentEventBody } from "../bodies/fulfillment.ts";
import { orderBody, orderTotal } from "../bodies/order.ts";
import { customerBody } from "../bodies/people.ts";
import { refundBody } from "../bodies/refund.ts";
import {
  customerById,
  findCustomer,
  findFulfillment,
  findOrder,
  nameRecord,
  type Ref,
} from "../lookup.ts";
import type { Fulfillment, Order, Refund } from "../model.ts";
import { completeAddress, type AddressInput } from "../places.ts";
import { startAction, type Shop } from "../shop.ts";
import { fillBasket, type Basket } from "./checkout.ts";

function tellOrder(shop: Shop, order: Order, topic: string, event: string): void {
  shop.emit(topic, orderBody(shop, order, customerById(shop, order.customerId)), event);
}

/** Staff tag an order: it is told again, and nothing the shopper said has changed. */
export function tagOrder(shop: Shop, args: { order: Ref; tags: string }): number {
  const order = findOrder(shop, args.order);
  order.tags = args.tags;
  order.updatedAt = shop.clock.now();
  tellOrder(shop, order, "orders/updated", startAction(shop));
  return order.id;
}

export function fulfil(
  shop: Shop,
  args: { order: Ref; trackingNumber?: string; company?: string },
): number {
  const order = findOrder(shop, args.order);
  const now = shop.clock.now();
  const id = shop.identifiers.id("fulfillment");
  const fulfillment: Fulfillment = {
    id,
    orderId: order.id,
    createdAt: now,
    updatedAt: now,
    trackingNumber: args.trackingNumber ?? `1Z999AA1${String(id).slice(-10)}`,
    trackingCompany: args.company ?? "UPS",
    shipmentStatus: null,
    items: order.items,
    name: `#${order.number}.${order.fulfillments.length + 1}`,
  };
  order.fulfillments.push(fulfillment);
  order.updatedAt = now;
  const event = startAction(shop);
  shop.emit("fulfillments/create", fulfillmentBody(order, fulfillment), event);
  tellOrder(shop, order, "orders/fulfilled", event);
  tellOrder(shop, order, "orders/updated", event);
  return id;
}

/** The carrier scans the parcel: `in_transit`, `out_for_delivery`, `delivered` … */
export function fulfilmentEvent(shop: Shop, args: { order: Ref; status: string }): number {
  const order = findOrder(shop, args.order);
  const fulfillment = findFulfillment(order);
  const now = shop.clock.now();
  const id = shop.identifiers.id("fulfillmentEvent");
  fulfillment.shipmentStatus = args.status;
  fulfillment.updatedAt = now;
  const event = startAction(shop);
  const told = fulfillmentEventBody(shop, order, fulfillment, { id, status: args.status, at: now });
  shop.emit("fulfillment_events/create", told, event);
  shop.emit("fulfillments/update", fulfillmentBody(order, fulfillment), event);
  return id;
}

/** Refunds everything, or `amount` cents of it. */
export function refund(shop: Shop, args: { order: Ref; amount?: number; note?: string }): number {
  const order = findOrder(shop, args.order);
  const now = shop.clock.now();
  const made: Refund = {
    id: shop.identifiers.id("refund"),
    orderId: order.id,
    createdAt: now,
    items: args.amount === undefined ? order.items : [],
    amount: args.amount ?? orderTotal(order),
    note: args.note ?? null,
  };
  order.refunds.push(made);
  order.updatedAt = now;
  const event = startAction(shop);
  shop.emit("refunds/create", refundBody(made), event);
  tellOrder(shop, order, "orders/updated", event);
  return made.id;
}

export function cancel(shop: Shop, args: { order: Ref; reason?: string }): number {
  const order = findOrder(shop, args.order);
  order.cancelledAt = shop.clock.now();
  order.updatedAt = order.cancelledAt;
  order.cancelReason = args.reason ?? "customer";
  const event = startAction(shop);
  tellOrder(shop, order, "orders/cancelled", event);
  tellOrder(shop, order, "orders/updated", event);
  return order.id;
}

/** An order typed by staff for a customer who is known: no checkout, the staff member's `user_id`. */
export function draftOrder(
  shop: Shop,
  args: {
    as?: string;
    customer: Ref;
    phone?: string;
    basket?: Basket;
    billing?: AddressInput;
    shipping?: AddressInput;
  },
): number {
  const customer = findCustomer(shop, args.customer);
  const now = shop.clock.now();
  const order: Order = {
    id: shop.identifiers.id("order"),
    number: 1001 + shop.orders.size,
    token: shop.identifiers.token("order"),
    checkoutToken: null,
    cartToken: null,
    createdAt: now,
    updatedAt: now,
    cancelledAt: null,
    cancelReason: null,
    customerId: customer.id,
    email: customer.email,
    phone: args.phone ?? null,
    locale: "en",
    items: fillBasket(shop, args.basket),
    billing: args.billing === undefined ? null : completeAddress(args.billing),
    shipping: args.shipping === undefined ? null : completeAddress(args.shipping),
    sourceName: "shopify_draft_order",
    staffId: 90_214_770_883,
    tags: "",
    note: null,
    noteAttributes: [],
    test: false,
    fulfillments: [],
    refunds: [],
  };
  shop.orders.set(order.id, order);
  nameRecord(shop, "order", args.as, order.id);
  customer.updatedAt = now;
  const event = startAction(shop);
  tellOrder(shop, order, "orders/create", event);
  tellOrder(shop, order, "orders/paid", event);
  shop.emit("customers/update", customerBody(customer), event);
  return order.id;
}
