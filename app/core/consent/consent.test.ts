import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, HOUR, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, order, customer, consent, tell } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const account = customer(1, at(-30), { email: "ada@example.com", phone: A });

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear([account, ...messages], { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const consentAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.profile.consent;
const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).eligibility.marketing;

describe("a tick", () => {
  it("is dated from the first message of its last unbroken run", () => {
    const told = [
      checkout("c1", at(0), { ...ada, ...ticked(A) }),
      checkout("c1", at(0, 1), ada),
      checkout("c1", at(0, 2), { ...ada, ...ticked(A) }),
      checkout("c1", at(0, 3), { ...ada, ...ticked(A) }),
    ];
    expect(consentAfter(told)).toMatchObject({ status: "subscribed", at: at(0, 2) });
  });

  it("is taken back by un-ticking, by another number, and by no number", () => {
    const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });
    for (const then of [
      ada,
      { ...ada, ...ticked(B) },
      { ...ada, buyer_accepts_sms_marketing: true },
    ]) {
      const { choice, acts } = adaAfter([tick, checkout("c1", at(0, 5), then)]).decision;
      const stands = acts.some(
        ({ kind, number, stands: is }) => kind === "grant" && number === A && is,
      );
      expect(stands).toBe(false);
      expect(choice.own.has(A)).toBe(true);
    }
  });

  it("in one checkout is not taken back by another checkout", () => {
    const told = [checkout("c1", at(0), { ...ada, ...ticked(A) }), checkout("c2", at(1), ada)];
    expect(consentAfter(told).status).toBe("subscribed");
  });

  it("outlives the deletion of its checkout", () => {
    const gone = tell("checkouts/delete", at(1), { cart_token: "k1" });
    const told = [checkout("c1", at(0), { ...ada, cart_token: "k1", ...ticked(A) }), gone];
    expect(consentAfter(told).status).toBe("subscribed");
  });

  it("that staff or a till clicked grants nothing", () => {
    for (const channel of [
      { user_id: 5 },
      { source_name: "pos" },
      { source_name: "shopify_draft_order" },
    ]) {
      expect(
        consentAfter([checkout("c1", at(0), { ...ada, ...channel, ...ticked(A) })]).status,
      ).toBe("not_subscribed");
    }
  });

  it("in a checkout paid by a test order grants nothing, and its number is nobody's", () => {
    const told = adaAfter([
      checkout("c1", at(0), { ...ada, phone: B, ...ticked(B) }),
      order(10, at(0, 5), { ...ada, phone: B, checkout_token: "c1", test: true }),
    ]);
    expect(told.decision.acts).toEqual([]);
    expect(told.decision.choice.own.has(B)).toBe(false);
  });

  it("for a national number is for the number the billing country makes of it", () => {
    const french = { ...ada, phone: null, billing_address: { country_code: "FR" } };
    const told = adaAfter([checkout("c1", at(0), { ...french, ...ticked("06 12 34 56 78") })]);
    expect(told.decision.profile).toMatchObject({
      phone: { e164: "+33612345678", source: "checkout_consent" },
      consent: { status: "subscribed" },
    });
  });
});

describe("what Shopify records", () => {
  const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });

  it("within fifteen minutes of a tick is the same act, and falls with it", () => {
    const echo = consent(1, at(0, 15), "subscribed", A);
    expect(consentAfter([tick, echo])).toMatchObject({ status: "subscribed", at: at(0) });
    expect(consentAfter([tick, echo, checkout("c1", at(0, 20), ada)]).status).toBe(
      "not_subscribed",
    );
  });

  it("later than that is an act of its own", () => {
    const record = consent(1, at(0, 16), "subscribed", A);
    const told = [tick, record, checkout("c1", at(1), ada)];
    expect(consentAfter(told)).toMatchObject({
      status: "subscribed",
      source: "shopify",
      at: at(0, 16),
    });
  });

  it("never lifts a stop, and is kept for somebody to look at", () => {
    const told = [consent(1, at(1), "unsubscribed", A), consent(1, at(2), "subscribed", A)];
    expect(consentAfter(told)).toMatchObject({ status: "unsubscribed", contradicted: true });
  });

  it("without a number is nothing", () => {
    expect(consentAfter([consent(1, at(0), "subscribed", null)]).status).toBe("not_subscribed");
  });

  it("for a number the account has not shown yet waits until it does", () => {
    const record = consent(1, at(2), "subscribed", B);
    expect(adaAfter([record]).decision.acts).toEqual([]);
    const shown = customer(1, at(1), {
      email: "ada@example.com",
      phone: B,
      created_at: iso(at(-30)),
    });
    expect(consentAfter([record, shown])).toMatchObject({ status: "subscribed", at: at(2) });
  });

  it("once for two numbers was for the one told first", () => {
    const told = [consent(2, at(0), "subscribed", A)];
    const moved = { ...consent(2, at(0), "subscribed", B), triggeredAt: at(5) };
    const [one] = hear([...told, moved], { asOf: at(9) }).values();
    expect(one?.decision.acts.map(({ number }) => number)).toEqual([A]);
  });

  it("as not_subscribed takes back its own record, not a tick, and is no stop", () => {
    const ended = consent(1, at(3), "not_subscribed", A);
    expect(reasonsAfter([consent(1, at(2), "subscribed", A), ended])).toEqual(["no_consent"]);
    expect(reasonsAfter([tick, ended])).toEqual([]);
  });

  it("as pending waits, also for a tick that Shopify wants confirmed, until it is", () => {
    const pending = consent(1, at(0, 1), "pending", A);
    expect(reasonsAfter([pending])).toEqual(["consent_pending"]);
    expect(reasonsAfter([tick, pending], { asOf: at(1) })).toEqual(["consent_pending"]);
    expect(reasonsAfter([tick, pending], { asOf: at(4) })).toEqual(["consent_expired"]);
    expect(reasonsAfter([tick, pending, consent(1, at(0, 9), "subscribed", A)])).toEqual([]);
  });

  it("as redacted forgets every yes before it, and no stop", () => {
    expect(consentAfter([tick, consent(1, at(3), "redacted", null)]).status).toBe("redacted");
    const stopped = [
      tick,
      consent(1, at(1), "unsubscribed", A),
      consent(1, at(3), "redacted", null),
    ];
    const told = adaAfter(stopped);
    expect(told.eligibility.transactional).toContain("opted_out");
  });

  it("with a null state is nothing", () => {
    expect(consentAfter([tick, consent(1, at(3), null, A)]).status).toBe("subscribed");
  });
});

