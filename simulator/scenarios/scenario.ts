// What a scenario is: steps over the verbs of a shop, and for every shopper the state in which the
// Customer.io workspace must end. Steps are data, so that one scenario can be played live, recorded
// at once, shuffled and repeated.
import type { Ref } from "../shopify/lookup.ts";
import type { Act } from "../shopify/verbs.ts";

/** In the past, told before the live part begins; or in a round of the live part. */
export type When = { daysAgo: number } | { round: number };

export type Step = {
  when: When;
  who: string;
  act: Act;
  /** Told later than it happened, or more often than once (under the same webhook ids). */
  deliver?: { inRound?: number; copies?: number };
};

/** What Twilio or Customer.io tells of a shopper, in a round of the live part. */
export type HookStep = {
  round: number;
  who: string;
  tell:
    | { kind: "texted"; from: string; body: string }
    /** A text that went out and did not arrive; the report of the failure names no number. */
    | { kind: "undelivered"; to: string; failure: string };
};

/** A commerce event that must be told exactly once; the order or checkout is named as in the steps. */
export type ExpectedEvent = { name: string; order?: Ref; checkout?: Ref };

export type Expectation = {
  who: string;
  /** What this shopper is in the scenario for. */
  story: string;
  /** The profile's address: an email, or the Shopify customer known in the steps by this name. */
  address: { email: string } | { customer: string };
  phone: string | null;
  sms_consent: boolean;
  sms_consent_status: string;
  sms_eligible: boolean;
  sms_ineligible_reason: string | null;
  phone_source: string | null;
  events: readonly ExpectedEvent[];
  /** Events that tell a change between two told versions; they depend on what was told when. */
  changes?: readonly string[];
};

export type Scenario = {
  name: string;
  shop: string;
  /** The shop's default country. */
  country: string;
  /** Settings the shop must have for the expectations to hold, in seconds. */
  quiet: { checkoutStarted: number; checkoutStartedLatest: number; phoneUpdated: number };
  /** Real milliseconds between two live rounds; above 1000, because body times have whole seconds. */
  roundMs: number;
  /** Real seconds to wait before some rounds, so that a quiet time passes. */
  pauses: Readonly<Record<number, number>>;
  steps: readonly Step[];
  hooks: readonly HookStep[];
  people: readonly Expectation[];
};
