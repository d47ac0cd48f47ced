// Finds records by the name a scenario gave them or by their own id.
import type { Checkout, Customer, Fulfillment, Order } from "./model.ts";
import type { Shop } from "./shop.ts";

/** A scenario's name for a record, or its id or token. */
export type Ref = string | number;

/** Remembers `name` for a record; a name can be given once. */
export function nameRecord(
  shop: Shop,
  kind: string,
  name: string | undefined,
  id: number | string,
): void {
  if (name === undefined) return;
  const key = `${kind}/${name}`;
  if (shop.names.has(key)) throw new Error(`${kind} named ${name} twice`);
  shop.names.set(key, id);
}

export function findCustomer(shop: Shop, ref: Ref): Customer {
  const found = shop.customers.get(Number(shop.names.get(`customer/${ref}`) ?? ref));
  if (found === undefined) throw new Error(`no customer ${ref}`);
  return found;
}

export function findCheckout(shop: Shop, ref: Ref): Checkout {
  const found = shop.checkouts.get(String(shop.names.get(`checkout/${ref}`) ?? ref));
  if (found === undefined) throw new Error(`no checkout ${ref}`);
  return found;
}

export function findOrder(shop: Shop, ref: Ref): Order {
  const found = shop.orders.get(Number(shop.names.get(`order/${ref}`) ?? ref));
  if (found === undefined) throw new Error(`no order ${ref}`);
  return found;
}

/** The latest fulfilment of an order. */
export function findFulfillment(order: Order): Fulfillment {
  const found = order.fulfillments.at(-1);
  if (found === undefined) throw new Error(`order ${order.id} has not been fulfilled`);
  return found;
}

export function customerById(shop: Shop, id: number | null): Customer | null {
  return id === null ? null : (shop.customers.get(id) ?? null);
}