describe("a stop", () => {
  const tickA = checkout("c1", at(0), { ...ada, ...ticked(A) });

  it("wins over a tick of the same instant", () => {
    expect(reasonsAfter([tickA, consent(1, at(0), "unsubscribed", A)])).toEqual(["opted_out"]);
  });

  it("for one number ends every other of who said it, and a later tick is for its number only", () => {
    const told = [tickA, consent(1, at(1), "unsubscribed", B)];
    expect(reasonsAfter(told)).toEqual(["opted_out"]);
    const again = [...told, checkout("c2", at(2), { ...ada, phone: B, ...ticked(B) })];
    expect(adaAfter(again).decision.numbersHad).toMatchObject([
      { e164: A, consentAt: null },
      { e164: B, consentAt: at(2) },
    ]);
  });

  it("without a number is that customer's, for all their numbers", () => {
    expect(reasonsAfter([tickA, consent(1, at(1), "unsubscribed", null)])).toEqual(["opted_out"]);
  });

  it("counts for everybody who has the number, and is lifted by each for themselves", () => {
    const theirs = { email: "ben@example.com", phone: A, ...ticked(A) };
    const told = [
      tickA,
      checkout("c9", at(0), theirs),
      consent(1, at(1), "unsubscribed", A),
      checkout("c8", at(2), theirs),
    ];
    const people = hear([account, ...told], { asOf: at(9) });
    expect(people.get("customer:1")?.eligibility.marketing).toContain("opted_out");
    expect(people.get("email:ben@example.com")?.eligibility.marketing).toEqual([]);
  });

  it("without a time counts from its trigger, and told again later is the same stop", () => {
    const stop = consent(1, at(1), "unsubscribed", A, { consent_updated_at: null });
    const late = { ...stop, receivedAt: at(9) };
    const fresh = checkout("c2", at(5), { ...ada, ...ticked(A) });
    expect(reasonsAfter([tickA, stop, fresh, late])).toEqual([]);
  });

  it("keeps the number in its place", () => {
    const told = adaAfter([tickA, consent(1, at(1), "unsubscribed", A)]);
    expect(told.attributes["phone"]).toBe(A);
  });

  it("is not lifted by a tick that still has to be confirmed", () => {
    const told = [consent(1, at(-1), "unsubscribed", A), tickA];
    const world = { settings: { double_opt_in: true, transactional_sms: true }, asOf: at(0, 5) };
    expect(reasonsAfter(told, world)).toEqual(["opted_out", "consent_pending"]);
    expect(adaAfter(told, world).eligibility.transactional).toEqual(["opted_out"]);
  });
});

describe("where the country asks for a confirmation", () => {
  const GERMAN = "+4915123456789";
  const tick = checkout("c1", at(0), { ...ada, phone: GERMAN, ...ticked(GERMAN) });
  const shown = customer(1, at(-1), {
    email: "ada@example.com",
    phone: GERMAN,
    created_at: iso(at(-30)),
  });

  it("a tick is pending, and says when it lapses", () => {
    const { profile } = adaAfter([shown, tick], { asOf: at(0, 1) }).decision;
    expect(profile.consent.status).toBe("pending");
    expect(profile.nextChangeAt).toBe(at(0) + 72 * HOUR);
  });

  it("Shopify's confirmed opt-in satisfies it, and verifies nothing", () => {
    const confirmed = consent(1, at(0, 3), "subscribed", GERMAN, {
      opt_in_level: "confirmed_opt_in",
    });
    const { profile } = adaAfter([shown, tick, confirmed]).decision;
    expect(profile).toMatchObject({
      consent: { status: "subscribed", level: "confirmed_opt_in" },
      verified: null,
    });
  });

  it("another's unconfirmed tick outdoes nobody", () => {
    const sure = consent(1, at(0), "subscribed", GERMAN, { opt_in_level: "confirmed_opt_in" });
    const other = { email: "ben@example.com", phone: GERMAN, ...ticked(GERMAN) };
    expect(reasonsAfter([shown, sure, checkout("c9", at(5), other)], { asOf: at(6) })).toEqual([]);
  });
});
