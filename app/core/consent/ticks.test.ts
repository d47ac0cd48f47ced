import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import type { Body } from "../testing/tell.ts";
import { address, createTeller, DAY, HOUR, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, order } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", phone: A };
const telling = (minutes: number, more: Body = {}) =>
  checkout("c1", at(0, minutes), { ...ada, ...more });
const ticking = (minutes: number, more: Body = {}) => telling(minutes, { ...ticked(A), ...more });

function adaAfter(messages: Message[], settings: Record<string, unknown> = {}) {
  const told = hear(messages, { asOf: at(1), settings }).get("email:ada@example.com");
  if (!told) throw new Error("nobody is Ada");
  return told.decision;
}

const actsAfter = (...messages: Message[]) => adaAfter(messages).acts;

describe("a tick", () => {
  it("is one act for its number, with the terms it was made on", () => {
    expect(actsAfter(ticking(0))).toEqual([
      {
        ...{ kind: "grant", number: A, at: at(0), stands: true, doubt: null, askedFrom: at(0) },
        ...{ level: "single_opt_in", source: "checkout", sourceName: "checkout" },
        ...{ purposes: ["marketing"], disclosure: null, evidence: {}, document: "checkout:c1" },
      },
    ]);
  });

  it("keeps the language it was made in as evidence, and not the one it was told again in", () => {
    const evidenceOf = (...messages: Message[]) => actsAfter(...messages)[0]?.evidence;
    const french = ticking(0, { customer_locale: "fr-CA" });
    expect(evidenceOf(french)).toEqual({ locale: "fr-CA" });
    expect(evidenceOf(french, ticking(5, { customer_locale: "en-CA" }))).toEqual({
      locale: "fr-CA",
    });
    expect(evidenceOf(ticking(0))).toEqual({});
  });

  it("told again and again is the same act, from when it was told first", () => {
    expect(actsAfter(ticking(0), ticking(5), ticking(9))).toMatchObject([
      { kind: "grant", at: at(0), askedFrom: at(0), stands: true },
    ]);
  });

  it("is no act of an order, nor of a checkout that only shows the number", () => {
    expect(actsAfter(order(10, at(0), { ...ada, ...ticked(A) }))).toEqual([]);
    expect(actsAfter(telling(0, { sms_marketing_phone: A }))).toEqual([]);
    expect(actsAfter(telling(0, { buyer_accepts_sms_marketing: true }))).toEqual([]);
    expect(actsAfter(ticking(0, { sms_marketing_phone: "12" }))).toEqual([]);
  });

  it("in each checkout is an act of its own", () => {
    const acts = actsAfter(ticking(0), checkout("c2", at(0, 3), { ...ada, ...ticked(A) }));
    expect(acts.map(({ document }) => document)).toEqual(["checkout:c1", "checkout:c2"]);
  });
});

describe("taking a tick back", () => {
  it("is an act too, for the same number, and stands while the tick does not", () => {
    expect(actsAfter(ticking(0), telling(5), telling(9))).toMatchObject([
      { kind: "grant", number: A, at: at(0), stands: false },
      { kind: "taken_back", number: A, at: at(0, 5), stands: true, document: "checkout:c1" },
    ]);
  });

  it("by another number is told beside the tick for that one", () => {
    const acts = actsAfter(ticking(0), ticking(5, ticked(B)));
    expect(acts.map(({ kind, number, stands }) => [kind, number, stands])).toEqual([
      ["grant", A, false],
      ["grant", B, true],
      ["taken_back", A, true],
    ]);
  });

  it("and ticking anew makes two acts, of which the later stands", () => {
    const acts = actsAfter(ticking(0), telling(3), ticking(6));
    expect(acts.map(({ kind, at: when, stands }) => [kind, when, stands])).toEqual([
      ["grant", at(0), false],
      ["taken_back", at(0, 3), true],
      ["grant", at(0, 6), true],
    ]);
  });

  it("once for all: told as not ticked again takes nothing more back", () => {
    const acts = actsAfter(ticking(0), telling(3), telling(6), ticking(7), telling(9));
    const ends = acts.filter(({ kind }) => kind === "taken_back").map(({ at: when }) => when);
    expect(ends).toEqual([at(0, 3), at(0, 9)]);
  });

  it("by staff, who went on with the checkout, counts as well", () => {
    const staffed = ticking(5, { user_id: 7 });
    expect(actsAfter(ticking(0), staffed).at(-1)).toMatchObject({
      kind: "taken_back",
      at: at(0, 5),
    });
  });
});

describe("whose the ticked number is", () => {
  const gift = {
    phone: null,
    billing_address: address("Ada Byron", null),
    shipping_address: address("Ben Byron", A),
  };
  const doubtAfter = (...messages: Message[]) => actsAfter(...messages)[0]?.doubt;

  it("goes by what the checkout told last while it was ticked", () => {
    expect(doubtAfter(ticking(0, gift))).toBe("not_own");
    expect(doubtAfter(ticking(0), ticking(5, gift))).toBe("not_own");
    expect(doubtAfter(ticking(0, gift), ticking(5))).toBeNull();
  });

  it("decides for the number alone: a yes for another's waits, however it is answered there", () => {
    const { profile } = adaAfter([ticking(0, gift)]);
    expect(profile).toMatchObject({
      phone: null,
      consent: {
        ...{ status: "pending", at: at(0), source: "checkout", level: "single_opt_in" },
        ...{ purposes: ["marketing"], stopped: false, nextChangeAt: at(0) + 72 * HOUR },
      },
    });
  });
});
