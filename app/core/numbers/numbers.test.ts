// What was said of numbers themselves: which text stops, which is a yes, who had a number by then.

import { describe, expect, it } from "vitest";

import { TEXT_MEANINGS } from "../texts/meaning.ts";
import { hadByOthersThan, lastStopOf, NOTHING_KNOWN, talkingNumbers } from "./known.ts";
import type { NumberSaid, NumberSaying } from "./said.ts";
import { inOrderOfTime, isAffirmative, isStop, isWrongNumber } from "./said.ts";

const A = "+14155552671";
const B = "+14155552672";
const said = (says: NumberSaying, at = 0, id = "1", number = A): NumberSaid => ({
  ...{ number, id, at, says },
});
const texts = TEXT_MEANINGS.map((meaning) => said({ kind: "text", text: meaning, meaning }));
const reports = [
  said({ kind: "landline", code: null }),
  said({ kind: "dead", code: null }),
  said({ kind: "unreached", code: null }),
  said({ kind: "reassigned", by: "carrier" }),
  said({ kind: "asked", event: "1" }),
];
const blocked = said({ kind: "carrier_stop", sender: null });
const meaningsOf = (all: NumberSaid[]) =>
  all.map(({ says }) => (says.kind === "text" ? says.meaning : says.kind));

describe("of what may be said of a number", () => {
  const all = [...texts, ...reports, blocked];

  it("STOP, a wrong number and a carrier's block stop it, and nothing else does", () => {
    expect(meaningsOf(all.filter(isStop))).toEqual(["stop", "wrong_number", "carrier_stop"]);
  });

  it("only a text says that it is the wrong number", () => {
    expect(meaningsOf(all.filter(isWrongNumber))).toEqual(["wrong_number"]);
  });

  it("START and YES say that somebody wants to hear from the shop", () => {
    expect(meaningsOf(all.filter(isAffirmative))).toEqual(["start", "yes"]);
  });
});

it("sayings stand in the order of their times, at one moment of their names", () => {
  const sayings = [blocked].flatMap(({ says }) => [
    said(says, 2, "a"),
    said(says, 1, "c"),
    said(says, 1, "b"),
  ]);
  const idsOf = (all: NumberSaid[]) => inOrderOfTime(all).map(({ id }) => id);
  expect(idsOf(sayings)).toEqual(["b", "c", "a"]);
  expect(idsOf(sayings.toReversed())).toEqual(["b", "c", "a"]);
});

describe("the last stop of a number", () => {
  const texted = (at: number) => said({ kind: "text", text: "STOP", meaning: "stop" }, at);
  const hello = said({ kind: "text", text: "hello", meaning: "other" }, 9);
  const recorded = (at: number) => said({ kind: "stop", by: "shopify" }, at);
  const stopAfter = (...sayings: NumberSaid[]) =>
    lastStopOf(A, { ...NOTHING_KNOWN, said: new Map([[A, inOrderOfTime(sayings)]]) });

  it("is the later of what was texted and what a record names", () => {
    expect(stopAfter(texted(1), texted(3), hello, recorded(2))).toBe(3);
    expect(stopAfter(texted(1), recorded(2))).toBe(2);
  });

  it("is the one where there is only one, and none where there is none", () => {
    expect(stopAfter(texted(-1))).toBe(-1);
    expect(stopAfter(hello, recorded(-2))).toBe(-2);
    expect(stopAfter(hello)).toBeNull();
    expect(lastStopOf(A, NOTHING_KNOWN)).toBeNull();
  });
});

it("nobody else has a number while nothing is known", () => {
  expect(NOTHING_KNOWN.hadByOthers(A, 0)).toBe(false);
});

it("numbers talk from which somebody has said yes, whatever else they said", () => {
  const yes = said({ kind: "text", text: "YES", meaning: "yes" });
  const spoken = new Map([
    [A, [...texts, yes]],
    [B, [...reports, blocked]],
  ]);
  expect(talkingNumbers(spoken)).toEqual([A]);
  expect(talkingNumbers(new Map())).toEqual([]);
});

describe("somebody else had a number", () => {
  const own = new Map([
    [
      A,
      new Map([
        ["customer:1", 5],
        ["customer:2", 7],
      ]),
    ],
  ]);
  const hadByOthers = hadByOthersThan("customer:1", own);

  it("from the moment they gave it", () => {
    expect([6, 7, 8].map((at) => hadByOthers(A, at))).toEqual([false, true, true]);
  });

  it("and nobody had one that nobody gave", () => {
    expect(hadByOthers(B, 9)).toBe(false);
    expect(hadByOthersThan("customer:1", new Map([[A, new Map([["customer:1", 5]])]]))(A, 9)).toBe(
      false,
    );
  });
});
