// Which sources there are, how they rank, and by which countries their numbers are read.

import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, START, ticked } from "../testing/tell.ts";
import { groupOf, isTypedByShopper, sourceByChannel, SOURCES } from "./source.ts";

const { checkout, customer, form, order } = createTeller(() => ({}));
const at = (days: number): number => START + days * DAY;

describe("a source", () => {
  it("ranks by its group, as the law lists them", () => {
    const ranks = SOURCES.map((source) => [source, groupOf(source, source, {})]);
    expect(Object.fromEntries(ranks)).toEqual({
      checkout_consent: 2,
      ...{ checkout: 3, order: 3, customer_account: 3, support: 3 },
      form: 4,
      ...{ billing_address: 5, own_address: 5, staff: 5, pos: 5 },
      import: 6,
      delivery_contact: 9,
    });
  });

  it("is moved by the shop's policy, a single form before all forms", () => {
    const moved = { form: 5, "form:popup": 3, order: 4, import: 5 };
    expect(groupOf("form", "form:popup", moved)).toBe(3);
    expect(groupOf("form", "form:footer", moved)).toBe(5);
    expect(groupOf("order", "order", moved)).toBe(4);
    expect(groupOf("import", "import", moved)).toBe(5);
  });

  it("is never moved where it is a tick or somebody else's", () => {
    const moved = { checkout_consent: 6, delivery_contact: 3 };
    expect(groupOf("checkout_consent", "checkout_consent", moved)).toBe(2);
    expect(groupOf("delivery_contact", "delivery_contact", moved)).toBe(9);
  });

  it("is typed by the shopper in a checkout, an order or their account", () => {
    expect(SOURCES.filter(isTypedByShopper)).toEqual([
      ...["checkout_consent", "checkout", "order", "customer_account"],
    ]);
  });

  it("is the till's or the staff's where they wrote it down", () => {
    expect(sourceByChannel("order", "online")).toBe("order");
    expect(sourceByChannel("order", "pos")).toBe("pos");
    expect(sourceByChannel("order", "staff")).toBe("staff");
  });
});

describe("a number without its country's code is read", () => {
  const LOCAL = "07400 123456";
  const british = "+447400123456";
  const ada = { email: "ada@example.com", customer: buyer(1, { first_name: "Ada" }) };
  const readingsOf = (message: Message, default_country = "US") =>
    (
      hear([message], { asOf: at(9), settings: { default_country } }).get("customer:1")?.decision
        .heard ?? []
    ).map(({ reading }) => reading.e164);
  const of = (country_code: string, phone: string | null = null) =>
    address("Ada", phone, { country_code });

  it("by the address it is billed to, sent to, or the account's", () => {
    const typed = { ...ada, phone: LOCAL };
    expect(readingsOf(order(1, at(0), { ...typed, billing_address: of("GB") }))).toEqual([british]);
    expect(readingsOf(order(1, at(0), { ...typed, shipping_address: of("GB") }))).toEqual([
      british,
    ]);
    const account = { first_name: "Ada", phone: LOCAL, default_address: of("GB") };
    expect(readingsOf(customer(1, at(0), account))).toEqual([british]);
  });

  it("by the country of its own address first", () => {
    const sent = { billing_address: of("US"), shipping_address: of("GB", LOCAL) };
    expect(readingsOf(order(1, at(0), { ...ada, ...sent }))).toEqual([british]);
    const numbers = hear([order(1, at(0), { ...ada, shipping_address: of("GB", LOCAL) })], {
      asOf: at(9),
    });
    expect(numbers.get("customer:1")?.decision.profile.phone?.e164).toBe(british);
  });

  it("by the language somebody shops in, and last by the shop's own country", () => {
    const typed = { ...ada, phone: LOCAL };
    expect(readingsOf(order(1, at(0), { ...typed, customer_locale: "en-GB" }))).toEqual([british]);
    expect(readingsOf(order(1, at(0), typed), "GB")).toEqual([british]);
    expect(readingsOf(order(1, at(0), typed))).not.toEqual([british]);
  });

  it("by the country chosen beside it", () => {
    const entry = form("f1", at(0), { customer: "1", phone: LOCAL, country: "GB", ticked: false });
    expect(readingsOf(entry)).toEqual([british]);
  });
});

describe("a form contradicts what was typed", () => {
  const A = "+14155552671";
  const B = "+14155552672";
  const ada = { email: "ada@example.com", customer: buyer(1) };
  const entry = form("f1", at(9), { customer: "1", phone: A, ticked: true });
  const statusAfter = (messages: Message[]) =>
    hear([...messages, entry], { asOf: at(10) }).get("customer:1")?.decision.profile.consent.status;

  it("where it is none of the numbers typed, and not where it is one of several", () => {
    const other = order(10, at(0), { ...ada, phone: B });
    const heard = hear([other, entry], { asOf: at(10) }).get("customer:1");
    expect(heard?.decision.acts.find(({ kind }) => kind === "grant")?.doubt).toBe("contradicts");
    expect(statusAfter([other, order(11, at(1), { ...ada, phone: A })])).toBe("subscribed");
  });

  it("not where what was typed was replaced, or cannot be read", () => {
    const emptied = [B, null].map((phone, day) => checkout("c1", at(day), { ...ada, phone }));
    expect(statusAfter(emptied)).toBe("subscribed");
    expect(statusAfter([order(10, at(0), { ...ada, phone: "12" })])).toBe("subscribed");
    expect(statusAfter([])).toBe("subscribed");
  });

  it("also what was ticked", () => {
    const held = hear([checkout("c1", at(0), { ...ada, ...ticked(B) }), entry], { asOf: at(10) });
    const doubts = held.get("customer:1")?.decision.acts.map(({ doubt }) => doubt);
    expect(doubts).toContain("contradicts");
  });
});
