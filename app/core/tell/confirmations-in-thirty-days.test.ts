// How often one number is asked to confirm, whoever asks, and by which yes.

import { describe, expect, it } from "vitest";

import type { NumberSaid } from "../numbers/said.ts";
import type { Message, World } from "../testing/hear.ts";
import { decideOfAll, numbersSaidIn, observationsOf } from "../testing/hear.ts";
import { address, createTeller, DAY, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const BRITISH = "+447400123456";
const { checkout, order, text } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com" };
const ticking = (day: number, number = A) =>
  checkout(`c${day}`, at(day), { ...ada, ...ticked(number) });
const asked = (day: number, event: string, number = A): NumberSaid => ({
  ...{ number, id: `${event} ${day}`, at: at(day) },
  says: { kind: "asked", event },
});

/** Numbers that are asked to confirm on a day, when others have been `asked` before. */
function askedOn(
  day: number,
  messages: Message[],
  others: NumberSaid[] = [],
  settings: World["settings"] = { double_opt_in: true },
): unknown[] {
  const world = { asOf: at(day), settings };
  const said = [...numbersSaidIn(messages), ...others];
  const told = decideOfAll(observationsOf(messages), world, said).get("email:ada@example.com");
  const events = told?.events ?? [];
  return events
    .filter(({ name }) => name === "sms_confirmation_requested")
    .map(({ body }) => body["phone"]);
}

describe("one number is asked twice in thirty days at most", () => {
  it("by everybody together", () => {
    expect(askedOn(10, [ticking(10)], [asked(1, "checkout:x#1")])).toEqual([A]);
    const twice = [asked(1, "checkout:x#1"), asked(2, "checkout:y#1")];
    expect(askedOn(10, [ticking(10)], twice)).toEqual([]);
    expect(askedOn(10, [ticking(3), ticking(10)], [asked(1, "checkout:x#1")])).toEqual([]);
  });

  it("counting each of the shopper's own questions once", () => {
    const noted = [asked(3, "checkout:c3#1"), asked(10, "checkout:c10#1")];
    expect(askedOn(10, [ticking(3), ticking(10)], noted)).toEqual([A]);
  });

  it("counting neither what is older, nor what was asked later, nor what else was said", () => {
    const first = asked(9, "checkout:y#1");
    expect(askedOn(31, [ticking(31)], [asked(1, "checkout:x#1"), first])).toEqual([A]);
    expect(askedOn(30.9, [ticking(30.9)], [asked(1, "checkout:x#1"), first])).toEqual([]);
    expect(askedOn(10, [ticking(10)], [asked(11, "checkout:x#1"), first])).toEqual([A]);
    expect(askedOn(10, [ticking(10)], [asked(10, "checkout:x#1"), first])).toEqual([]);
    const words = [text(A, at(7), "hello"), text(A, at(8), "when?")];
    const typed = order(10, at(0), { ...ada, phone: A });
    expect(askedOn(10, [typed, ...words, ticking(10)])).toEqual([A]);
  });

  it("counting no other number", () => {
    expect(askedOn(10, [ticking(0), ticking(5, B), ticking(10)])).toEqual([A]);
    const others = [asked(1, "checkout:x#1", B), asked(2, "checkout:y#1", B)];
    expect(askedOn(10, [ticking(10)], others)).toEqual([A]);
  });
});

describe("a number is asked", () => {
  it("from the moment of the tick", () => {
    expect(askedOn(0, [ticking(0)])).toEqual([A]);
    expect(askedOn(-0.001, [ticking(0)])).toEqual([]);
  });

  it("by the same event still when it has answered: an event that was told does not go away", () => {
    expect(askedOn(1, [ticking(0), text(A, at(0, 3), "YES")])).toEqual([A]);
  });

  it("where its own country is texted, whichever number the shopper gave last", () => {
    const told = [ticking(0), ticking(1, BRITISH)];
    const settings = { double_opt_in: true, countries: ["US"] };
    expect(askedOn(2, told, [], settings)).toEqual([A]);
    expect(askedOn(2, told, [], { ...settings, countries: ["GB"] })).toEqual([BRITISH]);
  });

  it("not by a tick for somebody else, although it is the shopper's own elsewhere", () => {
    const gift = {
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", A),
    };
    const typed = order(10, at(-9), { ...ada, phone: A });
    const told = checkout("c1", at(0), { ...ada, ...gift, ...ticked(A) });
    expect(askedOn(1, [typed, told])).toEqual([]);
  });
});
