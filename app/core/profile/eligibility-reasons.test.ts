import { describe, expect, it } from "vitest";

import { hear, policyOf } from "../testing/hear.ts";
import { createTeller, DAY, START, ticked } from "../testing/tell.ts";
import type { Eligibility, IneligibleReason, NumberHolders } from "./eligibility.ts";
import { judge, NO_HOLDERS } from "./eligibility.ts";
import type { Phone } from "./phone.ts";
import type { Profile } from "./profile.ts";

const A = "+14155552671";
const { checkout } = createTeller(() => ({}));

/** Somebody whom nothing keeps from being texted. */
const told = hear([checkout("c1", START, { email: "ada@example.com", phone: A, ...ticked(A) })], {
  asOf: START + DAY,
}).get("email:ada@example.com");
if (!told?.decision.profile.phone) throw new Error("nobody has a number");
const { profile } = told.decision;
const { phone, consent } = told.decision.profile;

type Case = {
  of?: Partial<Profile>;
  phone?: Partial<Phone>;
  consent?: Partial<Profile["consent"]>;
  holders?: Partial<NumberHolders>;
  settings?: Record<string, unknown>;
  heldOut?: boolean;
};

function judged(one: Case): Eligibility {
  const { settings } = policyOf({ settings: { transactional_sms: true, ...one.settings } });
  const changed = {
    ...profile,
    phone: { ...phone, ...one.phone },
    consent: { ...consent, ...one.consent },
    ...one.of,
  };
  return judge(changed, { ...NO_HOLDERS, ...one.holders }, settings, one.heldOut ?? false);
}

/** What speaks against a text, each alone. */
const OF_NUMBER: [IneligibleReason, Case][] = [
  ["no_phone", { of: { phone: null } }],
  ["invalid_phone", { of: { phone: null, unreadable: true } }],
  ["not_personal", { holders: { count: 6 } }],
  ["not_sms_capable", { phone: { takesTexts: false } }],
  ["number_reassigned", { phone: { reassigned: true } }],
  ["undeliverable", { phone: { dead: true } }],
];
const OF_STOPS: [IneligibleReason, Case][] = [
  ["opted_out", { consent: { status: "unsubscribed" } }],
  ["opted_out", { consent: { stopped: true } }],
  ["carrier_opted_out", { phone: { carrierStopped: true } }],
  ["unsubscribed_everywhere", { of: { unsubscribedEverywhere: true } }],
];
const OF_CONSENT: [IneligibleReason, Case][] = [
  ["consent_pending", { consent: { status: "pending" } }],
  ["consent_expired", { consent: { status: "expired" } }],
  ["no_consent", { consent: { status: "not_subscribed" } }],
  ["no_consent", { consent: { status: "redacted" } }],
  ["no_consent", { consent: { purposes: ["cart_reminders", "transactional"] } }],
];
const OF_COUNTRY: [IneligibleReason, Case][] = [
  ["country_not_supported", { settings: { countries: ["GB"] } }],
  ["country_not_supported", { settings: { sms_provider: "customerio" }, phone: { country: "GB" } }],
];
const OF_OTHERS: [IneligibleReason, Case][] = [
  ["shared_number", { holders: { count: 2, latestGrantIsTheirs: false } }],
  ["shared_number", { holders: { count: 2 }, settings: { shared_numbers: "nobody" } }],
  ["holdout", { heldOut: true }],
];

describe("a single reason is enough", () => {
  it.each([...OF_NUMBER, ...OF_STOPS, ...OF_CONSENT, ...OF_COUNTRY, ...OF_OTHERS])(
    "against marketing: %s",
    (reason, one) => expect(judged(one).marketing).toEqual([reason]),
  );

  it.each([...OF_NUMBER, ...OF_STOPS, ...OF_COUNTRY])("against order updates: %s", (reason, one) =>
    expect(judged(one).transactional).toEqual([reason]),
  );

  it.each([...OF_CONSENT, ...OF_OTHERS])(
    "against marketing is none against order updates: %s",
    (_, one) => expect(judged(one).transactional).toEqual([]),
  );

  it("and where there is none all three are allowed, but carts need their wording", () => {
    expect(judged({})).toEqual({ marketing: [], cart: ["cart_wording"], transactional: [] });
  });
});

