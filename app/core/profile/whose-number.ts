/**
 * Whose number stands in an address?
 *
 * The law (SEMANTICS §1): an address's phone is the shopper's own only when the address bears the
 * shopper's name and nothing hints at somebody else: no gift mark, no pickup point, no company that
 * billing lacks. In doubt it is a delivery contact, which is never texted.
 */
import type { AddressSaid, CheckoutSaid, CustomerSaid, OrderSaid } from "../heard.ts";
import type { Policy } from "../policy.ts";
import type { Hints } from "./country-hints.ts";
import { contactHints, readHinted, shippingHints, smsNumberOf } from "./country-hints.ts";

export function isShippingOwn(says: CheckoutSaid | OrderSaid): boolean {
  const { shipping, billing } = says;
  if (!shipping || says.forSomebodyElse) return false;
  if (shipping.company && !isSameText(shipping.company, billing?.company ?? null)) return false;
  return isSameText(shipping.name, billing?.name ?? says.customerName);
}

export function isDefaultAddressOwn(says: CustomerSaid): boolean {
  const address: AddressSaid | null = says.address;
  return address !== null && !address.company && isSameText(address.name, says.name);
}

/**
 * The number in the SMS field is the recipient's when the same checkout ships to it, the address is
 * not the shopper's own, and the shopper typed another contact number or none (SEMANTICS story 8).
 */
export function isSmsNumberSomebodyElses(says: CheckoutSaid, policy: Policy): boolean {
  const { shipping } = says;
  if (!says.smsPhone || !shipping?.phone || isShippingOwn(says)) return false;
  const number = smsNumberOf(says, policy);
  if (number === null || meansNumber(says.phone, contactHints(says), number, policy)) return false;
  return meansNumber(shipping.phone, shippingHints(says), number, policy);
}

/** Also where the text leaves a doubt, the number it most likely means counts. */
function meansNumber(raw: string | null, hints: Hints, number: string, policy: Policy): boolean {
  return raw !== null && readHinted(raw, hints, policy).e164 === number;
}

/** Case, accents and spaces aside. Absent names are the same as nothing. */
function isSameText(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const left = fold(a);
  return left !== "" && left === fold(b);
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\s]+/gu, "")
    .toLowerCase();
}
