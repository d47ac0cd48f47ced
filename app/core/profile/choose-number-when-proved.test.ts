// A proved number against those given later: how long it holds, and which is the candidate meanwhile.

import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const C = "+14155552673";
const LANDLINE = "+442071838750";
const OTHER_LANDLINE = "+442071838751";
const { checkout, customer, form, order, text } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const ticking = (day: number, number: string) =>
  checkout(`c${day}`, at(day), { ...ada, ...ticked(number) });
const ordered = (day: number, phone: string) => order(100 + day, at(day), { ...ada, phone });
const account = (day: number, phone: string) =>
  customer(1, at(day), { email: ada.email, phone, created_at: iso(at(day)) });

function choiceAfter(messages: Message[], world: Partial<World> = {}): Told["decision"]["choice"] {
  const told = hear(messages, { asOf: at(900), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told.decision.choice;
}

const winnerAfter = (messages: Message[], world: Partial<World> = {}) =>
  choiceAfter(messages, world).winner?.e164;
const candidateAfter = (messages: Message[], world: Partial<World> = {}) =>
  choiceAfter(messages, world).candidate?.e164;
const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  choiceAfter(messages, world).losers.map(({ reason }) => reason);

describe("a proved number holds", () => {
  it("for ninety days to the moment after its last proof", () => {
    expect(winnerAfter([ticking(0, A), ordered(90, B)])).toBe(A);
    expect(winnerAfter([ticking(0, A), ordered(90.01, B)])).toBe(B);
  });

  it("from the last of its proofs, in whatever order they are heard", () => {
    const first = { ...ada, phone: A, created_at: iso(at(0)) };
    const retold = [
      checkout("c0", at(0), { ...first, ...ticked(A) }),
      checkout("c0", at(20), first),
      checkout("c0", at(50), { ...first, ...ticked(A) }),
    ];
    for (const told of [
      [ordered(10, A), ...retold, ordered(120, B)],
      [...retold, ordered(10, A), ordered(120, B)],
    ]) {
      expect(winnerAfter(told)).toBe(A);
    }
  });

  it("from a text that proved it", () => {
    const told = [ticking(0, A), text(A, at(60), "START")];
    expect(winnerAfter([...told, ordered(120, B)])).toBe(A);
    expect(winnerAfter([...told, ordered(151, B)])).toBe(B);
  });

  it("no longer for an order that has it as somebody else's, or may mean it", () => {
    const gift = {
      ...ada,
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", A),
    };
    expect(winnerAfter([ticking(0, A), order(9, at(60), gift), ordered(100, B)])).toBe(B);
    const doubtful = { ...ada, phone: "14155552671", billing_address: { country_code: "GB" } };
    const told = [ticking(0, A), order(9, at(60), doubtful), ordered(100, B)];
    expect(winnerAfter(told, { settings: { default_country: "GB" } })).toBe(B);
  });

  it("against what the shopper did not type, however much later it was given", () => {
    const billed = order(9, at(200), { ...ada, billing_address: address("Ada Byron", B) });
    expect(winnerAfter([ticking(0, A), billed])).toBe(A);
    const entry = form("f1", at(200), { customer: "1", phone: B, ticked: false });
    expect(winnerAfter([ticking(0, A), entry])).toBe(A);
  });

  it("its own place when it is typed again itself, or a number is that takes no texts", () => {
    const again = choiceAfter([ticking(0, A), account(120, A)]).winner;
    expect(again?.source).toBe("checkout_consent");
    const told = [ticking(0, A), ordered(10, A), ordered(200, LANDLINE)];
    expect(choiceAfter(told).winner?.source).toBe("checkout_consent");
  });

  it("not at all against its like, where neither takes texts", () => {
    expect(winnerAfter([ticking(0, LANDLINE), ordered(60, OTHER_LANDLINE)])).toBe(LANDLINE);
    expect(winnerAfter([ticking(0, LANDLINE), ordered(120, OTHER_LANDLINE)])).toBe(OTHER_LANDLINE);
  });

  it("not longer where the shop has moved what shoppers type to a worse group", () => {
    const told = [ticking(0, A), ordered(120, B)];
    expect(winnerAfter(told, { settings: { source_groups: { order: 5 } } })).toBe(B);
    expect(reasonsAfter(told, { settings: { source_groups: { order: 5 } } })).toContain(
      "superseded",
    );
  });
});

describe("a form's number that contradicts a typed one", () => {
  const entry = form("f1", at(9), { customer: "1", phone: B, ticked: false });
  const moved = { settings: { source_groups: { form: 3, order: 6 } } };

  it("does not win unconfirmed, wherever the shop ranks forms, nor as the only one to take texts", () => {
    expect(winnerAfter([ordered(0, A), entry], moved)).toBe(A);
    expect(reasonsAfter([ordered(0, A), entry], moved)).toEqual(["lower_group"]);
    expect(winnerAfter([ordered(0, LANDLINE), entry])).toBe(LANDLINE);
  });

  it("wins once it is proved", () => {
    expect(winnerAfter([ordered(0, A), entry, text(B, at(10), "START")])).toBe(B);
  });

  it("is like any other where it contradicts nothing", () => {
    const billed = order(9, at(0), { ...ada, billing_address: address("Ada Byron", A) });
    expect(winnerAfter([billed, entry], { settings: { source_groups: { form: 6 } } })).toBe(A);
    expect(winnerAfter([billed, entry])).toBe(B);
    const same = form("f2", at(9), { customer: "1", phone: A, ticked: false });
    const latest = choiceAfter([ordered(0, A), same], { settings: { source_groups: { form: 3 } } });
    expect(latest.winner?.source).toBe("form");
  });
});

describe("the candidate", () => {
  it("is the newest the shopper gave since the winner's proof, the smaller of two at once", () => {
    const held = ticking(0, A);
    expect(candidateAfter([held, ordered(10, B), ordered(20, C)])).toBe(C);
    expect(candidateAfter([held, ordered(20, C), ordered(10, B)])).toBe(C);
    for (const phones of [
      [B, C],
      [C, B],
    ]) {
      const both = phones.map((phone, index) => order(200 + index, at(10), { ...ada, phone }));
      expect(candidateAfter([held, ...both])).toBe(B);
    }
  });

  it("may come from a form", () => {
    const entry = form("f1", at(9), { customer: "1", phone: B, ticked: false });
    expect(candidateAfter([ticking(0, A), entry])).toBe(B);
    const older = [ticking(0, A), ordered(5, C), entry];
    expect(candidateAfter(older)).toBe(B);
    expect(candidateAfter([...older, ordered(12, C)])).toBe(C);
  });

  it("is none that was given with the winner, is the winner, takes no texts, or is second hand", () => {
    const both = checkout("c1", at(0), { ...ada, phone: B, ...ticked(A) });
    const billed = order(9, at(20), { ...ada, billing_address: address("Ada Byron", B) });
    for (const told of [
      [both],
      [ticking(0, A), account(20, A)],
      [ticking(0, A), ordered(20, LANDLINE)],
      [ticking(0, A), billed],
    ]) {
      expect(winnerAfter(told)).toBe(A);
      expect(candidateAfter(told)).toBeUndefined();
    }
  });
});

describe("the reason a number lost by", () => {
  it("says what is wrong with its text, and that it waits for somebody to read it", () => {
    expect(reasonsAfter([ordered(0, "+1415555267")])).toEqual(["invalid_too_short"]);
    const doubtful = { ...ada, phone: "14155552671", billing_address: { country_code: "GB" } };
    const told = [order(9, at(0), doubtful)];
    expect(reasonsAfter(told, { settings: { default_country: "GB" } })).toEqual(["needs_review"]);
  });

  it("stays the doubt about its text when its document shows another since", () => {
    const doubtful = { phone: "14155552671", billing_address: { country_code: "GB" } };
    const told = [
      checkout("c1", at(0), { ...ada, ...doubtful }),
      checkout("c1", at(1), { ...ada, phone: B }),
    ];
    expect(reasonsAfter(told, { settings: { default_country: "GB" } })).toEqual(["needs_review"]);
  });

  it("is none where another document has the winner too", () => {
    expect(reasonsAfter([ordered(0, A), ordered(5, A)])).toEqual([]);
  });

  it("is its age among its like, however great", () => {
    expect(reasonsAfter([ordered(0, A), ordered(200, B)])).toEqual(["older"]);
  });
});

describe("of one number given at one moment", () => {
  it("the same document and place is told, whatever was heard first", () => {
    const both = [order(10, at(0), { ...ada, phone: A }), order(11, at(0), { ...ada, phone: A })];
    expect(choiceAfter(both).winner?.document).toBe("order:10");
    expect(choiceAfter(both.toReversed()).winner?.document).toBe("order:10");
    const till = { source_name: "pos", phone: A, billing_address: address("Ada Byron", A) };
    expect(choiceAfter([order(10, at(0), { ...ada, ...till })]).winner?.slot).toBe("billing");
  });

  it("the smaller of two is told, whatever was heard first", () => {
    const both = [order(10, at(0), { ...ada, phone: A }), order(11, at(0), { ...ada, phone: B })];
    expect(winnerAfter(both)).toBe(A);
    expect(winnerAfter(both.toReversed())).toBe(A);
  });
});