describe("the reasons that apply", () => {
  it("are told in one fixed order, those of the number first and the holdout last", () => {
    const all: Case = {
      of: { unsubscribedEverywhere: true },
      phone: { takesTexts: false, reassigned: true, dead: true, carrierStopped: true },
      consent: { status: "pending", stopped: true },
      holders: { count: 6, latestGrantIsTheirs: false },
      settings: { countries: ["GB"] },
      heldOut: true,
    };
    const expected = [
      "not_personal",
      "not_sms_capable",
      "number_reassigned",
      "undeliverable",
      "opted_out",
      "carrier_opted_out",
      "unsubscribed_everywhere",
      "consent_pending",
      "country_not_supported",
      "shared_number",
      "holdout",
    ];
    expect(judged(all).marketing).toEqual(expected);
    expect(judged(all).cart).toEqual([...expected, "cart_wording"]);
  });

  it.each(["expired", "not_subscribed"] as const)(
    "have a consent that is %s after the stop and before the country",
    (status) => {
      const [, stop, reason, country] = [
        ...judged({
          of: { unsubscribedEverywhere: true },
          phone: { carrierStopped: true },
          consent: { status },
          settings: { countries: ["GB"] },
        }).marketing,
      ];
      expect([stop, country]).toEqual(["unsubscribed_everywhere", "country_not_supported"]);
      expect(reason).toBe(status === "expired" ? "consent_expired" : "no_consent");
    },
  );

  it("without a number have the missing number first", () => {
    const out = { consent: { status: "unsubscribed" }, heldOut: true } as const;
    const { marketing } = judged({ ...out, of: { phone: null } });
    expect(marketing).toEqual(["no_phone", "opted_out", "holdout"]);
    const unread = judged({ ...out, of: { phone: null, unreadable: true } });
    expect(unread.marketing).toEqual(["invalid_phone", "opted_out", "holdout"]);
  });

  it("of a number that others got since tell that before the missing consent", () => {
    for (const status of ["not_subscribed", "redacted"] as const) {
      const { marketing } = judged({ consent: { status, reassigned: true } });
      expect(marketing).toEqual(["number_reassigned", "no_consent"]);
    }
  });

  it("are each told once", () => {
    const { marketing } = judged({
      phone: { reassigned: true },
      consent: { status: "not_subscribed", reassigned: true },
    });
    expect(marketing).toEqual(["number_reassigned", "no_consent"]);
  });
});

describe("who shares a number", () => {
  it("is no matter while nobody else has it, nor where everybody may be texted", () => {
    const late = { latestGrantIsTheirs: false };
    expect(judged({ holders: { count: 1, ...late } }).marketing).toEqual([]);
    expect(
      judged({ holders: { count: 1 }, settings: { shared_numbers: "nobody" } }).marketing,
    ).toEqual([]);
    const all = { settings: { shared_numbers: "all" } };
    expect(judged({ holders: { count: 5, ...late }, ...all }).marketing).toEqual([]);
    expect(judged({ holders: { count: 5 } }).marketing).toEqual([]);
  });
});

describe("a cart reminder", () => {
  const named = ["marketing", "cart_reminders"] as const;
  const confirmed = { level: "confirmed_opt_in" } as const;
  const cartOf = (one: Case) => judged(one).cart;

  it.each(["US", "CA"])(
    "in %s needs both a confirmed opt-in and a wording that names it",
    (country) => {
      const there = { phone: { country } };
      expect(cartOf({ ...there, consent: { ...confirmed, purposes: named } })).toEqual([]);
      for (const lacking of [
        { ...confirmed, purposes: ["marketing"] as const },
        { level: "single_opt_in", purposes: named } as const,
        { level: "unknown", purposes: named } as const,
        { level: null, purposes: named },
      ]) {
        expect(cartOf({ ...there, consent: lacking })).toEqual(["cart_wording"]);
      }
    },
  );

  it("elsewhere, to a number of no country or where the shop waives it, needs neither", () => {
    expect(cartOf({ phone: { country: "GB" } })).toEqual([]);
    expect(cartOf({ phone: { country: null } })).toEqual([]);
    expect(cartOf({ of: { phone: null } })).toEqual(["no_phone"]);
    expect(cartOf({ settings: { cart_wording_required: false } })).toEqual([]);
  });

  it("goes to nobody who gets no marketing", () => {
    const agreed = { ...confirmed, purposes: named };
    expect(cartOf({ consent: agreed, heldOut: true })).toEqual(["holdout"]);
  });
});

describe("a country", () => {
  it("is supported when it is on every list there is", () => {
    const supported = (country: string | null, settings: Case["settings"] = {}) =>
      judged({ phone: { country }, settings }).marketing.length === 0;
    expect(supported("GB")).toBe(true);
    expect(supported(null)).toBe(true);
    expect(supported(null, { countries: ["US"] })).toBe(false);
    expect(supported(null, { sms_provider: "customerio" })).toBe(false);
    expect(supported("CA", { sms_provider: "customerio" })).toBe(true);
    expect(supported("CA", { sms_provider: "customerio", countries: ["US"] })).toBe(false);
    expect(supported("GB", { countries: ["US", "GB"] })).toBe(true);
  });
});
