// Which numbers a shopper's documents show, since when, and whose they are.

import { describe, expect, it } from "vitest";

import type { Message, Told } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const C = "+14155552673";
const D = "+14155552674";
const { checkout, consent, customer, form, imported, noted, order } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const account = { email: ada.email, first_name: "Ada", last_name: "Byron", created_at: iso(at(0)) };
const forBen = {
  billing_address: address("Ada Byron", null),
  shipping_address: address("Ben Byron", A),
};

function adaAfter(messages: Message[]): Told {
  const told = hear(messages, { asOf: at(300) }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const heardIn = (messages: Message[]) => adaAfter(messages).decision.heard;
const phoneAfter = (messages: Message[]) => adaAfter(messages).decision.profile.phone;
const shown = (messages: Message[]) =>
  heardIn(messages).map(({ slot, raw, sourceName }) => [slot, raw, sourceName]);

describe("the numbers a document shows", () => {
  it("of an account are its own and its default address's", () => {
    const told = customer(1, at(0), {
      ...account,
      phone: A,
      default_address: address("Ada Byron", B),
    });
    expect(shown([told])).toEqual([
      ["phone", A, "customer_account"],
      ["default_address", B, "own_address"],
    ]);
  });

  it("of a checkout and an order are the contact's, the addresses' and the SMS field's", () => {
    const said = {
      ...ada,
      phone: A,
      billing_address: address("Ada Byron", B),
      shipping_address: address("Ada Byron", C),
    };
    expect(shown([checkout("c1", at(0), { ...said, ...ticked(D) })])).toEqual([
      ["phone", A, "checkout"],
      ["billing", B, "billing_address"],
      ["shipping", C, "own_address"],
      ["sms", D, "checkout_consent"],
    ]);
    expect(shown([order(10, at(0), said)])).toEqual([
      ["phone", A, "order"],
      ["billing", B, "billing_address"],
      ["shipping", C, "own_address"],
    ]);
  });

  it("of every other door are told by its name, however often they are told", () => {
    const entry = (minute: number, isTicked: boolean) =>
      form("f1", at(0, minute), { customer: "1", phone: A, ticked: isTicked });
    expect(shown([entry(0, false), entry(1, true)])).toEqual([["phone", A, "form:popup"]]);
    expect(shown([imported("1", at(0), { customer: "1", phone: A })])).toEqual([
      ["phone", A, "import"],
    ]);
    expect(shown([noted("n1", at(0), { customer: "1", phone: A })])).toEqual([
      ["phone", A, "support"],
    ]);
    expect(shown([consent(1, at(0), "subscribed", A)])).toEqual([["phone", A, "customer_account"]]);
  });

  it("of the SMS field left without a tick are typed, and no consent", () => {
    const told = checkout("c1", at(0), { ...ada, sms_marketing_phone: A });
    expect(shown([told])).toEqual([["sms", A, "checkout"]]);
  });

  it("are kept as they were written where they cannot be read, each by itself", () => {
    const told = ["12", "13"].map((phone, minute) =>
      checkout("c1", at(0, minute), { ...ada, phone }),
    );
    expect(heardIn(told).map(({ raw, stands }) => [raw, stands])).toEqual([
      ["12", false],
      ["13", true],
    ]);
  });
});

describe("a number is given", () => {
  it("once, however it is written afterwards", () => {
    const written = [A, "(415) 555-2671", "1-415-555-2671"].map((phone, index) =>
      customer(1, at(index * 5), { ...account, phone, default_address: address("A", null) }),
    );
    expect(heardIn(written)).toHaveLength(1);
    expect(phoneAfter(written)?.givenAt).toBe(at(0));
  });

  it("by a checkout with the first message that has it, whenever that was begun or comes back", () => {
    const begun = { ...ada, created_at: iso(at(0)) };
    expect(phoneAfter([checkout("c1", at(5), { ...begun, phone: A })])?.givenAt).toBe(at(5));
    const told = [A, B, A].map((phone, minute) =>
      checkout("c1", at(5, minute), { ...begun, phone }),
    );
    expect(phoneAfter(told)).toMatchObject({ e164: A, givenAt: at(5) });
  });

  it("by a record of Shopify's until one that names another, not one that names none", () => {
    const record = consent(1, at(0), "subscribed", A);
    expect(phoneAfter([record, consent(1, at(5), "unsubscribed", null)])?.e164).toBe(A);
    expect(phoneAfter([record, consent(1, at(5), "subscribed", B)])?.e164).toBe(B);
  });
});

it("a ticked number is not proved again by a checkout that has it as contact", () => {
  const told = [
    checkout("c1", at(0), { ...ada, ...ticked(A) }),
    checkout("c2", at(60), { ...ada, phone: A }),
    order(10, at(100), { ...ada, phone: B }),
  ];
  // It was typed anew, and holds as such: as one of two typed numbers the older.
  expect(phoneAfter(told)?.e164).toBe(B);
});

describe("a recipient's number ticked in a checkout", () => {
  const gift = (token: string, day: number) =>
    checkout(token, at(day), { ...ada, ...forBen, ...ticked(A) });
  const shows = (day: number, phone: string) => customer(1, at(day), { ...account, phone });

  it("is not the shopper's by Shopify's copy of it to the account, at once or later", () => {
    for (const day of [0, 5]) {
      const told = [gift("c1", 0), shows(day, A)];
      expect(phoneAfter(told)).toBeNull();
      const copy = heardIn(told).find(({ document }) => document === "customer:1");
      expect(copy).toMatchObject({ source: "delivery_contact", sourceName: "delivery_contact" });
    }
    expect(phoneAfter([gift("c1", 0), shows(5, A), gift("c2", 10)])).toBeNull();
    expect(phoneAfter([gift("c2", 10), gift("c1", 0), shows(5, A)])).toBeNull();
  });

  it("stays the shopper's where their account showed it before", () => {
    expect(phoneAfter([shows(0, A), gift("c1", 5)])).toMatchObject({
      e164: A,
      source: "customer_account",
    });
  });

  it("is the shopper's where they typed it themselves", () => {
    const told = [gift("c1", 0), order(10, at(5), { ...ada, phone: A })];
    expect(phoneAfter(told)).toMatchObject({ e164: A, source: "order" });
  });

  it("casts no doubt on another number of the account", () => {
    expect(phoneAfter([gift("c1", 0), shows(5, B)])).toMatchObject({
      e164: B,
      source: "customer_account",
    });
  });

  it("is not theirs either when they gave another number as contact", () => {
    const told = checkout("c1", at(0), { ...ada, ...forBen, phone: B, ...ticked(A) });
    expect(phoneAfter([told])?.e164).toBe(B);
    expect(shown([told])).toContainEqual(["sms", A, "delivery_contact"]);
  });

  it("is theirs when it is also what they gave as contact", () => {
    const told = checkout("c1", at(0), {
      ...ada,
      ...forBen,
      phone: "(415) 555-2671",
      ...ticked(A),
    });
    expect(shown([told])).toContainEqual(["sms", A, "checkout_consent"]);
  });

  it("is one that can be read", () => {
    const shipping_address = address("Ben Byron", "12");
    const told = checkout("c1", at(0), { ...ada, ...forBen, shipping_address, ...ticked("12") });
    expect(shown([told])).toContainEqual(["sms", "12", "checkout_consent"]);
  });
});

describe("a parcel's number", () => {
  it("is nobody's own by names of which nothing is left to compare", () => {
    const nameless = {
      billing_address: address("\u0301", null),
      shipping_address: address("\u0302", A),
    };
    expect(phoneAfter([order(10, at(0), { ...ada, ...nameless })])).toBeNull();
  });

  it("for somebody else leaves the account's own number the shopper's", () => {
    const told = [
      order(10, at(0), { ...ada, ...forBen }),
      customer(1, at(5), { ...account, phone: A }),
    ];
    expect(phoneAfter(told)).toMatchObject({ e164: A, source: "customer_account" });
  });

  it("for somebody else is nobody's own also when staff or a till wrote it down", () => {
    for (const hand of [{ user_id: 5 }, { source_name: "pos" }]) {
      const told = [order(10, at(0), { ...ada, ...forBen, ...hand })];
      expect(phoneAfter(told)).toBeNull();
      expect(shown(told)).toEqual([["shipping", A, "delivery_contact"]]);
    }
  });
});
