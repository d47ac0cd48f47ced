// Everything that can happen in a simulated shop, by name. A verb changes the shop and emits the
// webhooks Shopify would emit; it answers with the id (or token) of the record it touched.
import type { Shop } from "./shop.ts";
import {
  deleteCheckout,
  startCheckout,
  tickSms,
  untickSms,
  updateCheckout,
} from "./verbs/checkout.ts";
import { buyNow, completeCheckout, giftOrder } from "./verbs/complete.ts";
import { setEmailConsent, setSmsConsent, subscribeSms, unsubscribeSms } from "./verbs/consent.ts";
import { createCustomer, deleteCustomer, editCustomer, mergeCustomers } from "./verbs/customer.ts";
import {
  changeScopes,
  redactCustomer,
  redactShop,
  requestData,
  uninstall,
} from "./verbs/lifecycle.ts";
import { cancel, draftOrder, fulfil, fulfilmentEvent, refund, tagOrder } from "./verbs/order.ts";

export const VERBS = {
  startCheckout,
  updateCheckout,
  tickSms,
  untickSms,
  deleteCheckout,
  completeCheckout,
  buyNow,
  giftOrder,
  createCustomer,
  editCustomer,
  mergeCustomers,
  deleteCustomer,
  subscribeSms,
  unsubscribeSms,
  setSmsConsent,
  setEmailConsent,
  draftOrder,
  tagOrder,
  fulfil,
  fulfilmentEvent,
  refund,
  cancel,
  uninstall,
  changeScopes,
  requestData,
  redactCustomer,
  redactShop,
} as const;

export type VerbName = keyof typeof VERBS;

/** A verb with its arguments: a line of a scenario, or the body of a control request. */
export type Act = {
  [Name in VerbName]: { verb: Name; args: Parameters<(typeof VERBS)[Name]>[1] };
}[VerbName];

type AnyVerb = (shop: Shop, args: Act["args"]) => number | string;

export function isVerb(name: unknown): name is VerbName {
  return typeof name === "string" && Object.hasOwn(VERBS, name);
}

/** Throws an Error with Shopify's kind of sentence when the act makes no sense in this shop. */
export function perform(shop: Shop, act: Act): number | string {
  const verb = VERBS[act.verb] as AnyVerb;
  return verb(shop, act.args);
}
