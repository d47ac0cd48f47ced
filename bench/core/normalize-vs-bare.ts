// Reading a number, with everything that reading means here (what was typed, whose country it is, whether it is a slip), against the
// library's bare parse of the same text with the same default country. Nothing is remembered between readings.

import { pathToFileURL } from "node:url";

import bareParse from "libphonenumber-js/max";

import { readNumber } from "#app/core/phone/read-number.ts";

import type { BenchResult } from "../bench-result.ts";
import { median, secondsFor } from "./in-turns.ts";
import { listPhoneTexts } from "./phone-texts.ts";

const TEXTS = 4_000;
const ROUNDS = 25;
/** Until the compiler has done its work. */
const WARM_UP = 8;

/** About three seconds. */
export function run(): Promise<BenchResult[]> {
  const texts = listPhoneTexts(TEXTS);
  const seconds = secondsFor(WARM_UP, ROUNDS, {
    bare: () => {
      for (const { raw, country } of texts) bareParse(raw, country);
    },
    ours: () => {
      for (const { raw, country } of texts) readNumber(raw, [country]);
    },
  });
  const value = TEXTS / median(seconds.ours);
  const baseline = TEXTS / median(seconds.bare);
  return Promise.resolve([
    {
      name: "normalize-vs-bare",
      value,
      unit: "numbers/s",
      baseline,
      ratio: value / baseline,
      target: ">= 0.6",
    },
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
