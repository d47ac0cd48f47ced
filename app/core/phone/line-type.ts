// The type of a number, and with it whether it exists at all: the library's own rule (a number without a type is in no range), with
// each plan's patterns compiled once. The library compiles them anew for every question, which costs as much as parsing.

import { Metadata } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

export type LibraryType = Exclude<ReturnType<PhoneNumber["getType"]>, undefined>;

type Range = {
  readonly type: LibraryType;
  readonly lengths: readonly number[];
  readonly pattern: RegExp;
};

type Ranges = {
  readonly all: RegExp;
  /** What the library takes for a trunk prefix at the start of a number. */
  readonly trunk: RegExp | null;
  readonly fixedLine: Range | null;
  /** The plan does not tell fixed lines from mobiles. */
  readonly fixedLineIsMobile: boolean;
  /** In the order the library tries them. */
  readonly others: readonly Range[];
};

// What the library's numbering plan offers beyond its published types.
type NumberingPlan = {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | 0 | undefined;
  type(
    name: LibraryType,
  ): { pattern(): string; possibleLengths(): readonly number[] | undefined } | undefined;
};

const OTHER_TYPES: readonly LibraryType[] = [
  "MOBILE",
  "PREMIUM_RATE",
  "TOLL_FREE",
  "SHARED_COST",
  "VOIP",
  "PERSONAL_NUMBER",
  "PAGER",
  "UAN",
  "VOICEMAIL",
];

const compiled = new Map<string, Ranges>();

/** Null when the number is in no range of its plan: it does not exist. */
export function lineTypeOf(number: PhoneNumber): LibraryType | null {
  const ranges = rangesOf(number.country ?? number.countryCallingCode);
  const national = number.nationalNumber;
  if (!ranges.all.test(national)) return null;
  if (ranges.fixedLine !== null && isIn(ranges.fixedLine, national)) {
    if (ranges.fixedLineIsMobile) return "FIXED_LINE_OR_MOBILE";
    const [mobile] = ranges.others;
    return mobile?.type === "MOBILE" && isIn(mobile, national)
      ? "FIXED_LINE_OR_MOBILE"
      : "FIXED_LINE";
  }
  for (const range of ranges.others) if (isIn(range, national)) return range.type;
  return null;
}

/** Whether the national number starts with what could be a trunk prefix, so that reading it again may lose digits. */
export function startsLikeTrunk(number: PhoneNumber): boolean {
  return rangesOf(number.countryCallingCode).trunk?.test(number.nationalNumber) ?? false;
}

function isIn(range: Range, national: string): boolean {
  return range.lengths.includes(national.length) && range.pattern.test(national);
}

function rangesOf(plan: string): Ranges {
  const known = compiled.get(plan);
  if (known !== undefined) return known;
  const ranges = compileRanges(plan);
  compiled.set(plan, ranges);
  return ranges;
}

function compileRanges(plan: string): Ranges {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(plan as CountryCode);
  const numbering = metadata.numberingPlan as unknown as NumberingPlan;
  const mobile = numbering.type("MOBILE");
  const trunk = numbering.nationalPrefixForParsing();
  return {
    all: whole(numbering.nationalNumberPattern()),
    trunk: trunk ? new RegExp(`^(?:${trunk})`) : null,
    fixedLine: compileRange(numbering, "FIXED_LINE"),
    fixedLineIsMobile: mobile === undefined || mobile.pattern() === "",
    others: OTHER_TYPES.flatMap((type) => compileRange(numbering, type) ?? []),
  };
}

function compileRange(numbering: NumberingPlan, type: LibraryType): Range | null {
  const range = numbering.type(type);
  const pattern = range?.pattern();
  if (range === undefined || pattern === undefined || pattern === "") return null;
  return { type, lengths: range.possibleLengths() ?? [], pattern: whole(pattern) };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
