// Turns a scenario's expectations into what can be looked up in a workspace, once the shop has given
// its records their ids.
import { findCheckout, findCustomer, findOrder } from "../shopify/lookup.ts";
import type { Shop } from "../shopify/shop.ts";
import type { Expectation, ExpectedEvent, Scenario } from "./scenario.ts";

export type ResolvedEvent = { name: string; order_id?: string; checkout_token?: string };

export type ResolvedExpectation = {
  who: string;
  story: string;
  /** Exactly one of the two: what the profile is addressed by. */
  email: string | null;
  id: string | null;
  attributes: Pick<
    Expectation,
    | "phone"
    | "phone_source"
    | "sms_consent"
    | "sms_consent_status"
    | "sms_eligible"
    | "sms_ineligible_reason"
  >;
  events: ResolvedEvent[];
  changes: readonly string[];
};

function resolveEvent(shop: Shop, event: ExpectedEvent): ResolvedEvent {
  return {
    name: event.name,
    ...(event.order === undefined ? {} : { order_id: String(findOrder(shop, event.order).id) }),
    ...(event.checkout === undefined
      ? {}
      : { checkout_token: findCheckout(shop, event.checkout).token }),
  };
}

function resolve(shop: Shop, expectation: Expectation): ResolvedExpectation {
  const { who, story, address, events, changes = [], ...attributes } = expectation;
  return {
    who,
    story,
    email: "email" in address ? address.email : null,
    id: "customer" in address ? String(findCustomer(shop, address.customer).id) : null,
    attributes,
    events: events.map((event) => resolveEvent(shop, event)),
    changes,
  };
}

/** `shop` must have played the scenario. */
export function expectationsFor(shop: Shop, scenario: Scenario): ResolvedExpectation[] {
  return scenario.people.map((expectation) => resolve(shop, expectation));
}
