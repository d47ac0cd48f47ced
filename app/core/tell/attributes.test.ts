// What single attributes say, where random histories seldom get.

import { describe, expect, it } from "vitest";

import { textingWindow } from "../places/texting-window.ts";
import type { Eligibility, IneligibleReason } from "../profile/eligibility.ts";
import { NO_HOLDERS } from "../profile/eligibility.ts";
import { placesOfPhone } from "../profile/phone.ts";
import type { Message, World } from "../testing/hear.ts";
import { hear, policyOf } from "../testing/hear.ts";
import { buyer, createTeller, DAY, START, ticked } from "../testing/tell.ts";
import { attributesOf } from "./attributes.ts";
import { placeNow } from "./place-now.ts";
import { NO_PLACE } from "./values/subject.ts";

const A = "+14155552671";
const { checkout, order, preference, text } = createTeller(() => ({}));
const at = (days: number): number => START + days * DAY;
const ada = { email: "ada@example.com", customer: buyer(1) };
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });

function adaAfter(messages: Message[], world: Partial<World> = {}) {
  const told = hear(messages, { asOf: at(9), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

/** What is told of who ticked A, where it is judged like this. */
function toldWhen(
  reasons: Partial<Eligibility>,
  settings: World["settings"] = {},
  others: Partial<typeof NO_HOLDERS> = {},
  messages: Message[] = [tick],
) {
  const { profile } = adaAfter(messages).decision;
  const eligibility = { marketing: [], cart: [], transactional: [], ...reasons };
  const policy = policyOf({ settings });
  const holders = { ...NO_HOLDERS, ...others };
  return attributesOf(profile, eligibility, holders, policy.settings, NO_PLACE);
}

describe("whether somebody may be texted", () => {
  it("is told of each kind of text by itself, with the first reason against it", () => {
    expect(toldWhen({})).toMatchObject({
      ...{ sms_eligible: true, sms_cart_eligible: true, sms_transactional_eligible: true },
      ...{ sms_marketing_phone: A, sms_transactional_phone: A },
    });
    const marketing: IneligibleReason[] = ["opted_out", "no_consent"];
    const told = toldWhen({
      ...{ marketing, cart: ["cart_wording", "no_consent"], transactional: ["order_updates_off"] },
    });
    expect(told).toMatchObject({
      ...{ sms_eligible: false, sms_cart_eligible: false, sms_transactional_eligible: false },
      sms_ineligible_reason: "opted_out",
      sms_cart_ineligible_reason: "cart_wording",
      sms_transactional_ineligible_reason: "order_updates_off",
    });
    expect(told).not.toHaveProperty("sms_marketing_phone");
    expect(told).not.toHaveProperty("sms_transactional_phone");
  });

  it("is a holdout's only where nothing else is against it", () => {
    expect(toldWhen({ marketing: ["holdout"] })).toMatchObject({ sms_holdout: true });
    expect(toldWhen({ marketing: [] })).toMatchObject({ sms_holdout: false });
    expect(toldWhen({ marketing: ["no_consent"] })).toMatchObject({ sms_holdout: false });
    expect(toldWhen({ marketing: ["no_consent", "holdout"] })).toMatchObject({
      sms_holdout: false,
    });
    expect(toldWhen({ marketing: ["holdout", "no_consent"] })).toMatchObject({
      sms_holdout: false,
    });
  });

  it("names the email to use instead, unless that is not wanted either", () => {
    const marketing: IneligibleReason[] = ["no_consent"];
    expect(toldWhen({ marketing })).toMatchObject({ sms_fallback_channel: "email" });
    expect(toldWhen({})).not.toHaveProperty("sms_fallback_channel");
    const off = { channel: "everything", customer: "1", subscribed: false };
    const unwanted = toldWhen({ marketing }, {}, {}, [tick, preference(at(1), off)]);
    expect(unwanted).toMatchObject({ sms_fallback_channel: "none" });
    const nameless = checkout("c1", at(0), { customer: buyer(1), ...ticked(A) });
    expect(toldWhen({ marketing }, {}, {}, [nameless])).toMatchObject({
      sms_fallback_channel: "none",
    });
  });

  it("with pictures is so where the number takes them and texts may be sent", () => {
    expect(adaAfter([tick]).decision.profile.phone?.mms).toBe(true);
    expect(toldWhen({})).toMatchObject({ mms_eligible: true });
    expect(toldWhen({ marketing: ["no_consent"] })).toMatchObject({ mms_eligible: false });
    const french = checkout("c1", at(0), { ...ada, ...ticked("+33612345678") });
    expect(adaAfter([french]).decision.profile.phone?.mms).toBe(false);
    expect(toldWhen({}, {}, {}, [french])).toMatchObject({ mms_eligible: false });
    const unknown = order(10, at(0), ada);
    expect(toldWhen({}, {}, {}, [unknown])).toMatchObject({ mms_eligible: false });
    expect(toldWhen({}, {}, {}, [unknown])).not.toHaveProperty("sms_marketing_phone");
    expect(toldWhen({}, {}, {}, [unknown])).not.toHaveProperty("sms_transactional_phone");
  });
});

describe("the number", () => {
  it("is told where the shop wants it: always, while any text may be sent, or never", () => {
    const neither: Partial<Eligibility> = {
      ...{ marketing: ["no_consent"], transactional: ["order_updates_off"] },
    };
    const phoneWhen = (reasons: Partial<Eligibility>, phone_attribute: string) =>
      toldWhen(reasons, { phone_attribute })["phone"];
    expect(phoneWhen(neither, "always")).toBe(A);
    expect(phoneWhen(neither, "when_textable")).toBeUndefined();
    expect(phoneWhen({ ...neither, transactional: [] }, "when_textable")).toBe(A);
    expect(phoneWhen({ ...neither, marketing: [] }, "when_textable")).toBe(A);
    expect(phoneWhen({}, "never")).toBeUndefined();
  });

  it("that is a candidate is not told where numbers never are", () => {
    const told = [tick, order(10, at(5), { ...ada, phone: "+14155552672" })];
    const candidateWhen = (phone_attribute: string) =>
      toldWhen({}, { phone_attribute }, {}, told)["phone_candidate"];
    expect(candidateWhen("always")).toBe("+14155552672");
    expect(candidateWhen("never")).toBeUndefined();
  });

  it("is shared where more than one person has it", () => {
    expect(toldWhen({}, {}, { count: 1 })).toMatchObject({ phone_shared: false });
    expect(toldWhen({}, {}, { count: 2 })).toMatchObject({ phone_shared: true });
    expect(toldWhen({}, {}, { count: 2 }, [order(10, at(0), ada)])).not.toHaveProperty(
      "phone_shared",
    );
  });
});

it("a checkout is no longer open when another with the number orders, also at that moment", () => {
  const open = (othersOrderedAt: number | null) =>
    toldWhen({}, {}, { othersOrderedAt })["checkout_open"];
  expect([null, at(-1), at(0), at(1)].map(open)).toEqual([true, true, false, false]);
});

describe("consent", () => {
  it("is marketing's: one for order updates alone is told as none", () => {
    const told = adaAfter([tick]);
    const consent = { ...told.decision.profile.consent, purposes: ["transactional"] as const };
    const profile = { ...told.decision.profile, consent };
    const { settings } = policyOf({});
    const attributes = attributesOf(profile, told.eligibility, NO_HOLDERS, settings, NO_PLACE);
    expect(attributes).toMatchObject({ sms_consent: false, sms_consent_status: "subscribed" });
  });

  it("is not there while it waits for a confirmation", () => {
    const { attributes } = adaAfter([tick], { asOf: at(1), settings: { double_opt_in: true } });
    expect(attributes).toMatchObject({ sms_consent: false, sms_consent_status: "pending" });
  });
});

it("only what the shop has switched on is told besides", () => {
  const stopped = adaAfter([tick, text(A, at(1), "STOP")], {
    settings: { attributes_on: ["sms_unsubscribed"] },
  });
  expect(stopped.attributes).toMatchObject({ sms_unsubscribed: true });
  expect(stopped.attributes).not.toHaveProperty("timezone");
  const on = { settings: { attributes_on: ["sms_unsubscribed"] } };
  expect(adaAfter([tick], on).attributes).toMatchObject({ sms_unsubscribed: false });
  const off = preference(at(1), { customer: "1", channel: "sms", subscribed: false });
  const again = checkout("c2", at(2), { ...ada, ...ticked(A) });
  const unanswered = { settings: { ...on.settings, double_opt_in: true }, asOf: at(3) };
  expect(adaAfter([tick, off], on).attributes).toMatchObject({ sms_unsubscribed: true });
  // A tick that was not confirmed has not lifted the stop.
  expect(adaAfter([tick, off, again], unanswered).attributes).toMatchObject({
    ...{ sms_consent_status: "pending", sms_unsubscribed: true },
  });
});

it("where the phone may be is told with the hours in which texts are lawful there", () => {
  const asOf = at(9);
  const { decision, attributes } = adaAfter([tick], { settings: { attributes_on: ["timezone"] } });
  const { phone, shopper } = decision.profile;
  const window = phone && textingWindow(placesOfPhone(phone, shopper), asOf);
  expect(window).not.toBeNull();
  expect(placeNow(decision.profile, asOf)).toEqual({
    window: { start: window?.start, end: window?.end },
    timezone: "America/Los_Angeles",
  });
  expect(attributes).toMatchObject({
    ...{ sms_window_start: window?.start, sms_window_end: window?.end },
    timezone: "America/Los_Angeles",
  });
  expect(placeNow({ ...decision.profile, phone: null }, asOf)).toEqual(NO_PLACE);
});
