import { describe, expect, it } from "vitest";

import type { Message, Told } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, iso, MINUTE, START } from "../testing/tell.ts";

const { checkout, customer, merge, order, preference } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const home = (country_code: string, province_code: string | null, name = "Ada Byron") =>
  address(name, null, { country_code, province_code });

/** Of customer 1, the same whatever was heard first. */
function profileAfter(messages: Message[]): Told["decision"]["profile"] {
  const [told, again] = [messages, messages.toReversed()].map((heard) =>
    hear(heard, { asOf: at(300) }).get("customer:1"),
  );
  if (!told) throw new Error("nobody is customer 1");
  expect(again?.decision.profile).toEqual(told.decision.profile);
  return told.decision.profile;
}

const shopperAfter = (messages: Message[]) => profileAfter(messages).shopper;

describe("a shopper's name", () => {
  const named = (id: number, day: number, first_name: string | null, last_name: string | null) =>
    customer(id, at(day), { first_name, last_name, created_at: iso(at(0)) });

  it("is as their account has it last", () => {
    const told = [named(1, 0, "Ada", "Byron"), named(1, 5, "Ada", "Lovelace")];
    expect(shopperAfter(told)).toMatchObject({ firstName: "Ada", lastName: "Lovelace" });
    expect(shopperAfter([order(10, at(0), ada)])).toMatchObject({
      firstName: null,
      lastName: null,
    });
  });

  it("is of the account told last that has any, and never put together of two", () => {
    const merged = merge(1, 2, at(9));
    const second = named(2, 0, "Augusta", "King");
    expect(shopperAfter([named(1, 5, null, null), second, merged])).toMatchObject({
      firstName: "Augusta",
      lastName: "King",
    });
    expect(shopperAfter([named(1, 5, "Ada", null), second, merged])).toMatchObject({
      firstName: "Ada",
      lastName: null,
    });
    expect(shopperAfter([named(1, 5, null, "Byron"), second, merged])).toMatchObject({
      firstName: null,
      lastName: "Byron",
    });
  });
});

describe("a shopper's language", () => {
  it("is that of their last checkout or order that says one", () => {
    const bought = (id: number, day: number, customer_locale: string | null) =>
      order(id, at(day), { ...ada, customer_locale });
    const begun = checkout("c1", at(4), { ...ada, customer_locale: "de-AT" });
    expect(shopperAfter([bought(10, 0, "en"), bought(11, 2, "fr-CA")]).locale).toBe("fr-CA");
    expect(shopperAfter([bought(10, 2, "fr-CA"), bought(11, 5, null)]).locale).toBe("fr-CA");
    expect(shopperAfter([bought(10, 2, "fr-CA"), begun]).locale).toBe("de-AT");
  });
});

describe("a shopper's homes", () => {
  const lived = (id: number, day: number, country: string, province: string | null = null) =>
    order(id, at(day), { ...ada, billing_address: home(country, province) });

  it("are the last three places of their addresses, the latest first, each once", () => {
    const told = [
      lived(10, 1, "US", "CA"),
      lived(11, 2, "US", "NY"),
      lived(12, 3, "US", "CA"),
      lived(13, 4, "CA", "ON"),
      lived(14, 5, "GB"),
    ];
    const shopper = shopperAfter(told);
    expect(shopper.homes).toEqual([
      { country: "GB", province: null },
      { country: "CA", province: "ON" },
      { country: "US", province: "CA" },
    ]);
    expect(shopper.country).toBe("GB");
    expect(shopperAfter(told.slice(0, 3)).homes).toEqual([
      { country: "US", province: "CA" },
      { country: "US", province: "NY" },
    ]);
  });

  it("of one purchase are where it is sent, and then where it is paid", () => {
    const both = { ...ada, shipping_address: home("CA", "ON"), billing_address: home("US", "NY") };
    const expected = [
      { country: "CA", province: "ON" },
      { country: "US", province: "NY" },
    ];
    expect(shopperAfter([order(10, at(0), both)]).homes).toEqual(expected);
    expect(shopperAfter([checkout("c1", at(0), both)]).homes).toEqual(expected);
  });

  it("are none that bear another's name, or that a document no longer shows", () => {
    const gift = { ...ada, shipping_address: home("CA", "ON", "Ben Byron") };
    expect(shopperAfter([order(10, at(0), gift)]).homes).toEqual([]);
    const moved = ["US", "GB"].map((country, minute) =>
      checkout("c1", at(0, minute), { ...ada, billing_address: home(country, null) }),
    );
    expect(shopperAfter(moved).homes).toEqual([{ country: "GB", province: null }]);
  });

  it("are an account's default address under the account's name only", () => {
    const account = (name: string) =>
      customer(1, at(0), {
        ...{ first_name: "Ada", last_name: "Byron", created_at: iso(at(0)) },
        default_address: home("US", "CA", name),
      });
    expect(shopperAfter([account("Ada Byron")]).homes).toEqual([{ country: "US", province: "CA" }]);
    expect(shopperAfter([account("Ben Byron")])).toMatchObject({ homes: [], country: null });
  });
});

describe("who wants nothing at all", () => {
  const account = customer(1, at(0), { email: ada.email, created_at: iso(at(0)) });
  const wants = (when: number, subscribed: boolean, more: object = { customer: "1" }) =>
    preference(when, { channel: "everything", ...more, subscribed });
  const wantsNothing = (messages: Message[]) =>
    profileAfter([account, ...messages]).unsubscribedEverywhere;

  it("is who said so last, under whichever name", () => {
    const byEmail = { email: ada.email };
    expect(wantsNothing([])).toBe(false);
    expect(wantsNothing([wants(at(1), false), wants(at(2), true)])).toBe(false);
    expect(wantsNothing([wants(at(1), true), wants(at(2), false)])).toBe(true);
    expect(wantsNothing([wants(at(1), false), wants(at(2), true, byEmail)])).toBe(false);
    expect(wantsNothing([wants(at(1), true), wants(at(2), false, byEmail)])).toBe(true);
  });

  it("is also who said both at once", () => {
    const yes = { ...wants(at(1), true, { email: ada.email }), receivedAt: at(1) };
    expect(wantsNothing([yes, wants(at(1), false)])).toBe(true);
  });

  it("is not who only wants no texts", () => {
    const off = preference(at(1), { customer: "1", channel: "sms", subscribed: false });
    expect(wantsNothing([off])).toBe(false);
  });
});
