// Shopify's records of consent. A change of the SMS record fires `customers_marketing_consent/update`
// (also when an app made it), one of the e-mail record its own topic.
import { emailConsentBody, smsConsentBody } from "../bodies/people.ts";
import { findCustomer, type Ref } from "../lookup.ts";
import type { Customer, OptInLevel, SmsConsent, SmsState } from "../model.ts";
import { startAction, type Shop } from "../shop.ts";

export function changeSmsConsent(shop: Shop, customer: Customer, consent: SmsConsent): void {
  customer.sms = consent;
  shop.emit(
    "customers_marketing_consent/update",
    smsConsentBody(customer, customer.phone),
    startAction(shop),
  );
}

export function subscribeSms(shop: Shop, args: { customer: Ref; level?: OptInLevel }): number {
  return setSmsConsent(shop, {
    customer: args.customer,
    state: "subscribed",
    level: args.level ?? "single_opt_in",
  });
}

/** A STOP, or the shopper's click in an account: Shopify tells both in the same way. */
export function unsubscribeSms(shop: Shop, args: { customer: Ref }): number {
  return setSmsConsent(shop, {
    customer: args.customer,
    state: "unsubscribed",
    level: "single_opt_in",
  });
}

export function setSmsConsent(
  shop: Shop,
  args: { customer: Ref; state: SmsState; level?: OptInLevel; collectedFrom?: "shopify" | "other" },
): number {
  const customer = findCustomer(shop, args.customer);
  changeSmsConsent(shop, customer, {
    state: args.state,
    level: args.level ?? null,
    updatedAt: shop.clock.now(),
    collectedFrom: args.collectedFrom ?? "shopify",
  });
  return customer.id;
}

export function setEmailConsent(shop: Shop, args: { customer: Ref; state: SmsState }): number {
  const customer = findCustomer(shop, args.customer);
  customer.emailConsent = {
    state: args.state,
    level: "single_opt_in",
    updatedAt: shop.clock.now(),
  };
  shop.emit(
    "customers_email_marketing_consent/update",
    emailConsentBody(customer),
    startAction(shop),
  );
  return customer.id;
}
