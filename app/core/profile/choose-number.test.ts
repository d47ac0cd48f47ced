import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const LANDLINE = "+442071838750";
const { checkout, order, customer, consent, noted } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const account = { email: ada.email, first_name: "Ada", last_name: "Byron", created_at: iso(at(0)) };

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear(messages, { asOf: at(900), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const phoneAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.profile.phone;
const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.choice.losers.map(({ reason }) => reason);

describe("when a number was given", () => {
  it("is when the order was made, however late it is told or told again", () => {
    const old = { ...ada, phone: A, created_at: iso(at(1)), updated_at: iso(at(50)) };
    expect(phoneAfter([order(10, at(50), old), order(11, at(9), { ...ada, phone: B })])?.e164).toBe(
      B,
    );
    expect(phoneAfter([order(10, at(50), old)])?.givenAt).toBe(at(1));
  });

  it("is when the checkout first showed it", () => {
    const told = [3, 4, 5].map((day) => checkout("c1", at(day), { ...ada, phone: A }));
    expect(phoneAfter(told)?.givenAt).toBe(at(3));
  });

  it("is when the account was made, for the number it showed first", () => {
    expect(phoneAfter([customer(1, at(5), { ...account, phone: A })])?.givenAt).toBe(at(0));
  });

  it("is the first update that shows another, for an account that had another or none", () => {
    for (const before of [B, null]) {
      const told = [0, 5, 9].map((day) =>
        customer(1, at(day), { ...account, phone: day === 0 ? before : A }),
      );
      expect(phoneAfter(told)).toMatchObject({ e164: A, givenAt: at(5) });
    }
  });

  it("is anew when an account goes from A to B and back to A", () => {
    const told = [A, B, A].map((phone, index) =>
      customer(1, at(index * 10), { ...account, phone }),
    );
    expect(phoneAfter([...told, order(10, at(15), { ...ada, phone: B })])).toMatchObject({
      e164: A,
      givenAt: at(20),
    });
  });

  it("is the first receipt, when its time lies in the future", () => {
    const future = { ...ada, phone: A, created_at: iso(at(99)), updated_at: iso(at(99)) };
    const early = { ...order(10, at(99), future), receivedAt: at(3) };
    const again = { ...early, receivedAt: at(4) };
    expect(phoneAfter([again, early])?.givenAt).toBe(at(3));
  });

  it("is only what a document shows last", () => {
    const told = [
      checkout("c1", at(0), { ...ada, phone: A }),
      checkout("c1", at(0, 1), { ...ada, phone: B }),
    ];
    expect(phoneAfter(told)?.e164).toBe(B);
    expect(reasonsAfter(told)).toEqual(["superseded"]);
  });
});

describe("which number wins", () => {
  it("what the shopper typed before what staff, a till or a company's buyer did, however new", () => {
    for (const hand of [{ user_id: 5 }, { source_name: "pos" }, { company: { id: 1 } }]) {
      const told = [
        order(10, at(0), { ...ada, phone: A }),
        order(11, at(9), { ...ada, phone: B, ...hand }),
      ];
      expect(phoneAfter(told)?.e164).toBe(A);
      expect(reasonsAfter(told)).toContain("lower_group");
    }
  });

  it("one that takes texts before one that does not, whatever its group", () => {
    const told = [
      checkout("c1", at(9), { ...ada, ...ticked(LANDLINE) }),
      order(10, at(0), { ...ada, billing_address: address("Ada Byron", A) }),
    ];
    expect(phoneAfter(told)?.e164).toBe(A);
    expect(reasonsAfter(told)).toContain("takes_no_texts");
  });

  it("at the same instant the one triggered last, then the smaller", () => {
    const same = (id: number, phone: string, triggeredAt: number) => ({
      ...order(id, at(0), { ...ada, phone }),
      triggeredAt,
      receivedAt: at(3),
    });
    expect(phoneAfter([same(10, A, at(1)), same(11, B, at(2))])?.e164).toBe(B);
    expect(phoneAfter([same(10, B, at(1)), same(11, A, at(1))])?.e164).toBe(A);
  });

  it("a ticked number, for as long after its last order as the shop has set", () => {
    const told = [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      order(10, at(60), { ...ada, phone: A }),
      order(11, at(120), { ...ada, phone: B }),
    ];
    expect(adaAfter(told).decision.profile).toMatchObject({
      phone: { e164: A },
      candidate: { e164: B },
    });
    expect(phoneAfter(told, { settings: { superseded_after_days: 30 } })?.e164).toBe(B);
  });

  it("no candidate is one typed before the winner was proved again", () => {
    const told = [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      order(10, at(10), { ...ada, phone: B }),
      order(11, at(20), { ...ada, phone: A }),
    ];
    expect(adaAfter(told).decision.profile.candidate).toBeNull();
  });

  it("never the shop's own, a barred one, or one in review", () => {
    const told = [order(10, at(0), { ...ada, phone: A }), order(11, at(9), { ...ada, phone: B })];
    expect(phoneAfter(told, { settings: { own_numbers: [B] } })?.e164).toBe(A);
    expect(reasonsAfter(told, { settings: { own_numbers: [B] } })).toEqual(["shops_own"]);
    const blocked = noted("n1", at(10), { customer: "1", bars: B });
    expect(phoneAfter([...told, blocked])?.e164).toBe(A);
    expect(reasonsAfter([...told, blocked])).toEqual(["barred"]);
    const doubtful = order(12, at(12), {
      ...ada,
      phone: "14155552671",
      billing_address: { country_code: "GB" },
    });
    expect(phoneAfter([...told, doubtful], { settings: { default_country: "GB" } })?.e164).toBe(B);
  });

  it("none, with the reason, where nothing readable is left", () => {
    const told = adaAfter([order(10, at(0), { ...ada, phone: "12" })]);
    expect(told.eligibility.marketing[0]).toBe("invalid_phone");
  });

  it("an account's number goes with the account", () => {
    const gone = createTeller(() => ({})).tell("customers/delete", at(9), { id: 1 });
    expect(phoneAfter([customer(1, at(0), { ...account, phone: A }), gone])).toBeNull();
  });
});

describe("whose number it is", () => {
  const shipped = (name: string, more: object = {}) =>
    order(10, at(0), {
      ...ada,
      billing_address: address("Zoë  de la Cruz", null),
      shipping_address: address(name, A),
      ...more,
    });

  it("the shopper's where the address bears their name, case, accents and spaces aside", () => {
    expect(phoneAfter([shipped("ZOE DELA CRUZ")])?.e164).toBe(A);
  });

  it("somebody else's where it bears another, is a gift, a pickup point or a company's", () => {
    for (const told of [
      shipped("Ben Byron"),
      shipped("Zoë de la Cruz", { note_attributes: [{ name: "is_gift" }] }),
      shipped("Zoë de la Cruz", { shipping_lines: [{ delivery_category: "pickup" }] }),
      order(10, at(0), { ...ada, shipping_address: address("Ada Byron", A, { company: "Acme" }) }),
    ]) {
      expect(phoneAfter([told])).toBeNull();
    }
  });

  it("the customer's name counts where billing has none", () => {
    expect(
      phoneAfter([order(10, at(0), { ...ada, shipping_address: address("ada byron", A) })])?.e164,
    ).toBe(A);
  });

  it("a default address is the customer's own under their name only", () => {
    const withAddress = (name: string) =>
      customer(1, at(0), { ...account, default_address: address(name, A) });
    expect(phoneAfter([withAddress("Ada Byron")])?.source).toBe("own_address");
    expect(phoneAfter([withAddress("Ben Byron")])).toBeNull();
  });

  it("a record's number is the account's while the account has said nothing", () => {
    const [told] = hear([consent(7, at(0), "subscribed", A)], { asOf: at(9) }).values();
    expect(told?.decision.profile.phone).toMatchObject({ e164: A, source: "customer_account" });
    expect(told?.eligibility.marketing).toEqual([]);
  });
});
