// What was said of a number, against when the shopper gave it: which of the two is the later counts.

import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, consent, customer, form, noted, order, report, text } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const tick = checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) });
const ASKED = { settings: { double_opt_in: true } };

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear(messages, { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const factsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.facts;
const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).eligibility.marketing;
const proofAfter = (messages: Message[], world: Partial<World> = {}) =>
  factsAfter(messages, world).verified.get(A);

describe("a landline or dead number", () => {
  const landline = report(A, at(5), "landline");

  it("is none when the shopper gave it at that very moment, or later by any door of their own", () => {
    expect(reasonsAfter([tick, report(A, at(0), "landline")])).toEqual([]);
    expect(reasonsAfter([tick, report(A, at(0), "dead")])).toEqual([]);
    for (const again of [
      customer(1, at(9), { phone: A, created_at: iso(at(9)) }),
      form("f1", at(9), { customer: "1", phone: A, ticked: false }),
      noted("n1", at(9), { customer: "1", phone: A }),
    ]) {
      expect(reasonsAfter([tick, landline, again])).toEqual([]);
    }
  });

  it("is none after a new tick for it in the checkout that had it first", () => {
    const without = checkout("c1", at(3), { ...ada, phone: A, created_at: iso(at(0)) });
    const again = checkout("c1", at(9), { ...ada, phone: A, ...ticked(A), created_at: iso(at(0)) });
    expect(reasonsAfter([tick, without, landline, again])).toEqual([]);
  });

  it("stays one when a tick is taken back, or when the number is given for somebody else", () => {
    const without = checkout("c1", at(9), { ...ada, phone: A, created_at: iso(at(0)) });
    expect(reasonsAfter([tick, landline, without])).toContain("not_sms_capable");
    const gift = {
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", A),
    };
    expect(reasonsAfter([tick, landline, order(9, at(9), { ...ada, ...gift })])).toEqual([
      "not_sms_capable",
    ]);
  });

  it("stays one when a text is given that only may mean it", () => {
    const doubtful = { phone: "14155552671", billing_address: { country_code: "GB" } };
    const told = [tick, landline, order(9, at(9), { ...ada, ...doubtful })];
    const british = { settings: { default_country: "GB" } };
    const read = adaAfter(told, british).decision.heard.find(
      ({ document }) => document === "order:9",
    );
    expect(read?.reading).toMatchObject({ status: "review", e164: A });
    expect(reasonsAfter(told, british)).toEqual(["not_sms_capable"]);
  });
});

describe("a number that is not reached", () => {
  it("is dead by the third day still when that is the thirtieth after the first", () => {
    const unreached = [5, 20, 35].map((day) => report(A, at(day), "unreached"));
    expect(reasonsAfter([tick, ...unreached])).toEqual(["undeliverable"]);
  });

  it("is not counted by what else is reported of it", () => {
    const blocked = [5, 6, 7].map((day) => report(A, at(day), "carrier_stop"));
    expect(reasonsAfter([tick, ...blocked])).not.toContain("undeliverable");
  });
});

describe("what support notes", () => {
  const verifies = (day: number, raw: string) =>
    noted(`v${day}`, at(day), { customer: "1", verifies: raw });

  it("proves and bars nothing by what is no number, nor by one the shopper never gave", () => {
    expect(factsAfter([tick, verifies(2, B), verifies(3, "12")]).verified).toEqual(new Map());
    const bars = noted("n1", at(2), { customer: "1", bars: "12" });
    expect(factsAfter([tick, bars]).barred).toEqual(new Set());
  });

  it("counts where it is later than the shopper's own proof, and otherwise leaves it", () => {
    const start = text(A, at(5), "START");
    const texted = { at: at(5), by: "inbound_sms" };
    expect(proofAfter([tick, start, verifies(2, A)])).toEqual(texted);
    expect(proofAfter([tick, start, verifies(5, A)])).toEqual(texted);
    expect(proofAfter([tick, start, verifies(6, A)])).toEqual({ at: at(6), by: "support" });
  });

  it("from before somebody else got the number proves nothing any more", () => {
    const reassigned = report(A, at(30), "reassigned");
    expect(proofAfter([tick, verifies(2, A), reassigned])).toBeUndefined();
    expect(proofAfter([tick, verifies(30, A), reassigned])).toBeUndefined();
    expect(proofAfter([tick, verifies(31, A), reassigned])?.by).toBe("support");
    const told = [tick, reassigned, verifies(35, A), text(A, at(40), "START")];
    expect(proofAfter(told)).toEqual({ at: at(40), by: "inbound_sms" });
  });
});

describe("a wrong number", () => {
  it("bars whatever else came from it, also at the moment it was given", () => {
    const told = [tick, text(A, at(1), "hello"), text(A, at(2), "wrong number")];
    expect(adaAfter(told).attributes).not.toHaveProperty("phone");
    expect(adaAfter([tick, text(A, at(0), "wrong number")]).attributes).not.toHaveProperty("phone");
  });
});

describe("a text proves a number", () => {
  it("from when the shopper gave it, not before", () => {
    expect(proofAfter([tick, text(A, at(-1), "START")])).toBeUndefined();
    expect(proofAfter([tick, text(A, at(0), "START")])).toEqual({ at: at(0), by: "inbound_sms" });
  });

  it("anew each time, whatever else is written between", () => {
    const told = [text(A, at(1), "START"), text(A, at(2), "hello"), text(A, at(20), "YES")];
    expect(proofAfter([tick, ...told])).toEqual({ at: at(20), by: "inbound_sms" });
  });

  it("not at the very moment somebody else got it", () => {
    const told = [tick, text(A, at(30), "START"), report(A, at(30), "reassigned")];
    expect(proofAfter(told)).toBeUndefined();
  });

  it("although others had it, when they replaced it, barred it, or only had it delivered to", () => {
    const start = text(A, at(1), "START");
    const ben = (day: number, phone: string) =>
      customer(2, at(day), { email: "ben@example.com", phone, created_at: iso(at(-9)) });
    expect(proofAfter([tick, ben(-9, A), start])).toBeUndefined();
    expect(proofAfter([tick, ben(-9, A), ben(-5, B), start])?.by).toBe("inbound_sms");
    const barred = noted("n1", at(-5), { customer: "2", bars: A });
    expect(proofAfter([tick, ben(-9, A), barred, start])?.by).toBe("inbound_sms");
  });

  it("of the shop's own for nobody, and so for everybody", () => {
    const ben = customer(2, at(-9), { phone: A, created_at: iso(at(-9)) });
    const told = [tick, ben, text(A, at(1), "START")];
    expect(proofAfter(told)).toBeUndefined();
    expect(proofAfter(told, { settings: { own_numbers: [A] } })?.by).toBe("inbound_sms");
  });
});

describe("a confirmation proves a number", () => {
  const yes = text(A, at(1), "YES");

  it("where one was asked; elsewhere the same YES is a text like any other", () => {
    expect(proofAfter([tick, yes], ASKED)).toEqual({ at: at(1), by: "confirmation" });
    expect(proofAfter([tick, yes])).toEqual({ at: at(1), by: "inbound_sms" });
    const typed = order(9, at(0), { ...ada, phone: A });
    expect(proofAfter([typed, yes], ASKED)).toEqual({ at: at(1), by: "inbound_sms" });
    const german = "+4915123456789";
    const asked = checkout("c1", at(0), { ...ada, phone: german, ...ticked(german) });
    const { verified } = factsAfter([asked, text(german, at(1), "YES")]);
    expect(verified.get(german)?.by).toBe("confirmation");
  });

  it("also where others have the number, because it was this shopper's own", () => {
    const ben = customer(2, at(-9), { phone: A, created_at: iso(at(-9)) });
    expect(proofAfter([ben, tick, yes])).toBeUndefined();
    expect(proofAfter([ben, tick, yes], ASKED)).toEqual({ at: at(1), by: "confirmation" });
  });

  it("of a record of Shopify's as of a tick", () => {
    expect(proofAfter([consent(1, at(0), "subscribed", A), yes], ASKED)?.by).toBe("confirmation");
  });

  it("and no other number that was ticked", () => {
    const other = checkout("c2", at(0), { ...ada, phone: B, ...ticked(B) });
    const { verified } = factsAfter([tick, other, yes], ASKED);
    expect([...verified.keys()]).toEqual([A]);
  });

  it("by the last of several, and yields to a later text", () => {
    const again = checkout("c2", at(40), { ...ada, phone: A, ...ticked(A) });
    const told = [tick, yes, again, text(A, at(41), "YES")];
    expect(proofAfter(told, ASKED)).toEqual({ at: at(41), by: "confirmation" });
    const start = text(A, at(20), "START");
    expect(proofAfter([tick, yes, start], ASKED)).toEqual({ at: at(20), by: "inbound_sms" });
  });
});
