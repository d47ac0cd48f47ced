/**
 * In which countries a number of a checkout or order may be at home (SEMANTICS §1): the shopper's
 * addresses in order of trust, then what is no address and can never cast doubt on one.
 */
import type { CheckoutSaid, ConsentSaid, CustomerSaid, OrderSaid } from "../heard.ts";
import { countryOfLocale } from "../phone/country.ts";
import type { Reading } from "../phone/reading.ts";
import type { Policy } from "../policy.ts";

export type Hints = { addresses: string[]; others: string[] };

export function contactHints(says: CheckoutSaid | OrderSaid): Hints {
  const { billing, customerCountry, shipping } = says;
  return {
    addresses: present([billing?.country, customerCountry, shipping?.country]),
    others: present([says.locale && countryOfLocale(says.locale)]),
  };
}

/** An address's own country comes first for the number written in it. */
export function shippingHints(says: CheckoutSaid | OrderSaid): Hints {
  const { addresses, others } = contactHints(says);
  return { addresses: present([says.shipping?.country, ...addresses]), others };
}

/** The country somebody chose beside the number. */
export function hintsOf(country: string | null): Hints {
  return { addresses: present([country]), others: [] };
}

export function accountHints({ address }: CustomerSaid): Hints {
  return { addresses: present([address?.country]), others: [] };
}

/** Reads a number; the shop's default country is the last resort. */
export function readHinted(raw: string, { addresses, others }: Hints, policy: Policy): Reading {
  return policy.read(raw, addresses, [...others, policy.settings.default_country]);
}

/** The number in the SMS field: the one a tick is for. Null when it can't be read with certainty. */
export function smsNumberOf(says: CheckoutSaid, policy: Policy): string | null {
  if (!says.smsPhone) return null;
  const reading = readHinted(says.smsPhone, contactHints(says), policy);
  return reading.status === "valid" ? reading.e164 : null;
}

/**
 * The number a record of Shopify's is about. A stop counts for the number it most likely means, even
 * where a yes would have to wait for somebody to look at it.
 */
export function consentNumberOf(
  { phone, state }: Pick<ConsentSaid, "phone" | "state">,
  policy: Policy,
): string | null {
  if (!phone) return null;
  const reading = readHinted(phone, { addresses: [], others: [] }, policy);
  return reading.status === "valid" || state === "unsubscribed" ? reading.e164 : null;
}

function present(hints: (string | null | undefined)[]): string[] {
  return [...new Set(hints.filter((hint): hint is string => Boolean(hint)))];
}
