// The shop's records as GraphQL objects. Only what is known is given; a non-null field that is
// asked for and missing here is answered with GraphQL's own error, never with an invention.
import type { Address, Customer, Item, Order, SmsConsent } from "../model.ts";
import { CURRENCY, itemsTotal, money } from "../money.ts";
import { orderTotal } from "../bodies/order.ts";
import { customerGid } from "../bodies/people.ts";
import { customerById } from "../lookup.ts";
import type { Shop } from "../shop.ts";
import { connect, type ConnectionArgs } from "./connection.ts";

export type Node = Record<string, unknown>;

function iso(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function bag(cents: number): Node {
  const amount = { amount: money(cents), currencyCode: CURRENCY };
  return { shopMoney: amount, presentmentMoney: amount };
}

function addressNode(address: Address | null): Node | null {
  if (address === null) return null;
  return {
    ...address,
    address2: null,
    countryCodeV2: address.countryCode,
    country: address.country,
    formatted: [address.address1, `${address.city} ${address.zip}`, address.country],
  };
}

function consentNode(sms: SmsConsent | null): Node {
  return {
    state: (sms?.state ?? "not_subscribed").toUpperCase(),
    optInLevel: sms?.level?.toUpperCase() ?? "UNKNOWN",
    updatedAt: sms?.updatedAt == null ? null : iso(sms.updatedAt),
    collectedFrom: (sms?.collectedFrom ?? "other").toUpperCase(),
    sourceLocation: null,
  };
}

function phoneNode(customer: Customer): Node | null {
  if (customer.phone === null) return null;
  const sms = consentNode(customer.sms);
  return {
    phoneNumber: customer.phone,
    smsMarketingConsent: sms,
    whatsAppMarketingConsent: null,
    marketingState: sms["state"],
    marketingOptInLevel: sms["optInLevel"],
    marketingUpdatedAt: sms["updatedAt"],
    marketingCollectedFrom: sms["collectedFrom"],
    sourceLocation: null,
  };
}

function emailNode(customer: Customer): Node | null {
  if (customer.email === null) return null;
  return {
    emailAddress: customer.email,
    marketingState: (customer.emailConsent?.state ?? "not_subscribed").toUpperCase(),
    marketingUpdatedAt:
      customer.emailConsent?.updatedAt == null ? null : iso(customer.emailConsent.updatedAt),
    validFormat: true,
  };
}

export function customerNode(shop: Shop, customer: Customer): Node {
  const orders = [...shop.orders.values()].filter((order) => order.customerId === customer.id);
  const consent = consentNode(customer.sms);
  return {
    __typename: "Customer",
    id: customerGid(customer.id),
    legacyResourceId: String(customer.id),
    email: customer.email,
    phone: customer.phone,
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: `${customer.firstName} ${customer.lastName}`.trim(),
    createdAt: iso(customer.createdAt),
    updatedAt: iso(customer.updatedAt),
    note: customer.note,
    state: customer.account ? "ENABLED" : "DISABLED",
    locale: "en",
    tags: [],
    verifiedEmail: true,
    taxExempt: false,
    numberOfOrders: String(orders.length),
    amountSpent: {
      amount: money(orders.reduce((sum, order) => sum + orderTotal(order), 0)),
      currencyCode: CURRENCY,
    },
    defaultEmailAddress: emailNode(customer),
    defaultPhoneNumber: phoneNode(customer),
    defaultAddress: addressNode(customer.defaultAddress),
    smsMarketingConsent:
      customer.phone === null
        ? null
        : {
            marketingState: consent["state"],
            marketingOptInLevel: consent["optInLevel"],
            consentUpdatedAt: consent["updatedAt"],
            consentCollectedFrom: consent["collectedFrom"],
          },
    orders: (args: ConnectionArgs) => connect(orders, args, (order) => orderNode(shop, order)),
  };
}

function itemNode(item: Item): Node {
  return {
    id: `gid://shopify/LineItem/${item.id}`,
    title: item.title,
    name: `${item.title} - ${item.variantTitle}`,
    sku: item.sku,
    quantity: item.quantity,
    variantTitle: item.variantTitle,
    originalUnitPriceSet: bag(item.price),
    originalTotalSet: bag(item.price * item.quantity),
    product: { id: `gid://shopify/Product/${item.productId}` },
    variant: { id: `gid://shopify/ProductVariant/${item.variantId}` },
  };
}

export function orderNode(shop: Shop, order: Order): Node {
  const customer = customerById(shop, order.customerId);
  return {
    __typename: "Order",
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: String(order.id),
    name: `#${order.number}`,
    number: order.number,
    email: order.email,
    phone: order.phone,
    createdAt: iso(order.createdAt),
    processedAt: iso(order.createdAt),
    updatedAt: iso(order.updatedAt),
    cancelledAt: order.cancelledAt === null ? null : iso(order.cancelledAt),
    cancelReason: order.cancelReason?.toUpperCase() ?? null,
    test: order.test,
    tags: order.tags === "" ? [] : order.tags.split(", "),
    note: order.note,
    sourceName: order.sourceName,
    customAttributes: order.noteAttributes.map(({ name, value }) => ({ key: name, value })),
    checkoutToken: order.checkoutToken,
    cartToken: order.cartToken,
    currencyCode: CURRENCY,
    subtotalPriceSet: bag(itemsTotal(order.items)),
    totalPriceSet: bag(orderTotal(order)),
    currentTotalPriceSet: bag(orderTotal(order)),
    billingAddress: addressNode(order.billing),
    shippingAddress: addressNode(order.shipping),
    lineItems: (args: ConnectionArgs) => connect(order.items, args, itemNode),
    customer: () => (customer === null || customer.deleted ? null : customerNode(shop, customer)),
  };
}

export function shopNode(shop: Shop): Node {
  return {
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: `hello@${shop.domain}`,
    contactEmail: `hello@${shop.domain}`,
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    primaryDomain: { host: shop.domain, url: `https://${shop.domain}` },
    currencyCode: CURRENCY,
    ianaTimezone: "America/New_York",
    timezoneAbbreviation: "EST",
    plan: { shopifyPlus: false, partnerDevelopment: true, publicDisplayName: "Development" },
    shopAddress: { countryCodeV2: shop.country, phone: shop.phone },
    billingAddress: { countryCodeV2: shop.country, phone: shop.phone },
    marketingSmsConsentEnabledAtCheckout: true,
    transactionalSmsDisabled: false,
    shopPolicies: [],
  };
}
