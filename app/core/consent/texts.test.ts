import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, HOUR, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, customer, consent, form, imported, order, preference, report, text } =
  createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const account = customer(1, at(-30), { email: "ada@example.com", phone: A });
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear([account, ...messages], { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const consentAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.profile.consent;
const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).eligibility.marketing;

describe("START", () => {
  it("restores what STOP ended, dated from the START", () => {
    const told = [tick, text(A, at(1), "STOP"), text(A, at(2), "START")];
    expect(consentAfter(told)).toMatchObject({ status: "subscribed", at: at(2), givenAt: at(0) });
    expect(reasonsAfter(told)).toEqual([]);
  });

  it("grants nothing where nothing was", () => {
    expect(reasonsAfter([text(A, at(1), "START")])).toEqual(["no_consent"]);
    const told = [text(A, at(1), "STOP"), text(A, at(2), "START")];
    expect(reasonsAfter(told)).toEqual(["no_consent"]);
  });

  it("restores no tick that was taken back", () => {
    const told = [
      tick,
      checkout("c1", at(0, 5), ada),
      text(A, at(1), "STOP"),
      text(A, at(2), "START"),
    ];
    expect(reasonsAfter(told)).toEqual(["no_consent"]);
  });

  it("loses to a STOP of the same moment", () => {
    const told = [tick, text(A, at(1), "START"), text(A, at(1), "STOP")];
    expect(reasonsAfter(told)).toContain("opted_out");
  });

  it("for one number restores no other", () => {
    const other = checkout("c2", at(0), { ...ada, phone: B, ...ticked(B) });
    const told = [tick, other, text(A, at(1), "STOP"), text(A, at(2), "START")];
    const { acts } = adaAfter(told).decision;
    expect(acts.filter(({ kind }) => kind === "restored").map(({ number }) => number)).toEqual([A]);
    const had = adaAfter(told).decision.numbersHad.find(({ e164 }) => e164 === B);
    expect(had?.consentAt).toBeNull();
  });
});

describe("a carrier's block", () => {
  it("outlives a new tick, until START comes from the handset", () => {
    const again = checkout("c2", at(9), { ...ada, ...ticked(A) });
    for (const block of [text(A, at(1), "STOP"), report(A, at(1), "carrier_stop", "21610")]) {
      expect(reasonsAfter([tick, block, again])).toEqual(["carrier_opted_out"]);
      expect(reasonsAfter([tick, block, again, text(A, at(10), "START")])).toEqual([]);
    }
  });

  it("is none where the stop was said elsewhere", () => {
    const again = checkout("c2", at(9), { ...ada, ...ticked(A) });
    expect(reasonsAfter([tick, consent(1, at(1), "unsubscribed", A), again])).toEqual([]);
  });
});

describe("a preference", () => {
  const off = preference(at(1), { customer: "1", channel: "sms", subscribed: false });
  const on = preference(at(2), { customer: "1", channel: "sms", subscribed: true });

  it("without SMS stops, and with SMS again restores", () => {
    expect(reasonsAfter([tick, off])).toEqual(["opted_out"]);
    expect(reasonsAfter([tick, off, on])).toEqual([]);
    expect(reasonsAfter([off, on])).toEqual(["no_consent"]);
  });

  it("against everything is told as such, leaves the consent alone, and can be lifted", () => {
    const everything = { customer: "1", channel: "everything" };
    const none = preference(at(1), { ...everything, subscribed: false });
    const told = adaAfter([tick, none]);
    expect(told.eligibility.marketing).toEqual(["unsubscribed_everywhere"]);
    expect(told.attributes).toMatchObject({ sms_consent: true, sms_fallback_channel: "none" });
    const all = preference(at(2), { ...everything, subscribed: true });
    expect(reasonsAfter([tick, none, all])).toEqual([]);
  });
});

describe("a list's yes", () => {
  const row = { customer: "1", phone: A, consent_source: "old shop", wording: "list-2024" };
  const consented = (days: number) => ({ consented_at: new Date(at(days)).toISOString() });

  it("counts with its own time, source and wording, and not without one of them", () => {
    const whole = { ...row, ...consented(-90) };
    expect(reasonsAfter([imported("1", at(0), whole)])).toEqual([]);
    expect(consentAfter([imported("1", at(0), whole)])).toMatchObject({
      at: at(-90),
      source: "import",
      disclosure: "list-2024",
    });
    for (const field of ["consented_at", "consent_source", "wording"]) {
      const told = [imported("1", at(0), { ...whole, [field]: null })];
      expect(reasonsAfter(told)).toEqual(["no_consent"]);
    }
  });

  it("never counts where a stop is known, older or newer", () => {
    for (const stoppedAt of [-200, -10]) {
      const told = [
        imported("1", at(0), { ...row, ...consented(-90) }),
        consent(1, at(stoppedAt), "unsubscribed", A),
      ];
      expect(reasonsAfter(told)).toContain("opted_out");
    }
  });

  it("from more than eighteen months before is pending until it is confirmed, or lapses", () => {
    const old = imported("1", at(0), { ...row, ...consented(-600) });
    expect(reasonsAfter([old], { asOf: at(1) })).toEqual(["consent_pending"]);
    expect(reasonsAfter([old], { asOf: at(9) })).toEqual(["consent_expired"]);
    expect(reasonsAfter([old, text(A, at(1), "YES")], { asOf: at(9) })).toEqual([]);
  });
});

describe("the wording", () => {
  const settings = {
    disclosures: { "w-1": ["marketing", "cart_reminders"], "w-2": ["transactional"] },
  };
  const entry = (disclosure: string) =>
    form("f1", at(0), { customer: "1", phone: A, ticked: true, disclosure });

  it("names the purposes of a consent, and its version is told", () => {
    const told = adaAfter([entry("w-1")], { settings });
    expect(told.decision.profile.consent.purposes).toEqual(["marketing", "cart_reminders"]);
    expect(told.attributes["sms_consent_disclosure"]).toBe("w-1");
  });

  it("that does not name marketing makes nobody eligible for it", () => {
    const told = adaAfter([entry("w-2")], { settings });
    expect(told.eligibility.marketing).toEqual(["no_consent"]);
    expect(told.attributes["sms_consent"]).toBe(false);
  });

  it("names marketing alone where the shop described no such version", () => {
    expect(consentAfter([entry("w-9")], { settings }).purposes).toEqual(["marketing"]);
  });

  it("of the checkout is the one the shop says it shows", () => {
    const shown = { ...settings, checkout_disclosure: "w-1" };
    expect(consentAfter([tick], { settings: shown })).toMatchObject({
      disclosure: "w-1",
      purposes: ["marketing", "cart_reminders"],
    });
  });

  it("makes cart reminders eligible in the US only together with a confirmation", () => {
    const cartOf = (messages: Message[]) => adaAfter(messages, { settings }).eligibility.cart;
    expect(cartOf([entry("w-1")])).toEqual(["cart_wording"]);
    const confirmed = { ...settings, double_opt_in: true };
    const told = adaAfter([entry("w-1"), text(A, at(0, 5), "yes")], { settings: confirmed });
    expect(told.eligibility.cart).toEqual([]);
  });
});

describe("a confirmation", () => {
  const settings = { double_opt_in: true };

  it("answered while open confirms, and a later tick for that number needs none", () => {
    const told = [tick, text(A, at(1), "YES"), checkout("c2", at(50), { ...ada, ...ticked(A) })];
    expect(consentAfter(told, { settings })).toMatchObject({
      status: "subscribed",
      level: "confirmed_opt_in",
    });
  });

  it("is closed by a stop: a YES after it confirms nothing", () => {
    const told = [tick, text(A, at(0, 30), "STOP"), text(A, at(1), "YES")];
    expect(reasonsAfter(told, { settings })).toContain("opted_out");
  });

  it("answered from another number confirms nothing", () => {
    const told = [tick, order(9, at(0), { ...ada, phone: B }), text(B, at(1), "YES")];
    const { acts } = adaAfter(told, { settings, asOf: at(0) + 72 * HOUR }).decision;
    expect(acts.some(({ kind, number }) => kind === "yes" && number === B)).toBe(true);
    expect(adaAfter(told, { settings }).eligibility.marketing.length).toBeGreaterThan(0);
  });
});
