// What is told of the number that was chosen, and when the answer changes by itself.

import { describe, expect, it } from "vitest";

import { nextWindowChange } from "../places/texting-window.ts";
import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, HOUR, iso, START, ticked } from "../testing/tell.ts";
import { placesOfPhone } from "./phone.ts";

const A = "+14155552671";
const B = "+14155552672";
const TEXAN = "+15124735671";
const { checkout, consent, customer, form, noted, order, report, text } = createTeller(() => ({}));
const at = (days: number): number => START + days * DAY;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const ASKED = { settings: { double_opt_in: true } };
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });
const forBen = (phone: string) => ({
  billing_address: address("Ada Byron", null),
  shipping_address: address("Ben Byron", phone),
});

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear(messages, { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const profileAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.profile;
const phoneAfter = (messages: Message[], world: Partial<World> = {}) =>
  profileAfter(messages, world).phone;

describe("where a ticked number is from", () => {
  it("is the tick while its grant stands, waits or has lapsed", () => {
    const named = { source: "checkout_consent", sourceName: "checkout_consent" };
    expect(phoneAfter([tick])).toMatchObject(named);
    expect(phoneAfter([tick], { ...ASKED, asOf: at(1) })).toMatchObject(named);
    expect(phoneAfter([tick], { ...ASKED, asOf: at(9) })).toMatchObject(named);
    expect(profileAfter([tick], { ...ASKED, asOf: at(1) }).consent.status).toBe("pending");
    expect(profileAfter([tick], { ...ASKED, asOf: at(9) }).consent.status).toBe("expired");
  });

  it("is after a stop where else it was heard, and the checkout where nowhere else", () => {
    const stop = text(A, at(9), "STOP");
    expect(phoneAfter([tick, stop])).toMatchObject({
      ...{ e164: A, source: "checkout", sourceName: "checkout", givenAt: at(0) },
    });
    const told = [
      order(10, at(-2), { ...ada, phone: A }),
      customer(1, at(-1), { email: ada.email, phone: B, created_at: iso(at(-1)) }),
    ];
    expect(phoneAfter([tick, ...told, stop])).toMatchObject({
      ...{ e164: A, source: "order", sourceName: "order", givenAt: at(-2) },
    });
    const entry = form("f1", at(-3), { customer: "1", phone: A, ticked: false });
    expect(phoneAfter([tick, entry, stop])).toMatchObject({
      ...{ source: "form", sourceName: "form:popup", givenAt: at(-3) },
    });
  });
});

describe("a number that somebody else got", () => {
  const reassigned = report(A, at(30), "reassigned");

  it("stays so although the shopper has given another since", () => {
    const told = [tick, reassigned, order(10, at(40), { ...ada, phone: B })];
    expect(phoneAfter(told)).toMatchObject({ e164: A, reassigned: true });
  });

  it("is so when it was given at that very moment, and not when given after", () => {
    const again = (days: number) => order(10, at(days), { ...ada, phone: A });
    expect(phoneAfter([tick, reassigned, again(30)])?.reassigned).toBe(true);
    expect(phoneAfter([tick, reassigned, again(30.001)])?.reassigned).toBe(false);
  });
});

describe("a number that was heard but cannot be read", () => {
  const typed = order(10, at(0), { ...ada, phone: "12" });
  const whyNot = (messages: Message[], world: Partial<World> = {}) => {
    const { decision, eligibility } = adaAfter(messages, world);
    expect(decision.profile.unreadable).toBe(eligibility.marketing[0] === "invalid_phone");
    return eligibility.marketing[0];
  };

  it("is told as the reason, also beside one that may not be used", () => {
    const barred = noted("n1", at(1), { customer: "1", phone: A, bars: A });
    expect(whyNot([typed])).toBe("invalid_phone");
    expect(whyNot([typed, barred])).toBe("invalid_phone");
    expect(whyNot([barred])).toBe("no_phone");
  });

  it("is no reason where another is known", () => {
    expect(whyNot([typed, tick])).toBeUndefined();
  });

  it("is none where it was replaced or somebody else's", () => {
    const emptied = ["12", null].map((phone, days) => checkout("c2", at(days), { ...ada, phone }));
    expect(whyNot(emptied)).toBe("no_phone");
    expect(whyNot([order(10, at(0), { ...ada, ...forBen("12") })])).toBe("no_phone");
  });
});

describe("the numbers somebody had", () => {
  it("are each kept with its day, and whether it is still theirs and agreed to", () => {
    const told = [
      checkout("c2", at(1), { ...ada, phone: B }),
      checkout("c2", at(2), { ...ada, phone: TEXAN }),
      tick,
    ];
    expect(adaAfter(told).decision.numbersHad).toEqual([
      { e164: A, since: at(0), isOwn: true, consentAt: at(0) },
      { e164: B, since: at(1), isOwn: false, consentAt: null },
      { e164: TEXAN, since: at(2), isOwn: true, consentAt: null },
    ]);
  });
});

describe("what proves a ticked number anew", () => {
  const typed = order(10, at(100), { ...ada, phone: B });
  const other = (days: number, more: object) =>
    checkout("c2", at(days), { ...ada, created_at: iso(at(1)), ...more });

  it("is another tick", () => {
    expect(phoneAfter([tick, other(60, ticked(A)), typed])?.e164).toBe(A);
  });

  it("is neither a tick taken back, nor a record, nor a tick for somebody else", () => {
    const backed = [other(1, { phone: A, ...ticked(A) }), other(60, { phone: A })];
    expect(phoneAfter([tick, ...backed, typed])?.e164).toBe(B);
    expect(phoneAfter([tick, consent(1, at(60), "subscribed", A), typed])?.e164).toBe(B);
    expect(phoneAfter([tick, other(60, { ...forBen(A), ...ticked(A) }), typed])?.e164).toBe(B);
  });
});

describe("the candidate", () => {
  it("keeps its own reason where its place showed another number before", () => {
    const shown = (days: number, phone: string) => checkout("c2", at(days), { ...ada, phone });
    const told = [tick, shown(10, "+14155552673"), shown(10.1, B)];
    expect(profileAfter(told).candidate?.why).toBe("lower_group");
  });

  it("is told with its country, its day, and the reason it has not won", () => {
    const told = [
      tick,
      order(9, at(5), { ...ada, phone: "+442071838750" }),
      order(10, at(20), { ...ada, phone: B, billing_address: address("Ada Byron", "12") }),
    ];
    const expected = { e164: B, country: "US", givenAt: at(20), why: "lower_group" };
    expect(profileAfter(told).candidate).toEqual(expected);
    expect(profileAfter(told.toReversed()).candidate).toEqual(expected);
  });
});

describe("when the answer changes by itself", () => {
  it("is when the confirmation lapses", () => {
    expect(profileAfter([tick], { ...ASKED, asOf: at(1) }).nextChangeAt).toBe(at(0) + 72 * HOUR);
    expect(profileAfter([tick]).nextChangeAt).toBeNull();
  });

  it("is when the wait for a name ends, where that is sooner", () => {
    const record = consent(1, at(0), "subscribed", A);
    const soon = profileAfter([record], { ...ASKED, asOf: record.receivedAt });
    expect(soon.consent.nextChangeAt).toBe(at(0) + 72 * HOUR);
    expect(soon.nextChangeAt).toBe(record.receivedAt + 10_000);
  });

  it("is when other hours begin where the shopper may be, where that is sooner", () => {
    const texan = checkout("c1", at(0), { ...ada, ...ticked(TEXAN) });
    for (const asOf of [at(0), at(2.9)]) {
      const { phone, shopper, nextChangeAt } = profileAfter([texan], { ...ASKED, asOf });
      const hours = phone && nextWindowChange(placesOfPhone(phone, shopper), asOf);
      expect(hours).not.toBeNull();
      expect(nextChangeAt).toBe(Math.min(hours ?? 0, at(0) + 72 * HOUR));
      expect(profileAfter([texan], { asOf }).nextChangeAt).toBe(hours);
    }
  });
});
