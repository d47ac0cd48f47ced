import { describe, expect, it } from "vitest";

import type { Message, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, createTeller, DAY, HOUR, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const GERMAN = "+4915123456789";
const { checkout, form, imported, text } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com" };
const ASKED: Partial<World> = { settings: { double_opt_in: true, brand: "Hats & Co" } };

function askedAfter(messages: Message[], world: Partial<World> = {}) {
  const told = hear(messages, { asOf: at(0, 5), ...ASKED, ...world });
  const events = told.get("email:ada@example.com")?.events ?? [];
  return events.filter(({ name }) => name === "sms_confirmation_requested");
}

const ticking = (token: string, day: number) =>
  checkout(token, at(day), { ...ada, phone: A, ...ticked(A) });

describe("a confirmation is asked for", () => {
  it("with number, purposes, the shop's name and when it lapses", () => {
    const [event] = askedAfter([ticking("c1", 0)]);
    expect(event?.body).toEqual({
      phone: A,
      purposes: ["marketing"],
      brand: "Hats & Co",
      expires_at: iso(at(0) + 72 * HOUR),
    });
  });

  it("where the country wants it, whatever the shop does", () => {
    const settings = { settings: {} };
    const german = checkout("c1", at(0), { ...ada, phone: GERMAN, ...ticked(GERMAN) });
    expect(askedAfter([german], settings)).toHaveLength(1);
    expect(askedAfter([ticking("c1", 0)], settings)).toEqual([]);
  });

  it("once for each yes, and at most twice of one number in thirty days", () => {
    const ticks = [0, 5, 10, 40].map((day) => ticking(`c${day}`, day));
    const askedBy = (day: number) =>
      askedAfter(ticks, { asOf: at(day, 5) }).map(({ resource }) => resource);
    expect(askedBy(0)).toEqual(["checkout:c0#1"]);
    expect(askedBy(5)).toEqual(["checkout:c5#1"]);
    expect(askedBy(10)).toEqual([]);
    expect(askedBy(40)).toEqual(["checkout:c40#1"]);
  });

  it("anew after a tick that was taken back", () => {
    const told = [
      ticking("c1", 0),
      checkout("c1", at(0, 2), { ...ada, phone: A }),
      checkout("c1", at(0, 4), { ...ada, phone: A, ...ticked(A) }),
    ];
    expect(askedAfter(told).map(({ resource }) => resource)).toEqual(["checkout:c1#2"]);
  });
});

describe("nobody is asked", () => {
  it("after a stop, until they lift it", () => {
    const told = [checkout("c0", at(-2), { ...ada, phone: A }), text(A, at(-1), "STOP")];
    expect(askedAfter([...told, ticking("c1", 0)])).toEqual([]);
    const started = text(A, at(-1, 5), "START");
    expect(askedAfter([...told, started, ticking("c1", 0)])).toHaveLength(1);
    expect(askedAfter([ticking("c1", 0), text(A, at(0, 1), "STOP")])).toEqual([]);
  });

  it("who has confirmed that number", () => {
    const told = [ticking("c1", 0), text(A, at(0, 3), "YES"), ticking("c2", 40)];
    expect(askedAfter(told, { asOf: at(40, 5) })).toEqual([]);
  });

  it("when it is too late for an answer", () => {
    expect(askedAfter([ticking("c1", 0)], { asOf: at(3) })).toEqual([]);
  });

  it("at a number that may be somebody else's, or takes no texts, or of a country not texted", () => {
    const gift = {
      ...ada,
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", A),
    };
    expect(askedAfter([checkout("c1", at(0), { ...gift, ...ticked(A) })])).toEqual([]);
    const landline = "+442071838750";
    const london = checkout("c1", at(0), { ...ada, phone: landline, ...ticked(landline) });
    expect(askedAfter([london])).toEqual([]);
    const settings = { settings: { double_opt_in: true, countries: ["GB"] } };
    expect(askedAfter([ticking("c1", 0)], settings)).toEqual([]);
  });

  it("for what a list says, however old", () => {
    const consented_at = iso(at(-900));
    const row = { ...ada, phone: A, consented_at, consent_source: "list", wording: "w" };
    expect(askedAfter([imported("1", at(0), row)])).toEqual([]);
  });
});

it("a form's number that contradicts a typed one is asked about, whatever the shop does", () => {
  const told = [
    checkout("c1", at(-9), { ...ada, phone: "+14155552672" }),
    form("f1", at(0), { ...ada, phone: A, ticked: true }),
  ];
  expect(askedAfter(told, { settings: {} }).map(({ body }) => body["phone"])).toEqual([A]);
});
