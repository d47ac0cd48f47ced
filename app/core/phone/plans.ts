// The library's numbering plans, each with its patterns compiled once: the library compiles them anew for every question, which costs
// more than everything else that is done with a number.

import { Metadata } from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";

export type LibraryType = Exclude<ReturnType<PhoneNumber["getType"]>, undefined>;

/** Numbers of one type. */
export type Range = {
  readonly type: LibraryType;
  readonly lengths: readonly number[];
  readonly pattern: RegExp;
};

export type Plan = {
  /** Without plus, `'44'`. */
  readonly callingCode: string;
  /** What is dialled to get abroad, at the start of the digits. */
  readonly exitCode: RegExp | null;
  /** What the library takes for a trunk prefix (and a carrier's code) at the start of a number. */
  readonly trunk: RegExp | null;
  /** What becomes of the prefix's groups; null: it is cut off. */
  readonly trunkRule: string | null;
  /** The lengths that numbers of the plan can have, shortest first. */
  readonly lengths: readonly number[];
  readonly all: RegExp;
  /** Whose start makes a number of this country, where countries share a calling code; null where its ranges have to tell. */
  readonly leading: RegExp | null;
  readonly fixedLine: Range | null;
  /** The plan does not tell fixed lines from mobiles. */
  readonly fixedLineIsMobile: boolean;
  /** In the order the library tries them. */
  readonly others: readonly Range[];
};

// What the library offers beyond its published types.
type LibraryPlan = {
  callingCode(): string;
  IDDPrefix(): string | undefined;
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | 0 | undefined;
  nationalPrefixTransformRule(): string | 0 | undefined;
  possibleLengths(): readonly number[];
  leadingDigits(): string | 0 | undefined;
  type(
    name: LibraryType,
  ): { pattern(): string; possibleLengths(): readonly number[] | undefined } | undefined;
};
type LibraryPlans = {
  hasCallingCode(callingCode: string): boolean | undefined;
  getCountryCodesForCallingCode(callingCode: string): readonly CountryCode[] | undefined;
  selectNumberingPlan(countryOrCallingCode: string): { numberingPlan: LibraryPlan };
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

const library = new Metadata() as unknown as LibraryPlans;
const compiled = new Map<string, Plan>();

/** @param name a known country, or a known calling code: then it is the plan of the code's main country. */
export function planOf(name: string): Plan {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const plan = compile(library.selectNumberingPlan(name).numberingPlan);
  compiled.set(name, plan);
  return plan;
}

export function isCallingCode(digits: string): boolean {
  return library.hasCallingCode(digits) === true;
}

/** The main country first; none for the codes of no country (+800 …). */
export function countriesOf(callingCode: string): readonly CountryCode[] {
  return library.getCountryCodesForCallingCode(callingCode) ?? [];
}

function compile(plan: LibraryPlan): Plan {
  const mobile = plan.type("MOBILE");
  return {
    callingCode: plan.callingCode(),
    exitCode: atStart(plan.IDDPrefix()),
    trunk: atStart(plan.nationalPrefixForParsing()),
    trunkRule: plan.nationalPrefixTransformRule() || null,
    lengths: plan.possibleLengths(),
    all: whole(plan.nationalNumberPattern()),
    leading: atStart(plan.leadingDigits()),
    fixedLine: compileRange(plan, "FIXED_LINE"),
    fixedLineIsMobile: mobile === undefined || mobile.pattern() === "",
    others: OTHER_TYPES.flatMap((type) => compileRange(plan, type) ?? []),
  };
}

function compileRange(plan: LibraryPlan, type: LibraryType): Range | null {
  const range = plan.type(type);
  const pattern = range?.pattern();
  if (range === undefined || pattern === undefined || pattern === "") return null;
  return { type, lengths: range.possibleLengths() ?? [], pattern: whole(pattern) };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function atStart(pattern: string | 0 | undefined): RegExp | null {
  return pattern ? new RegExp(`^(?:${pattern})`) : null;
}
