// What a merchant or the law does to the shop as a whole, and to one shopper's data.
import {
  dataRequestBody,
  redactBody,
  scopesBody,
  shopRedactBody,
  uninstalledBody,
} from "../bodies/shop.ts";
import { smsConsentBody } from "../bodies/people.ts";
import { findCustomer, type Ref } from "../lookup.ts";
import { startAction, type Shop } from "../shop.ts";

export function uninstall(shop: Shop, _args: Record<string, never>): number {
  shop.installed = false;
  shop.emit("app/uninstalled", uninstalledBody(shop), startAction(shop));
  return shop.id;
}

export function changeScopes(shop: Shop, args: { scopes: readonly string[] }): number {
  const previous = shop.scopes;
  shop.scopes = [...args.scopes];
  shop.emit("app/scopes_update", scopesBody(shop, previous), startAction(shop));
  return shop.id;
}

export function requestData(shop: Shop, args: { customer: Ref }): number {
  const customer = findCustomer(shop, args.customer);
  shop.emit("customers/data_request", dataRequestBody(shop, customer), startAction(shop));
  return customer.id;
}

/** Shopify erases a customer: the consent record says so, then the app is told to erase, too. */
export function redactCustomer(shop: Shop, args: { customer: Ref }): number {
  const customer = findCustomer(shop, args.customer);
  shop.emit("customers/redact", redactBody(shop, customer), startAction(shop));
  customer.sms = {
    state: "redacted",
    level: null,
    updatedAt: shop.clock.now(),
    collectedFrom: "other",
  };
  shop.emit(
    "customers_marketing_consent/update",
    smsConsentBody(customer, null),
    startAction(shop),
  );
  Object.assign(customer, {
    email: null,
    phone: null,
    firstName: "",
    lastName: "",
    defaultAddress: null,
    deleted: true,
  });
  return customer.id;
}

export function redactShop(shop: Shop, _args: Record<string, never>): number {
  shop.emit("shop/redact", shopRedactBody(shop), startAction(shop));
  return shop.id;
}
