// What is texted from a number, as acts of who has it: beside texts.test.ts, which tells what follows for their consent.
import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear, numbersSaidIn } from "../testing/hear.ts";
import { address, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";
import { actOfText } from "./texts.ts";

const A = "+14155552671";
const B = "+14155552672";
const BEN = "+14155552675";
const { checkout, order, report, text } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", phone: A };
const bought = order(1, at(0), ada);

function adaAfter(messages: Message[]) {
  const told = hear(messages, { asOf: at(300) }).get("email:ada@example.com");
  if (!told) throw new Error("nobody is Ada");
  return told.decision;
}

const toldOf = (messages: Message[]) =>
  adaAfter(messages).acts.map(({ kind, number, at: when }) => [kind, number, when]);

describe("a text or a carrier's report", () => {
  const actOf = (message: Message) => numbersSaidIn([message]).map(actOfText);

  it.each([
    ["STOP", "stop"],
    ["wrong number", "stop"],
    ["START", "restored"],
    ["YES", "yes"],
  ])("does for its number, whoever has it, what %s says: %s", (words, kind) => {
    const [said] = numbersSaidIn([text(A, at(1), words)]);
    expect(actOf(text(A, at(1), words))).toMatchObject([
      {
        ...{ kind, number: A, at: at(1), source: "text", sourceName: "text" },
        // It grants nothing by itself.
        ...{ level: "unknown", purposes: [], disclosure: null, evidence: {} },
        document: `text:${said?.id}`,
      },
    ]);
  });

  it.each(["HELP", "when does it come?", "I don't think so"])(
    "does nothing for its number where it says %s",
    (words) => expect(actOf(text(A, at(1), words))).toEqual([null]),
  );

  it("stops where the carrier blocks, and does nothing by any other report", () => {
    expect(actOf(report(A, at(1), "carrier_stop"))).toMatchObject([{ kind: "stop", number: A }]);
    for (const what of ["landline", "dead", "unreached", "reassigned"]) {
      expect(actOf(report(A, at(1), what)), what).toEqual([null]);
    }
  });
});

describe("who had the number", () => {
  it("said what was texted from when they first gave it, and nothing of before", () => {
    expect(toldOf([bought, text(A, at(0), "STOP")])).toEqual([["stop", A, at(0)]]);
    expect(toldOf([bought, text(A, at(1), "START")])).toEqual([["restored", A, at(1)]]);
    expect(toldOf([bought, text(A, at(0) - 1, "STOP")])).toEqual([]);
    const earlier = order(2, at(-5), ada);
    expect(toldOf([bought, earlier, text(A, at(-4), "STOP")])).toEqual([["stop", A, at(-4)]]);
    expect(toldOf([earlier, bought, text(A, at(-4), "STOP")])).toEqual([["stop", A, at(-4)]]);
  });

  it("said a carrier's stop too, which then ends their other numbers", () => {
    const other = checkout("c1", at(0), { ...ada, phone: B, ...ticked(B) });
    const told = adaAfter([bought, other, report(A, at(1), "carrier_stop")]);
    expect(told.acts).toContainEqual(expect.objectContaining({ kind: "stop", number: A }));
    expect(told.numbersHad).toMatchObject([{ e164: A }, { e164: B, consentAt: null }]);
  });

  it("said nothing from a wrong number on: somebody else writes", () => {
    const wrong = text(A, at(2), "wrong number");
    const told = [bought, text(A, at(1), "YES"), wrong, text(A, at(3), "START")];
    expect(toldOf(told)).toEqual([["yes", A, at(1)]]);
  });

  it("is nobody to whom it was only to be delivered", () => {
    const gift = checkout("c1", at(0), {
      email: "ada@example.com",
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", BEN),
    });
    expect(toldOf([gift, text(BEN, at(1), "STOP")])).toEqual([]);
  });

  it("is nobody whose number nobody could read with certainty", () => {
    const doubtful = order(3, at(0), {
      ...{ email: "ada@example.com", phone: "442071838750" },
      billing_address: { country_code: "US" },
    });
    expect(toldOf([doubtful, text("+442071838750", at(1), "STOP")])).toEqual([]);
  });

  it("had it since the order that first showed it was made, whenever that was told", () => {
    const late = order(4, at(5), { ...ada, created_at: iso(at(-2)) });
    expect(toldOf([late, text(A, at(-1), "STOP")])).toEqual([["stop", A, at(-1)]]);
  });
});
