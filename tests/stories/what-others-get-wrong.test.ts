// What no other way from Shopify to Customer.io was seen to do, told as shoppers' stories.

import { describe, expect } from "vitest";

import { explain, sentencesOf } from "#app/core/explain/explain.ts";
import { buyer, iso, ticked } from "#app/core/testing/tell.ts";
import {
  A,
  ada,
  at,
  B,
  checkout,
  consent,
  customer,
  HOUSEHOLD,
  order,
  own,
  phoneOf,
  reasonOf,
  story,
} from "./story.ts";

describe("what others get wrong", () => {
  story(
    "every decision can be read: why this number, why not the others, why (not) texted",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      order(10, at(20), { ...ada, phone: B }),
      order(11, at(21), { ...ada, phone: "415-555-26" }),
    ],
    (who) => {
      const { decision, eligibility } = who("email:ada@example.com");
      expect(sentencesOf(explain(decision, eligibility))).toEqual([
        `The number is ${A}: it was ticked for texts in a checkout on 2026-03-02.`,
        '"415-555-26", typed as the contact of an order on 2026-03-23, is not used. The number has too few digits.',
        `${B}, typed as the contact of an order on 2026-03-22, says less about the shopper than where ${A} was given.`,
        `${B} is newer and may be the shopper's number by now, but has not won yet.`,
        "The shopper agreed to texts at this number on 2026-03-02 in a checkout.",
        "May be sent marketing texts.",
        "May not be sent cart reminders, because the consent is not a confirmed one whose wording names cart reminders.",
        "May not be sent order updates, because the shop has not switched order updates on.",
      ]);
    },
  );

  story(
    "a consent does not travel with a changed number, and the new one is asked about where the shop asks",
    [
      customer(1, at(-9), { ...ada, phone: A, created_at: iso(at(-9)) }),
      own.form("f1", at(0), { customer: "1", phone: A, ticked: true, disclosure: "popup-7" }),
      customer(1, at(9), { ...ada, phone: B, created_at: iso(at(-9)) }),
      consent(1, at(9), "subscribed", B, { consent_updated_at: iso(at(0)) }),
    ],
    (who) => {
      const told = who("customer:1");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
    },
  );

  story(
    "a consent is bound to its number and to what its wording named",
    [own.form("f1", at(0), { ...ada, phone: A, ticked: true, disclosure: "shipping-only" })],
    (who) => {
      const told = who("email:ada@example.com");
      expect(told.attributes).toMatchObject({
        sms_consent_status: "subscribed",
        sms_consent_disclosure: "shipping-only",
        sms_consent: false,
        sms_eligible: false,
        sms_transactional_eligible: true,
      });
    },
    { settings: { disclosures: { "shipping-only": ["transactional"] }, transactional_sms: true } },
  );

  for (const [policy, she, he] of [
    ["one", undefined, "shared_number"],
    ["all", undefined, undefined],
    ["nobody", "shared_number", "shared_number"],
  ]) {
    story(
      `a household's number, both ticked, under the policy "${policy}"`,
      [
        checkout("c1", at(0), { email: "he@example.com", phone: HOUSEHOLD, ...ticked(HOUSEHOLD) }),
        checkout("c2", at(3), { email: "she@example.com", phone: HOUSEHOLD, ...ticked(HOUSEHOLD) }),
      ],
      (who) => {
        expect(reasonOf(who("email:she@example.com"))).toBe(she ?? null);
        expect(reasonOf(who("email:he@example.com"))).toBe(he ?? null);
        expect(who("email:he@example.com").attributes["phone_shared"]).toBe(true);
      },
      { settings: { shared_numbers: policy } },
    );
  }

  story(
    "a number of the wrong country waits for a person, and counts from its own time once it is read",
    [
      checkout("c1", at(0), {
        ...ada,
        customer: buyer(1, ada),
        billing_address: { country_code: "US" },
        ...ticked("442071838750"),
      }),
      own.noted("n1", at(7), {
        customer: "1",
        resolves: { raw: "442071838750", e164: "+447400123456" },
      }),
    ],
    (who) => {
      const { attributes } = who("customer:1");
      expect(attributes).toMatchObject({
        phone: "+447400123456",
        phone_country: "GB",
        sms_eligible: true,
        sms_consent_timestamp: at(0) / 1000,
      });
    },
  );

  story(
    "whoever is looked up to be a landline is not eligible, and not because of the consent",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      own.report(A, at(1), "landline", "lookup"),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(reasonOf(told)).toBe("not_sms_capable");
      expect(told.attributes).toMatchObject({ sms_consent: true, phone_type: "fixed_line" });
    },
  );

  story(
    "a number that went to somebody else takes no consent along, and no order updates",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      own.report(A, at(30), "reassigned", "carrier"),
    ],
    (who) => {
      const { eligibility } = who("email:ada@example.com");
      expect(eligibility.marketing[0]).toBe("number_reassigned");
      expect(eligibility.transactional).toEqual(["number_reassigned"]);
    },
    { settings: { transactional_sms: true } },
  );
});
