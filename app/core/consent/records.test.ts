import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear, observationsOf, policyOf } from "../testing/hear.ts";
import { buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";
import type { ConsentAct } from "./act.ts";
import { stopTold } from "./records.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, customer, consent, merge, order, tell } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
/** An account that has shown both numbers, A last. */
const account = [
  customer(1, at(-90), { email: "ada@example.com", phone: B }),
  customer(1, at(-80), { email: "ada@example.com", phone: A }),
];
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });

function actsAfter(messages: Message[]): ConsentAct[] {
  const told = hear(messages, { asOf: at(300) }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told.decision.acts.filter(({ source }) => source !== "checkout");
}

const toldOf = (messages: Message[]) =>
  actsAfter(messages).map(({ kind, number }) => [kind, number]);

describe("a stop that Shopify tells", () => {
  const stopOf = (message: Message) => {
    const [observation] = observationsOf([message]);
    if (!observation) throw new Error("nothing is told");
    return stopTold(observation, policyOf({}));
  };

  it("is recorded for its number at its own time, whether or not anybody has it", () => {
    expect(stopOf(consent(1, at(1), "unsubscribed", A))).toMatchObject({
      ...{ kind: "stop", number: A, at: at(1), source: "shopify", level: "single_opt_in" },
    });
  });

  it("counts for the number it most likely means, where a yes would wait for somebody to look", () => {
    const doubtful = "442071838750";
    expect(stopOf(consent(1, at(1), "unsubscribed", doubtful))?.number).toBe("+442071838750");
    expect(toldOf([consent(1, at(1), "subscribed", doubtful)])).toEqual([]);
  });

  it("without a number is recorded for none", () => {
    expect(stopOf(consent(1, at(1), "unsubscribed", null))).toMatchObject({
      kind: "stop",
      number: null,
    });
  });

  it("is nothing else that Shopify tells", () => {
    for (const state of ["subscribed", "not_subscribed", "pending", "redacted"]) {
      expect(stopOf(consent(1, at(1), state, A)), state).toBeNull();
    }
    expect(stopOf(order(9, at(1), ada))).toBeNull();
  });
});

describe("a record", () => {
  it("is an act of its own, with its level as said and marketing as its purpose", () => {
    const levels = ["single_opt_in", "confirmed_opt_in", "unknown", "best_there_is", null].map(
      (opt_in_level) => actsAfter([consent(1, at(1), "subscribed", A, { opt_in_level })]),
    );
    expect(levels.flat()).toMatchObject(
      ["single_opt_in", "confirmed_opt_in", "unknown", "unknown", "unknown"].map((level) => ({
        ...{ kind: "record", number: A, at: at(1), source: "shopify", level },
        purposes: ["marketing"],
      })),
    );
  });

  it.each([
    ["pending", "pending", A],
    ["unsubscribed", "stop", A],
    ["not_subscribed", "record_ended", A],
    ["redacted", "forgotten", A],
  ])("that says %s is the act %s", (state, kind, number) => {
    expect(toldOf([...account, consent(1, at(1), state, A)])).toEqual([[kind, number]]);
  });

  it("that says neither, or waits for no number, is none", () => {
    expect(toldOf([...account, consent(1, at(1), null, A)])).toEqual([]);
    expect(toldOf([...account, consent(1, at(1), "pending", null)])).toEqual([]);
    expect(toldOf([...account, consent(1, at(1), "subscribed", null)])).toEqual([]);
  });
});

describe("an echo of a tick", () => {
  const recorded = (number: string, minutes: number) =>
    toldOf([...account, tick, consent(1, at(0, minutes), "subscribed", number)]);

  it("is what is recorded from the tick on, and nothing from before it", () => {
    expect(recorded(A, 0)).toEqual([["echo", A]]);
    expect(recorded(A, 15)).toEqual([["echo", A]]);
    expect(recorded(A, 16)).toEqual([["record", A]]);
    expect(recorded(A, -1)).toEqual([["record", A]]);
  });

  it("is of the ticked number alone", () => {
    expect(recorded(B, 5)).toEqual([["record", B]]);
  });

  it("may come as long after the tick was told last", () => {
    const told = [...account, tick, checkout("c1", at(0, 10), { ...ada, ...ticked(A) })];
    const record = (minutes: number) =>
      toldOf([...told, consent(1, at(0, minutes), "subscribed", A)]);
    expect(record(25)).toEqual([["echo", A]]);
    expect(record(26)).toEqual([["record", A]]);
  });

  it("is of any of the checkouts that were ticked", () => {
    const other = checkout("c2", at(-30), { ...ada, phone: B, ...ticked(B) });
    expect(toldOf([...account, other, tick, consent(1, at(0, 5), "subscribed", A)])).toEqual([
      ["echo", A],
    ]);
  });
});

describe("a record told again with another number", () => {
  const first = consent(1, at(0), "subscribed", A);
  /** The same record, told `minutes` later. */
  const again = (minutes: number, state: string, number: string | null): Message => ({
    ...consent(1, at(0), state, number),
    triggeredAt: at(0, minutes),
    receivedAt: at(0, minutes),
  });

  it("was for the number told first, in whatever order they come", () => {
    expect(toldOf([...account, first, again(5, "subscribed", B)])).toEqual([["record", A]]);
    expect(toldOf([...account, again(5, "subscribed", B), first])).toEqual([["record", A]]);
  });

  it("was for neither where nobody can know which was told first", () => {
    const [one, other] = [again(5, "subscribed", A), again(5, "subscribed", B)];
    expect(toldOf([...account, one, other])).toEqual([]);
  });

  it("is an act of its own where it has a time of its own", () => {
    expect(toldOf([...account, first, consent(1, at(1), "subscribed", B)])).toEqual([
      ["record", A],
      ["record", B],
    ]);
  });

  it("keeps its number where the other telling was no yes, or named none that can be read", () => {
    const stopped = [...account, again(5, "subscribed", B), consent(1, at(0), "unsubscribed", A)];
    expect(toldOf(stopped)).toContainEqual(["record", B]);
    for (const unread of [null, "12"]) {
      const told = [...account, consent(1, at(0), "subscribed", unread), again(5, "subscribed", B)];
      expect(toldOf(told), String(unread)).toEqual([["record", B]]);
    }
  });

  it("keeps its number where it was told the same way twice", () => {
    const other = { opt_in_level: "confirmed_opt_in" };
    const told = [...account, first, consent(1, at(0), "subscribed", A, other)];
    expect(toldOf(told)).toEqual([
      ["record", A],
      ["record", A],
    ]);
  });

  it("for another customer is no matter, also once they are merged", () => {
    const other = consent(2, at(0), "subscribed", B);
    expect(toldOf([...account, first, other, merge(1, 2, at(9))])).toEqual([
      ["record", A],
      ["record", B],
    ]);
  });
});

describe("the account's first sight of a number", () => {
  const shown = (day: number, more: object) =>
    customer(1, at(day), { email: "ada@example.com", ...more });
  const recorded = (messages: Message[], day: number, number = A) =>
    toldOf([...messages, consent(1, at(day), "subscribed", number)]).length === 1;

  it("is when the account was made, for the number it shows first", () => {
    const made = [shown(0, { phone: A, created_at: iso(at(-30)) })];
    expect(recorded(made, -30)).toBe(true);
    expect(recorded(made, -31)).toBe(false);
  });

  it("is when it was told, where the account was made later or at no known time", () => {
    for (const created_at of [iso(at(9)), null]) {
      const made = [shown(0, { phone: A, created_at })];
      expect(recorded(made, 0)).toBe(true);
      expect(recorded(made, -1)).toBe(false);
    }
  });

  it("is when the account changed to it, for any number after the first", () => {
    const created_at = iso(at(-30));
    for (const before of [B, null]) {
      const told = [shown(-20, { phone: before, created_at }), shown(0, { phone: A, created_at })];
      expect(recorded(told, 0)).toBe(true);
      expect(recorded(told, -1)).toBe(false);
    }
  });

  it("stays the first when the number is told again or comes back", () => {
    const told = [shown(-20, { phone: A }), shown(-10, { phone: B }), shown(0, { phone: A })];
    expect(recorded(told, -15)).toBe(true);
    expect(recorded(told, -15, B)).toBe(false);
    expect(recorded(told, -10, B)).toBe(true);
  });

  it("never comes while it only shows other numbers; one that shows none proves nothing", () => {
    expect(recorded([shown(0, { phone: B })], 9)).toBe(false);
    expect(recorded([shown(0, { phone: null })], -9)).toBe(true);
    expect(recorded([], -9)).toBe(true);
  });

  it("is of the number that the account's own country makes of what was typed", () => {
    const address = { country_code: "FR" };
    const made = [shown(0, { phone: "06 12 34 56 78", default_address: address })];
    expect(recorded(made, 1, "+33612345678")).toBe(true);
    expect(recorded(made, -1, "+33612345678")).toBe(false);
  });

  it("outlives the account's deletion", () => {
    const gone = tell("customers/delete", at(5), { id: 1 });
    expect(recorded([shown(0, { phone: A }), gone], 1)).toBe(true);
    expect(recorded([shown(0, { phone: A }), gone], -1)).toBe(false);
    expect(recorded([gone], 1)).toBe(true);
  });

  it("is of that customer alone, also of two who were merged", () => {
    const other = customer(2, at(-80), { email: "ada@old.example", phone: A });
    const told = [other, shown(0, { phone: B }), merge(1, 2, at(9))];
    const recordsOf = (id: number) => toldOf([...told, consent(id, at(1), "subscribed", A)]);
    expect(recordsOf(1)).toEqual([]);
    expect(recordsOf(2)).toEqual([["record", A]]);
  });
});
