// What stands in the phone fields of a shop that sells abroad: mostly numbers of its shoppers' own countries, as people, browsers and
// Shopify write them, some of elsewhere, and some that are no numbers. Made the same way every time.

import { getExampleNumber, parsePhoneNumber } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";

export type PhoneText = { raw: string; country: CountryCode };

/** Where the shopper's address is, as often as it stands here. */
const COUNTRIES: readonly CountryCode[] = [
  ...["US", "US", "US", "US", "US", "US", "US", "US", "CA", "CA"],
  ...["GB", "GB", "DE", "DE", "FR", "AU", "IT", "ES", "NL", "BR", "IN", "MX", "JP", "SE", "SG"],
] as CountryCode[];
const NORTH_AMERICAN_AREAS: Readonly<Record<string, readonly string[]>> = {
  US: ["212", "415", "305", "713", "206", "312"],
  CA: ["416", "604", "514"],
};

type Writing = (number: PhoneNumber) => string;

const national: Writing = (number) => number.formatNational();
const international: Writing = (number) => number.formatInternational();
const e164: Writing = ({ number }) => number;
const digits: Writing = (number) => national(number).replace(/\D/g, "");

const WRITINGS: readonly Writing[] = [
  ...[e164, e164, e164, e164, national, national, national, national],
  ...[digits, digits, digits, international, international],
  (number) => national(number).replace(/[\s()-]+/g, "."),
  (number) =>
    national(number)
      .replace(/[\s()-]+/g, "-")
      .replace(/^-/, ""),
  (number) => number.number.slice(1),
  (number) => ` ${international(number)} `,
  (number) => international(number).replaceAll(" ", "\u00a0"),
  (number) => `\u202a${international(number)}\u202c`,
  (number) => `00${number.number.slice(1)}`,
  (number) => number.getURI(),
  (number) => `+${number.countryCallingCode} (0)${number.nationalNumber}`,
  (number) => `${national(number)} ext. 12`,
];

/** No number at all, or one damaged on the way. */
const SLIPS: readonly Writing[] = [
  (number) => digits(number).slice(0, -1),
  (number) => `${digits(number)}${digits(number).slice(-1)}`,
  (number) => `+${number.nationalNumber}`,
  (number) => `${national(number)} / ${national(number)}`,
  () => "n/a",
  () => "",
  () => "0000000000",
  () => "call me at work",
];

/** One in ten is of another country than the address, one in twelve a slip. */
export function listPhoneTexts(count: number): PhoneText[] {
  return Array.from({ length: count }, (_, index) => {
    const country = pick(COUNTRIES, index);
    const of = index % 10 === 7 ? pick(COUNTRIES, index * 7 + 3) : country;
    const number = numberOf(of, index);
    const write =
      index % 12 === 5 ? pick(SLIPS, index / 12) : pick(WRITINGS, index * 5 + index / 25);
    return { raw: write(number), country };
  });
}

/** A number of its own for each index, in a range that is in use. */
function numberOf(country: CountryCode, index: number): PhoneNumber {
  const areas = NORTH_AMERICAN_AREAS[country];
  const tail = String((index * 7919 + 1234) % 10_000).padStart(4, "0");
  if (areas !== undefined) return parse(`+1${pick(areas, index / 3)}${600 + (index % 300)}${tail}`);
  const example = getExampleNumber(country, examples);
  if (example === undefined) throw new Error(`no example number of ${country}`);
  return parse(`${example.number.slice(0, -4)}${tail}`);
}

function parse(text: string): PhoneNumber {
  const number = parsePhoneNumber(text);
  if (number === undefined) throw new Error(`${text} is no number`);
  return number;
}

function pick<Item>(items: readonly Item[], nth: number): Item {
  const item = items[Math.floor(nth) % items.length];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
}
