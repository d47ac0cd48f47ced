// How the day must end in Customer.io, shopper by shopper. Derived from what the product promises,
// by hand: a source that was given last wins in its group, and a tick stands above what was typed
// for as long as its grant stands.
import type { Expectation, ExpectedEvent } from "./scenario.ts";

type Outcome = Pick<
  Expectation,
  | "phone"
  | "phone_source"
  | "sms_consent"
  | "sms_consent_status"
  | "sms_eligible"
  | "sms_ineligible_reason"
>;

function subscribed(phone: string, source: string): Outcome {
  return {
    phone,
    phone_source: source,
    sms_consent: true,
    sms_consent_status: "subscribed",
    sms_eligible: true,
    sms_ineligible_reason: null,
  };
}

function notAsked(phone: string | null, source: string | null): Outcome {
  return {
    phone,
    phone_source: source,
    sms_consent: false,
    sms_consent_status: "not_subscribed",
    sms_eligible: false,
    sms_ineligible_reason: phone === null ? "no_phone" : "no_consent",
  };
}

function stopped(phone: string, source: string): Outcome {
  return {
    phone,
    phone_source: source,
    sms_consent: false,
    sms_consent_status: "unsubscribed",
    sms_eligible: false,
    sms_ineligible_reason: "opted_out",
  };
}

function placed(...orders: string[]): ExpectedEvent[] {
  return orders.map((order) => ({ name: "order_placed", order }));
}

function person(
  who: string,
  story: string,
  outcome: Outcome,
  events: readonly ExpectedEvent[],
  more: Partial<Pick<Expectation, "address" | "changes">> = {},
): Expectation {
  return { who, story, address: { email: `${who}@example.com` }, ...outcome, events, ...more };
}

export const DAY_PEOPLE: readonly Expectation[] = [
  person("maya", "one number, typed five ways", notAsked("+14155552671", "order"), [
    ...placed("maya-1", "maya-2", "maya-3", "maya-4", "maya-5"),
  ]),
  person(
    "elodie",
    "a foreign number, ticked",
    subscribed("+33612345678", "checkout_consent"),
    placed("elodie-1"),
  ),
  person(
    "tyler",
    "a typo that must not win",
    notAsked("+14155554427", "order"),
    placed("tyler-1", "tyler-2"),
  ),
  person(
    "nora",
    "changed the number after the first order",
    notAsked("+12065558841", "customer_account"),
    placed("nora-1"),
    {
      changes: ["phone_number_updated"],
    },
  ),
  person("grace", "a gift, with the recipient's number", notAsked(null, null), placed("grace-1")),
  person("ivan", "ticked, then un-ticked", notAsked("+19165554471", "order"), placed("ivan-1")),
  person(
    "june",
    "a household number, and she ticked",
    subscribed("+13125554427", "checkout_consent"),
    placed("june-1"),
  ),
  person(
    "hank",
    "the same number, and he did not",
    notAsked("+13125554427", "order"),
    placed("hank-1"),
  ),
  person(
    "sam",
    "ticked, said STOP, then paid",
    stopped("+16175553092", "order"),
    placed("sam-1", "sam-2"),
  ),
  person(
    "stan",
    "a STOP told after a later order",
    stopped("+16025553175", "order"),
    placed("stan-1", "stan-2"),
  ),
  person("vera", "texted STOP", stopped("+14805552914", "order"), placed("vera-1")),
  person(
    "finn",
    "a text to the number never arrived",
    {
      ...subscribed("+15035557328", "checkout_consent"),
      sms_eligible: false,
      sms_ineligible_reason: "undeliverable",
    },
    placed("finn-1"),
  ),
  person("abby", "ticked, and left the checkout", subscribed("+16195552980", "checkout_consent"), [
    { name: "checkout_started", checkout: "abby-now" },
  ]),
  person("rico", "left the checkout, and came back", notAsked("+17135556204", "order"), [
    { name: "checkout_started", checkout: "rico-now" },
    ...placed("rico-1"),
  ]),
  person(
    "shawn",
    "shipped, delivered and refunded",
    subscribed("+15035556143", "checkout_consent"),
    [
      ...placed("shawn-1"),
      { name: "order_shipped", order: "shawn-1" },
      { name: "order_delivered", order: "shawn-1" },
      { name: "refund_initiated", order: "shawn-1" },
    ],
  ),
  person("carla", "cancelled, and told so before the order", notAsked("+13055557742", "order"), [
    ...placed("carla-1"),
    { name: "order_cancelled", order: "carla-1" },
  ]),
  person(
    "oliver",
    "a British number in his own address",
    notAsked("+447400123456", "own_address"),
    placed("oliver-1"),
  ),
  person("pablo", "a phone and no email", notAsked("+15125554836", "order"), placed("pablo-1"), {
    address: { customer: "pablo" },
  }),
  person("zoe", "subscribed in her account", subscribed("+13035558260", "customer_account"), []),
  person("otto", "an order typed by staff", notAsked("+17025555518", "staff"), placed("otto-1")),
  person(
    "bea",
    "a newer number, not ticked",
    subscribed("+16465553481", "checkout_consent"),
    placed("bea-1", "bea-2"),
    {
      changes: ["phone_candidate_heard"],
    },
  ),
  person(
    "dana",
    "a newer number, long after the tick",
    notAsked("+14045559082", "order"),
    placed("dana-1", "dana-2"),
    {
      changes: ["phone_number_updated"],
    },
  ),
];
