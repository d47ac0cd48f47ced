// Paying: a checkout becomes an order and a customer, and, when the SMS box is ticked, Shopify's
// own record of the consent follows as `customers_marketing_consent/update`: the echo of the tick.
import { orderBody } from "../bodies/order.ts";
import { customerBody } from "../bodies/people.ts";
import { toE164 } from "../e164.ts";
import { customerById, findCheckout, nameRecord, type Ref } from "../lookup.ts";
import type { Checkout, Customer, Order } from "../model.ts";
import type { AddressInput } from "../places.ts";
import { splitName } from "../places.ts";
import { startAction, type Shop } from "../shop.ts";
import { openCheckout, tellCheckout, type StartCheckout } from "./checkout.ts";
import { changeSmsConsent } from "./consent.ts";
import { insertCustomer, ownerOfPhone } from "./customer.ts";

export type CompleteCheckout = {
  checkout: Ref;
  /** The scenario's name for the order. */
  as?: string;
  /** The scenario's name for the customer, when this order makes one. */
  customerAs?: string;
  noteAttributes?: readonly { name: string; value: string }[];
  test?: boolean;
};

function countryOf(shop: Shop, checkout: Checkout): string {
  return checkout.billing?.countryCode ?? checkout.shipping?.countryCode ?? shop.country;
}

function knownCustomer(shop: Shop, checkout: Checkout): Customer | null {
  if (checkout.customerId !== null) return customerById(shop, checkout.customerId);
  if (checkout.email !== null) {
    return (
      [...shop.customers.values()].find((one) => !one.deleted && one.email === checkout.email) ??
      null
    );
  }
  const phone = checkout.phone === null ? null : toE164(checkout.phone, countryOf(shop, checkout));
  return phone === null ? null : ownerOfPhone(shop, phone);
}

/** Shopify gives a customer a phone only where nobody else has it: on a tick, or when it is the only contact. */
function phoneForRecord(shop: Shop, checkout: Checkout, customer: Customer | null): string | null {
  const country = countryOf(shop, checkout);
  const raw = checkout.ticked ? checkout.smsPhone : checkout.email === null ? checkout.phone : null;
  const phone = raw === null ? null : toE164(raw, country);
  if (phone === null) return null;
  const owner = ownerOfPhone(shop, phone);
  return owner === null || owner === customer ? phone : null;
}

function settleCustomer(
  shop: Shop,
  checkout: Checkout,
  at: Date,
  name: string | undefined,
): { customer: Customer; isNew: boolean } {
  const known = knownCustomer(shop, checkout);
  const address = checkout.shipping ?? checkout.billing;
  const customer =
    known ??
    insertCustomer(shop, {
      ...(name === undefined ? {} : { as: name }),
      email: checkout.email,
      ...splitName(checkout.billing?.name ?? checkout.shipping?.name ?? ""),
      at: new Date(at.getTime() - 1000),
    });
  const phone = phoneForRecord(shop, checkout, known);
  if (customer.phone === null && phone !== null) customer.phone = phone;
  if (customer.defaultAddress === null && address !== null) {
    customer.defaultAddress = { ...address, id: shop.identifiers.id("address") };
  }
  if (known !== null) customer.updatedAt = at;
  return { customer, isNew: known === null };
}

function insertOrder(
  shop: Shop,
  checkout: Checkout,
  customer: Customer,
  args: CompleteCheckout,
  at: Date,
): Order {
  const order: Order = {
    id: shop.identifiers.id("order"),
    number: 1001 + shop.orders.size,
    token: shop.identifiers.token("order"),
    checkoutToken: checkout.token,
    cartToken: checkout.cartToken,
    createdAt: at,
    updatedAt: at,
    cancelledAt: null,
    cancelReason: null,
    customerId: customer.id,
    email: checkout.email,
    phone: checkout.phone,
    locale: checkout.locale,
    items: checkout.items,
    billing: checkout.billing,
    shipping: checkout.shipping,
    sourceName: "web",
    staffId: null,
    tags: "",
    note: checkout.note,
    noteAttributes: args.noteAttributes ?? [],
    test: args.test ?? false,
    fulfillments: [],
    refunds: [],
  };
  shop.orders.set(order.id, order);
  nameRecord(shop, "order", args.as, order.id);
  return order;
}

function pay(
  shop: Shop,
  checkout: Checkout,
  args: CompleteCheckout,
  paidAt: Date,
  tell: "create" | "update",
): number {
  if (checkout.completedAt !== null)
    throw new Error(`checkout ${checkout.token} is already completed`);
  const orderAt = shop.clock.now();
  const event = startAction(shop);
  checkout.completedAt = paidAt;
  checkout.updatedAt = paidAt;
  const { customer, isNew } = settleCustomer(shop, checkout, orderAt, args.customerAs);
  checkout.customerId = customer.id;
  const order = insertOrder(shop, checkout, customer, args, orderAt);
  tellCheckout(shop, checkout, tell, event);
  shop.emit(isNew ? "customers/create" : "customers/update", customerBody(customer), event);
  for (const topic of ["orders/create", "orders/paid"])
    shop.emit(topic, orderBody(shop, order, customer), event);
  if (
    checkout.ticked &&
    customer.phone !== null &&
    customer.phone === phoneForRecord(shop, checkout, customer)
  ) {
    changeSmsConsent(shop, customer, {
      state: "subscribed",
      level: "single_opt_in",
      updatedAt: orderAt,
      collectedFrom: "shopify",
    });
  }
  return order.id;
}

export function completeCheckout(shop: Shop, args: CompleteCheckout): number {
  return pay(shop, findCheckout(shop, args.checkout), args, shop.clock.now(), "update");
}

/** A purchase with an express button: the checkout is told once, already completed. */
export function buyNow(
  shop: Shop,
  args: StartCheckout & Omit<CompleteCheckout, "checkout">,
): number {
  const now = shop.clock.now().getTime();
  const { as, ...rest } = args;
  const checkout = openCheckout(
    shop,
    { ...rest, ...(as === undefined ? {} : { as: `${as}-checkout` }) },
    new Date(now - 3000),
  );
  if (checkout.ticked) checkout.smsPhone ??= checkout.phone;
  return pay(shop, checkout, { ...args, checkout: checkout.token }, new Date(now - 1000), "create");
}

/** An order with the recipient's name and phone in the shipping address, paid by somebody else. */
export function giftOrder(
  shop: Shop,
  args: {
    as?: string;
    email: string;
    billing: AddressInput;
    recipient: AddressInput;
    message?: string;
  },
): number {
  return buyNow(shop, {
    ...(args.as === undefined ? {} : { as: args.as }),
    email: args.email,
    billing: args.billing,
    shipping: args.recipient,
    noteAttributes: [{ name: "gift_message", value: args.message ?? "Happy birthday!" }],
  });
}
