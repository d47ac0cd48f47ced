// One text told by several ways is one act, whichever telling came first.

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { TextMeaning } from "../texts/meaning.ts";
import type { NumberSaid, TextWay } from "./said.ts";
import { toldOnce } from "./told-once.ts";

const MINUTE = 60_000;

type Short = [minute: number, meaning: TextMeaning, way?: TextWay];

function textsOf(all: readonly Short[]): NumberSaid[] {
  return all.map(([minute, meaning, way], index) => {
    const says = { kind: "text", text: `${index}`, meaning, ...(way ? { way } : {}) } as const;
    return { number: "+14155552671", id: `${index}`, at: minute * MINUTE, says };
  });
}

/** Minute and meaning of what counts. */
function counted(...all: Short[]): (number | string)[][] {
  return toldOnce(textsOf(all)).map(({ at, says }) => {
    return [at / MINUTE, says.kind === "text" ? says.meaning : says.kind];
  });
}

describe("a text heard by two ways", () => {
  it("is one act, at the earlier time", () => {
    expect(counted([3, "stop", "campaign"], [1, "stop", "twilio"], [2, "stop", "report"])).toEqual([
      [1, "stop"],
    ]);
  });

  it("is two acts when they are more than ten minutes apart, or of two meanings", () => {
    expect(counted([0, "stop", "twilio"], [10, "stop", "report"])).toHaveLength(1);
    expect(counted([0, "stop", "twilio"], [10.1, "stop", "report"])).toHaveLength(2);
    expect(counted([0, "stop", "twilio"], [1, "yes", "report"])).toHaveLength(2);
  });

  it("is two acts when one way tells two, or nobody says which way it came", () => {
    expect(counted([0, "stop", "twilio"], [1, "stop", "twilio"])).toHaveLength(2);
    expect(counted([0, "stop"], [1, "stop"], [2, "stop", "twilio"])).toHaveLength(3);
  });

  it("pairs one by one where each way tells several", () => {
    expect(
      counted(
        ...([
          [0, "start", "twilio"],
          [1, "start", "report"],
          [2, "start", "twilio"],
          [3, "start", "report"],
        ] as Short[]),
      ),
    ).toEqual([
      [0, "start"],
      [2, "start"],
    ]);
  });
});

it("the second telling of a START does not lift the STOP that was said between", () => {
  expect(counted([0, "start", "twilio"], [1, "stop", "twilio"], [2, "start", "campaign"])).toEqual([
    [0, "start"],
    [1, "stop"],
  ]);
});

it("a STOP after a START is a stop, also where it may be the telling of an earlier one", () => {
  expect(counted([0, "stop", "twilio"], [1, "start", "twilio"], [2, "stop", "campaign"])).toEqual([
    [0, "stop"],
    [1, "start"],
    [2, "stop"],
  ]);
});

it("reports of carriers are left as they are", () => {
  const said = [1, 2].map((at) => {
    const says = { kind: "dead", code: null } as const;
    return { number: "+14155552671", id: `${at}`, at, says };
  });
  expect(toldOnce(said)).toEqual(said);
});

it("whatever came first, the same acts count, and none goes without one that stands for it", () => {
  const short = fc.tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.constantFrom<TextMeaning>("stop", "start", "yes", "wrong_number", "other"),
    fc.constantFrom<TextWay>("twilio", "report", "campaign"),
  );
  fc.assert(
    fc.property(fc.array(short, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, keys) => {
      const texts = textsOf(all);
      const shuffled = texts
        .map((text) => ({ text, key: keys.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ text }) => text);
      const once = toldOnce(texts);
      expect(toldOnce(shuffled)).toEqual(once);
      // Every act told has one that counts, of its meaning and not more than ten minutes before it.
      for (const { at, says } of texts) {
        if (says.kind !== "text") continue;
        expect(
          once.some(
            (act) =>
              act.says.kind === "text" &&
              act.says.meaning === says.meaning &&
              act.at <= at &&
              at - act.at <= 10 * MINUTE,
          ),
        ).toBe(true);
      }
    }),
  );
});
