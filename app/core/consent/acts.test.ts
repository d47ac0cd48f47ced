import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, consent, form, text } = createTeller(() => ({}));

const at = (days: number): number => START + days * DAY;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const ticking = (token: string, day: number) => checkout(token, at(day), { ...ada, ...ticked(A) });

function actsAfter(messages: Message[]) {
  const told = hear(messages, { asOf: at(300) }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told.decision.acts;
}

describe("the acts of a person", () => {
  it("stand in the order of their times, whatever kind they are of", () => {
    const told = [
      text(A, at(5), "STOP"),
      form("f1", at(3), { customer: "1", phone: A, ticked: true }),
      consent(1, at(4), "subscribed", A),
      ticking("c1", 2),
      ticking("c2", 6),
    ];
    expect(actsAfter(told).map(({ at: when }) => when)).toEqual([2, 3, 4, 5, 6].map(at));
  });

  it("of one moment stand by document, then kind, then number, in whatever order they came", () => {
    const told = [
      ticking("c2", 0),
      ticking("c1", 0),
      ticking("c3", 0),
      consent(1, at(0), "unsubscribed", B),
      consent(1, at(0), "unsubscribed", A),
      consent(1, at(0), "redacted", null),
      form("f2", at(0), { customer: "1", phone: A, ticked: true }),
      form("f1", at(0), { customer: "1", phone: A, ticked: true }),
    ];
    const expected = [
      ["checkout:c1", "grant", A],
      ["checkout:c2", "grant", A],
      ["checkout:c3", "grant", A],
      ["consent:1", "forgotten", null],
      ["consent:1", "stop", A],
      ["consent:1", "stop", B],
      ["form:popup:f1", "grant", A],
      ["form:popup:f2", "grant", A],
    ];
    for (const messages of [told, told.toReversed()]) {
      const acts = actsAfter(messages);
      expect(acts.map(({ document, kind, number }) => [document, kind, number])).toEqual(expected);
    }
  });
});
