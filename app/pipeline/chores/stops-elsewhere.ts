/**
 * The places besides the opt-out lists where a workspace, or Shopify, holds that somebody wants no
 * texts: what is asked there, and what each answer says as a message (SEMANTICS §8, §9).
 */
import { readEmail } from "#app/core/identity.ts";
import type { ProfileFound } from "#app/customerio/app-api.ts";
import type { OwnMessage } from "#app/db/own-messages.ts";
import type { CustomerUnsubscribed } from "#app/shopify/admin-api.ts";

export const SEARCHES = ["unsubscribed", "sms_unsubscribe", "sms_unsubscribed"] as const;
export type Search = (typeof SEARCHES)[number];

/** Merchants' own attributes hold what their forms wrote. */
const TRUE_SPELLINGS = ["true", "True", "1", "yes"];
const SHOPIFY_ID = /^\d{1,20}$/;

export function filterOf(search: Search): unknown {
  const spelt = search === "unsubscribed" ? ["true"] : TRUE_SPELLINGS;
  const parts = spelt.map((value) => ({ attribute: { field: search, operator: "eq", value } }));
  return parts.length === 1 ? parts[0] : { or: parts };
}

/** On what occasion and when something is read: read again on the same one it is the same message. */
export type Occasion = { name: string; at: number };

/** None for a profile that has neither an email nor a Shopify customer's id. */
export function messagesOfFound(
  search: Search,
  people: readonly ProfileFound[],
  occasion: Occasion,
): OwnMessage[] {
  const channel = search === "unsubscribed" ? "everything" : "sms";
  return people.flatMap(({ id, email: written, cioId }) => {
    const email = readEmail(written);
    const customer = email === null && id !== null && SHOPIFY_ID.test(id) ? id : null;
    if (email === null && customer === null) return [];
    const at = new Date(occasion.at).toISOString();
    const body = { customer, email, at, channel, subscribed: false };
    const name = `${search} ${cioId ?? customer} ${occasion.name}`;
    return [{ topic: "preference/change" as const, id: name, body }];
  });
}

/** In Shopify's own words, as its webhook would have told it. */
export function messagesOfShopify(
  customers: readonly CustomerUnsubscribed[],
  occasion: Occasion,
): OwnMessage[] {
  return customers.map(({ customer, phone, at }) => ({
    topic: "customers_marketing_consent/update" as const,
    id: `read ${customer} ${at?.toISOString() ?? occasion.name}`,
    body: {
      id: customer,
      phone,
      sms_marketing_consent: {
        state: "unsubscribed",
        opt_in_level: null,
        consent_updated_at: at?.toISOString() ?? null,
        consent_collected_from: "OTHER",
      },
    },
  }));
}
