/**
 * How identities are written down. An email is compared as Customer.io compares it: without case.
 * Anything that cannot be an email is no identity at all, rather than a person of its own.
 */
import type { IdentityKey, Saying } from "./heard.ts";

const EMAIL =
  /^[^\s\p{C}\ufffd@"<>(),;:\\]+@[^\s\p{C}\ufffd@"<>(),;:\\]+\.[^\s\p{C}\ufffd@"<>(),;:\\]+$/u;
const EMAIL_MAX_BYTES = 150;

/** The email as an identity, or null when the text is none. Source: Customer.io's limit of 150 bytes. */
export function readEmail(text: string | null): string | null {
  if (text === null) return null;
  const email = text.trim().toLowerCase();
  const bytes = new TextEncoder().encode(email).length;
  return bytes <= EMAIL_MAX_BYTES && EMAIL.test(email) ? email : null;
}

export const customerKey = (id: string): IdentityKey => `customer:${id}`;
export const emailKey = (email: string): IdentityKey => `email:${email}`;
export const checkoutKey = (token: string): IdentityKey => `checkout:${token}`;
export const cartKey = (token: string): IdentityKey => `cart:${token}`;
export const orderKey = (id: string): IdentityKey => `order:${id}`;
export const fulfillmentKey = (id: string): IdentityKey => `fulfillment:${id}`;
export const refundKey = (id: string): IdentityKey => `refund:${id}`;
export const formKey = (entry: string): IdentityKey => `form:${entry}`;
export const importKey = (row: string): IdentityKey => `import:${row}`;
export const supportKey = (note: string): IdentityKey => `support:${note}`;
export const preferenceKey = (who: IdentityKey): IdentityKey => `preference:${who}`;
export const consentKey = (customer: string): IdentityKey => `consent:${customer}`;

/** Every identity a saying names besides its own document: what must be read together with it. */
export function identitiesNamed(says: Saying): IdentityKey[] {
  switch (says.kind) {
    case "customer":
      return present([customerKey(says.customer), says.email && emailKey(says.email)]);
    case "checkout":
    case "order":
      return present([
        says.customer && customerKey(says.customer),
        says.email && emailKey(says.email),
        says.cart && cartKey(says.cart),
        says.kind === "order" && says.checkout && checkoutKey(says.checkout),
      ]);
    case "consent":
    case "customer_gone":
      return [customerKey(says.customer)];
    case "form":
    case "import":
    case "support":
    case "preference":
      return present([whoIsNamed(says)]);
    case "merge":
      return [customerKey(says.kept), customerKey(says.gone)];
    case "checkout_gone":
      return [cartKey(says.cart)];
    case "fulfillment":
    case "refund":
      return [orderKey(says.order)];
    case "fulfillment_event":
      return present([says.order && orderKey(says.order)]);
  }
}

/**
 * Whom an entry names that is nobody's evidence of being two: a customer where there is one, else an
 * email. What is typed beside a customer id into a form joins nothing.
 */
export function whoIsNamed(says: {
  customer: string | null;
  email: string | null;
}): IdentityKey | null {
  if (says.customer !== null) return customerKey(says.customer);
  return says.email === null ? null : emailKey(says.email);
}

function present(keys: (IdentityKey | null | false)[]): IdentityKey[] {
  return keys.filter((key): key is IdentityKey => Boolean(key));
}
