// Customer records: made by signing up, edited by the shopper or by staff, merged, deleted.
// A phone belongs to at most one customer of a shop.
import { mergeBody } from "../bodies/shop.ts";
import { customerBody, customerDeleteBody } from "../bodies/people.ts";
import { toE164 } from "../e164.ts";
import { findCustomer, nameRecord, type Ref } from "../lookup.ts";
import type { Customer } from "../model.ts";
import { completeAddress, splitName, type AddressInput } from "../places.ts";
import { startAction, type Shop } from "../shop.ts";

export function ownerOfPhone(shop: Shop, phone: string): Customer | null {
  return [...shop.customers.values()].find((one) => !one.deleted && one.phone === phone) ?? null;
}

/** Makes the record without telling it. */
export function insertCustomer(
  shop: Shop,
  args: {
    as?: string;
    email: string | null;
    firstName: string;
    lastName: string;
    at: Date;
    account?: boolean;
  },
): Customer {
  const customer: Customer = {
    id: shop.identifiers.id("customer"),
    createdAt: args.at,
    updatedAt: args.at,
    email: args.email,
    phone: null,
    firstName: args.firstName,
    lastName: args.lastName,
    account: args.account ?? false,
    note: null,
    defaultAddress: null,
    sms: null,
    emailConsent: null,
    deleted: false,
  };
  shop.customers.set(customer.id, customer);
  nameRecord(shop, "customer", args.as, customer.id);
  return customer;
}

function setPhone(shop: Shop, customer: Customer, raw: string | null): void {
  const phone =
    raw === null ? null : toE164(raw, customer.defaultAddress?.countryCode ?? shop.country);
  if (raw !== null && phone === null) throw new Error("Phone is invalid");
  const owner = phone === null ? null : ownerOfPhone(shop, phone);
  if (owner !== null && owner !== customer) throw new Error("Phone has already been taken");
  customer.phone = phone;
}

/** A shopper makes an account. */
export function createCustomer(
  shop: Shop,
  args: { as?: string; name: string; email: string | null; phone?: string; address?: AddressInput },
): number {
  const customer = insertCustomer(shop, {
    ...(args.as === undefined ? {} : { as: args.as }),
    ...splitName(args.name),
    email: args.email,
    at: shop.clock.now(),
    account: true,
  });
  if (args.address !== undefined) {
    customer.defaultAddress = {
      ...completeAddress(args.address),
      id: shop.identifiers.id("address"),
    };
  }
  if (args.phone !== undefined) setPhone(shop, customer, args.phone);
  shop.emit("customers/create", customerBody(customer), startAction(shop));
  return customer.id;
}

export function editCustomer(
  shop: Shop,
  args: {
    customer: Ref;
    name?: string;
    email?: string | null;
    phone?: string | null;
    address?: AddressInput;
    note?: string;
  },
): number {
  const customer = findCustomer(shop, args.customer);
  if (args.name !== undefined) Object.assign(customer, splitName(args.name));
  if (args.email !== undefined) customer.email = args.email;
  if (args.note !== undefined) customer.note = args.note;
  if (args.address !== undefined) {
    const id = customer.defaultAddress?.id ?? shop.identifiers.id("address");
    customer.defaultAddress = { ...completeAddress(args.address), id };
  }
  if (args.phone !== undefined) setPhone(shop, customer, args.phone);
  customer.updatedAt = shop.clock.now();
  shop.emit("customers/update", customerBody(customer), startAction(shop));
  return customer.id;
}

/** `fails: true` tells a merge that did not happen and changes nothing. */
export function mergeCustomers(
  shop: Shop,
  args: { kept: Ref; deleted: Ref; fails?: boolean },
): number {
  const kept = findCustomer(shop, args.kept);
  const deleted = findCustomer(shop, args.deleted);
  const event = startAction(shop);
  if (args.fails === true) {
    shop.emit("customers/merge", mergeBody(kept.id, deleted.id, "failed"), event);
    return kept.id;
  }
  for (const order of shop.orders.values())
    if (order.customerId === deleted.id) order.customerId = kept.id;
  deleted.deleted = true;
  kept.phone ??= deleted.phone;
  kept.email ??= deleted.email;
  kept.updatedAt = shop.clock.now();
  shop.emit("customers/merge", mergeBody(kept.id, deleted.id, "success"), event);
  shop.emit("customers/update", customerBody(kept), event);
  return kept.id;
}

export function deleteCustomer(shop: Shop, args: { customer: Ref }): number {
  const customer = findCustomer(shop, args.customer);
  customer.deleted = true;
  shop.emit("customers/delete", customerDeleteBody(customer), startAction(shop));
  return customer.id;
}
