// A shopper's slip must not text a stranger abroad: one damaged digit of a US number, read at a shop in the US, never ends as a valid
// number of a foreign country. (US territories are the United States: PR, GU, VI, AS, MP.)

import { describe, expect, it } from "vitest";

import { readNumber } from "./read-number.ts";

const UNITED_STATES = ["US", "PR", "GU", "VI", "AS", "MP"];

type Random = (below: number) => number;
/** Always other digits than before. */
type Damage = (digits: string, random: Random) => string;

// mulberry32: the same damage on every run.
function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

function at(digits: string, index: number): string {
  return digits.charAt(index);
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  doubled(digits, random) {
    const index = random(digits.length);
    return digits.slice(0, index) + at(digits, index) + digits.slice(index);
  },
  dropped(digits, random) {
    const index = random(digits.length);
    return digits.slice(0, index) + digits.slice(index + 1);
  },
  changed(digits, random) {
    const index = random(digits.length);
    const other = (Number(at(digits, index)) + 1 + random(9)) % 10;
    return digits.slice(0, index) + String(other) + digits.slice(index + 1);
  },
  "swapped with the next"(digits, random) {
    const unlike = [...digits].flatMap((digit, index) =>
      index + 1 < digits.length && digit !== at(digits, index + 1) ? [index] : [],
    );
    const index = unlike[random(unlike.length)] ?? 0;
    return (
      digits.slice(0, index) + at(digits, index + 1) + at(digits, index) + digits.slice(index + 2)
    );
  },
};

type Style = (digits: string) => string;

const STYLES: readonly Style[] = [
  (digits) => digits,
  (digits) => `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
  (digits) => `${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6)}`,
];

function pickUsNumber(random: Random): string {
  for (;;) {
    let digits = `${2 + random(8)}${random(10)}${random(10)}${2 + random(8)}`;
    while (digits.length < 10) digits += String(random(10));
    const reading = readNumber(digits, ["US"]);
    if (reading.status === "valid" && reading.country === "US") return digits;
  }
}

/** Those of so many damaged numbers that end abroad, each US number damaged once. */
function findForeign(write: Style, damage: Damage, times: number, seed: number): string[] {
  const random = createRandom(seed);
  const foreign: string[] = [];
  for (let count = 0; count < times; count += 1) {
    const digits = write(pickUsNumber(random));
    const damaged = damage(digits, random);
    if (damaged === digits) throw new Error(`${digits} was not damaged`);
    const style = STYLES[count % STYLES.length] ?? String;
    const raw = style(damaged);
    const reading = readNumber(raw, ["US"]);
    if (reading.status === "valid" && !UNITED_STATES.includes(reading.country ?? ""))
      foreign.push(`${raw} -> ${reading.e164} ${reading.country}`);
  }
  return foreign;
}

describe.each(Object.entries(DAMAGES))(
  "a US number with one digit %s, at a shop in the US",
  (_, damage) => {
    it("is never a valid number of a foreign country, in 100,000 cases", () => {
      expect(findForeign((digits) => digits, damage, 100_000, 20_261_121)).toEqual([]);
    });

    it("nor when it was written with the 1 before it", () => {
      expect(findForeign((digits) => `1${digits}`, damage, 30_000, 20_261_122)).toEqual([]);
    });
  },
);
