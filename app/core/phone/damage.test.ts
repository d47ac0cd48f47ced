// A shopper's slip must not text a stranger abroad: one damaged digit of a US number, read at a shop in the US, never ends as a valid
// number of a foreign country. (US territories are the United States: PR, GU, VI, AS, MP.)

import { describe, expect, it } from "vitest";

import { readNumber } from "./read-number.ts";

const UNITED_STATES = ["US", "PR", "GU", "VI", "AS", "MP"];

type Random = (below: number) => number;
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

const DAMAGES: readonly Damage[] = [
  function doubleOne(digits, random) {
    const index = random(digits.length);
    return digits.slice(0, index) + at(digits, index) + digits.slice(index);
  },
  function dropOne(digits, random) {
    const index = random(digits.length);
    return digits.slice(0, index) + digits.slice(index + 1);
  },
  function changeOne(digits, random) {
    const index = random(digits.length);
    const other = (Number(at(digits, index)) + 1 + random(9)) % 10;
    return digits.slice(0, index) + String(other) + digits.slice(index + 1);
  },
  function swapTwo(digits, random) {
    const index = random(digits.length - 1);
    return (
      digits.slice(0, index) + at(digits, index + 1) + at(digits, index) + digits.slice(index + 2)
    );
  },
];

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

function findForeign(write: Style, times: number, seed: number): string[] {
  const random = createRandom(seed);
  const foreign: string[] = [];
  for (let count = 0; count < times;) {
    const digits = write(pickUsNumber(random));
    // Every number is damaged in all the ways, so that finding valid ones does not take most of the time.
    for (const damage of DAMAGES) {
      const damaged = damage(digits, random);
      const style = STYLES[count % STYLES.length] ?? String;
      const raw = style(damaged);
      count += 1;
      const reading = readNumber(raw, ["US"]);
      if (reading.status === "valid" && !UNITED_STATES.includes(reading.country ?? ""))
        foreign.push(`${raw} -> ${reading.e164} ${reading.country}`);
    }
  }
  return foreign;
}

describe("a US number with one digit damaged, at a shop in the US", () => {
  it("is never a valid number of a foreign country, in 100,000 cases", { timeout: 60_000 }, () => {
    expect(findForeign((digits) => digits, 100_000, 20_261_121)).toEqual([]);
  });

  it("nor when it was written with the 1 before it", { timeout: 60_000 }, () => {
    expect(findForeign((digits) => `1${digits}`, 30_000, 20_261_122)).toEqual([]);
  });
});
