// What a shopper does before paying. Each verb changes the checkout and tells it, as Shopify tells
// every step and edit of a checkout. The contact phone is kept as typed.
import { checkoutBody, checkoutDeleteBody } from "../bodies/checkout.ts";
import { CATALOGUE, type ProductName } from "../catalogue.ts";
import { customerById, findCheckout, findCustomer, nameRecord, type Ref } from "../lookup.ts";
import type { Checkout, Item } from "../model.ts";
import { completeAddress, type AddressInput } from "../places.ts";
import { startAction, type Shop } from "../shop.ts";

export type Basket = Partial<Record<ProductName, number>>;

/** Contact data of a checkout; a field left out stays as it is, null empties it. */
export type CheckoutEdit = {
  email?: string | null;
  phone?: string | null;
  smsPhone?: string | null;
  billing?: AddressInput | null;
  shipping?: AddressInput | null;
  basket?: Basket;
  note?: string;
};

export type StartCheckout = CheckoutEdit & {
  /** The scenario's name for this checkout. */
  as?: string;
  /** A customer who is logged in. */
  customer?: Ref;
  locale?: string;
  ticked?: boolean;
};

export function fillBasket(shop: Shop, basket: Basket | undefined): Item[] {
  const chosen: [ProductName, number][] = [];
  for (const name of ["kite", "train", "puzzle", "robot"] as const) {
    const quantity = basket === undefined ? Number(name === "kite") : (basket[name] ?? 0);
    if (quantity > 0) chosen.push([name, quantity]);
  }
  return chosen.map(([name, quantity]) => ({
    ...CATALOGUE[name],
    quantity,
    id: shop.identifiers.id("item"),
  }));
}

export function applyEdit(shop: Shop, checkout: Checkout, edit: CheckoutEdit): void {
  if (edit.email !== undefined) checkout.email = edit.email;
  if (edit.phone !== undefined) checkout.phone = edit.phone;
  if (edit.smsPhone !== undefined) checkout.smsPhone = edit.smsPhone;
  if (edit.billing !== undefined) checkout.billing = edit.billing && completeAddress(edit.billing);
  if (edit.shipping !== undefined)
    checkout.shipping = edit.shipping && completeAddress(edit.shipping);
  if (edit.basket !== undefined) checkout.items = fillBasket(shop, edit.basket);
  if (edit.note !== undefined) checkout.note = edit.note;
}

export function tellCheckout(
  shop: Shop,
  checkout: Checkout,
  topic: "create" | "update",
  eventId: string,
): void {
  shop.emit(
    `checkouts/${topic}`,
    checkoutBody(shop, checkout, customerById(shop, checkout.customerId)),
    eventId,
  );
}

/** Makes the record without telling it. */
export function openCheckout(shop: Shop, args: StartCheckout, at: Date): Checkout {
  const customer = args.customer === undefined ? null : findCustomer(shop, args.customer);
  const checkout: Checkout = {
    id: shop.identifiers.id("checkout"),
    token: shop.identifiers.token("checkout"),
    cartToken: shop.identifiers.token("cart"),
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    email: customer?.email ?? null,
    phone: null,
    locale: args.locale ?? "en-US",
    items: fillBasket(shop, args.basket),
    billing: null,
    shipping: null,
    ticked: args.ticked ?? false,
    smsPhone: null,
    customerId: customer?.id ?? null,
    note: null,
    deleted: false,
  };
  const { basket: _filled, ...edit } = args;
  applyEdit(shop, checkout, edit);
  shop.checkouts.set(checkout.token, checkout);
  nameRecord(shop, "checkout", args.as, checkout.token);
  return checkout;
}

export function startCheckout(shop: Shop, args: StartCheckout): string {
  const checkout = openCheckout(shop, args, shop.clock.now());
  tellCheckout(shop, checkout, "create", startAction(shop));
  return checkout.token;
}

function touch(shop: Shop, ref: Ref, change: (checkout: Checkout) => void): string {
  const checkout = findCheckout(shop, ref);
  change(checkout);
  checkout.updatedAt = shop.clock.now();
  tellCheckout(shop, checkout, "update", startAction(shop));
  return checkout.token;
}

export function updateCheckout(shop: Shop, args: CheckoutEdit & { checkout: Ref }): string {
  return touch(shop, args.checkout, (checkout) => applyEdit(shop, checkout, args));
}

/** Ticks the SMS box, with the number in its field: `phone`, or the contact phone. */
export function tickSms(shop: Shop, args: { checkout: Ref; phone?: string }): string {
  return touch(shop, args.checkout, (checkout) => {
    checkout.ticked = true;
    checkout.smsPhone = args.phone ?? checkout.phone;
  });
}

export function untickSms(shop: Shop, args: { checkout: Ref }): string {
  return touch(shop, args.checkout, (checkout) => {
    checkout.ticked = false;
    checkout.smsPhone = null;
  });
}

export function deleteCheckout(shop: Shop, args: { checkout: Ref }): string {
  const checkout = findCheckout(shop, args.checkout);
  checkout.deleted = true;
  shop.emit("checkouts/delete", checkoutDeleteBody(checkout), startAction(shop));
  return checkout.token;
}
