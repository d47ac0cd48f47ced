import { describe, expect, it } from "vitest";

import type { Message, World } from "../testing/hear.ts";
import { hear, policyOf } from "../testing/hear.ts";
import { createTeller, DAY, START, ticked } from "../testing/tell.ts";
import { judge } from "./eligibility.ts";

const A = "+14155552671";
const BRITISH = "+447911123456";
const NO_COUNTRY = "+80012345678";
const { checkout, order } = createTeller(() => ({}));

function judged(messages: Message[], world: Partial<World> = {}, who = "email:ada@example.com") {
  const told = hear(messages, { asOf: START + 9 * DAY, ...world }).get(who);
  if (!told) throw new Error("nobody is told of");
  return told;
}

const tickFor = (phone: string, email = "ada@example.com", day = 0) =>
  checkout(`of ${email}`.replaceAll(/\W/g, "-"), START + day * DAY, {
    email,
    phone,
    ...ticked(phone),
  });

const reasonsFor = (phone: string, settings: Record<string, unknown>) =>
  judged([tickFor(phone)], { settings }).eligibility.marketing;

describe("eligibility", () => {
  it("needs a country the shop texts to and its sender can reach", () => {
    expect(reasonsFor(BRITISH, {})).toEqual([]);
    expect(reasonsFor(BRITISH, { countries: ["US"] })).toEqual(["country_not_supported"]);
    expect(reasonsFor(BRITISH, { sms_provider: "customerio" })).toEqual(["country_not_supported"]);
    expect(reasonsFor(BRITISH, { sms_provider: "customerio", countries: ["GB"] })).toEqual([
      "country_not_supported",
    ]);
    expect(reasonsFor(A, { sms_provider: "customerio" })).toEqual([]);
    expect(reasonsFor(NO_COUNTRY, { countries: ["US"] })).toContain("country_not_supported");
  });

  it("for carts needs a wording that names them in the US, which a checkout's tick never does", () => {
    const cart = (phone: string, settings = {}) =>
      judged([tickFor(phone)], { settings }).eligibility.cart;
    expect(cart(A)).toEqual(["cart_wording"]);
    expect(cart(A, { cart_wording_required: false })).toEqual([]);
    expect(cart(BRITISH)).toEqual([]);
  });

  it("for order updates needs no consent, but a shop that wants them and nobody who said stop", () => {
    const bought = order(10, START, { email: "ada@example.com", phone: A });
    const transactional = (world: Partial<World>) =>
      judged([bought], world).eligibility.transactional;
    expect(transactional({})).toEqual(["order_updates_off"]);
    const settings = { transactional_sms: true };
    expect(transactional({ settings })).toEqual([]);
    expect(transactional({ settings, stops: { [A]: START - DAY } })).toEqual(["opted_out"]);
  });

  it("is told by its first reason, and all are kept in order", () => {
    const settings = { countries: ["GB"], shared_numbers: "nobody" };
    const stops = { [A]: START + DAY };
    const told = judged([tickFor(A), tickFor(A, "ben@example.com")], { settings, stops });
    expect(told.eligibility.marketing).toEqual([
      "opted_out",
      "country_not_supported",
      "shared_number",
    ]);
    expect(told.attributes["sms_ineligible_reason"]).toBe("opted_out");
  });

  it("of a shared number goes by the shop's policy", () => {
    const both = [tickFor(A), tickFor(A, "ben@example.com", 1)];
    const eligible = (shared_numbers: string) =>
      ["ada", "ben"].filter((name) => {
        const { eligibility } = judged(
          both,
          { settings: { shared_numbers } },
          `email:${name}@example.com`,
        );
        return eligibility.marketing.length === 0;
      });
    expect(eligible("one")).toEqual(["ben"]);
    expect(eligible("all")).toEqual(["ada", "ben"]);
    expect(eligible("nobody")).toEqual([]);
    expect(judged(both).attributes["phone_shared"]).toBe(true);
  });

  it("ends for everybody when more than five have the number", () => {
    const crowd = Array.from({ length: 6 }, (_, index) =>
      tickFor(A, `shopper${index}@example.com`),
    );
    const reasons = (some: Message[]) =>
      judged(some, {}, "email:shopper5@example.com").eligibility.marketing;
    expect(reasons(crowd)).toContain("not_personal");
    expect(reasons(crowd.slice(1))).not.toContain("not_personal");
  });

  it("of the control group is held out for marketing alone", () => {
    const { decision, holders } = judged([tickFor(A)]);
    const { settings } = policyOf({ settings: { transactional_sms: true } });
    expect(judge(decision.profile, holders, settings, true)).toMatchObject({
      marketing: ["holdout"],
      transactional: [],
    });
  });

  it("is no matter of the setting that hides the number", () => {
    const attributes = (phone_attribute: string, phone = A) =>
      judged([tickFor(phone)], { settings: { phone_attribute, countries: ["US"] } }).attributes;
    expect(attributes("never")).not.toHaveProperty("phone");
    expect(attributes("never")["sms_marketing_phone"]).toBe(A);
    expect(attributes("when_textable")["phone"]).toBe(A);
    expect(attributes("when_textable", BRITISH)).not.toHaveProperty("phone");
    expect(attributes("always", BRITISH)["phone"]).toBe(BRITISH);
  });
});
