// Digits as the library parses them (`parsePhoneNumberFromString` without extraction), step by step the same on compiled plans: calling
// code, trunk prefix, country. The library does it for any text and builds an error with its stack for every text that is no number;
// here everything but digits is gone already. That the two agree is what the tests beside this show.

import type { CountryCode } from "libphonenumber-js/max";

import { lineTypeIn } from "./line-type.ts";
import { countriesOf, isCallingCode, planOf } from "./plans.ts";
import type { Plan } from "./plans.ts";

/** In the library's words. */
export type ParsedNumber = {
  /** E.164. */
  readonly number: string;
  readonly countryCallingCode: string;
  /** Unknown where several share the calling code and none has such a number; also for codes of no country. */
  readonly country?: CountryCode | undefined;
  readonly nationalNumber: string;
};

/** What is wrong with digits that make no number, in the library's words. */
export type ParseProblem = "NOT_A_NUMBER" | "INVALID_COUNTRY" | "TOO_SHORT" | "TOO_LONG";

/** The calling code that was found and what follows it; without a code the digits are national. */
type Split = { readonly callingCode: string | null; readonly rest: string };

const LONGEST_CALLING_CODE = 3;
const SHORTEST_NATIONAL = 2;
/** The library's bound: Germany has numbers longer than E.164 allows. */
const LONGEST_NATIONAL = 17;

/**
 * @param text ASCII digits, a plus before them or not; at most 250 of them
 * @param country the default country; without one, digits without a plus are of no country
 */
export function parseDigits(text: string, country?: CountryCode): ParsedNumber | ParseProblem {
  const isTooShort = text.startsWith("+") ? text.length < 4 : text.length < 2;
  if (isTooShort) return text === "" || text === "+" ? "NOT_A_NUMBER" : "TOO_SHORT";
  const split = text.startsWith("+") ? splitMarked(text) : splitUnmarked(text, country);
  const planName = split?.callingCode ?? country;
  if (split === null || planName === undefined) return "INVALID_COUNTRY";
  const plan = planOf(planName);
  if (split.rest === "") return "TOO_SHORT";
  const nationalNumber = withoutTrunk(split.rest, plan);
  if (nationalNumber.length < SHORTEST_NATIONAL) return "TOO_SHORT";
  if (nationalNumber.length > LONGEST_NATIONAL) return "TOO_LONG";
  const atHome = split.callingCode === null ? country : undefined;
  return {
    number: `+${plan.callingCode}${nationalNumber}`,
    countryCallingCode: plan.callingCode,
    country: countryOf(plan.callingCode, nationalNumber) ?? atHome,
    nationalNumber,
  };
}

/** How a number's length compares with those of its plan; null when there are numbers of that length. */
export function lengthProblem(
  national: string,
  { lengths }: Plan,
): "TOO_SHORT" | "TOO_LONG" | "INVALID_LENGTH" | null {
  const { length } = national;
  if (lengths.includes(length)) return null;
  if (length < (lengths[0] ?? 0)) return "TOO_SHORT";
  return length > (lengths.at(-1) ?? 0) ? "TOO_LONG" : "INVALID_LENGTH";
}

function splitMarked(text: string): Split | null {
  if (text[1] === "0") return null;
  for (let end = 2; end <= LONGEST_CALLING_CODE + 1 && end <= text.length; end += 1) {
    const callingCode = text.slice(1, end);
    if (isCallingCode(callingCode)) return { callingCode, rest: text.slice(end) };
  }
  return null;
}

function splitUnmarked(digits: string, country: CountryCode | undefined): Split | null {
  if (country === undefined) return { callingCode: null, rest: digits };
  const plan = planOf(country);
  const abroad = withoutExitCode(digits, plan);
  if (abroad !== null) return splitMarked(`+${abroad}`);
  const { callingCode } = plan;
  if (!digits.startsWith(callingCode)) return { callingCode: null, rest: digits };
  // In Germany (49), 49 is an area code, too: the code is there only where the digits make no number with it.
  const rest = digits.slice(callingCode.length);
  const [before, after] = [withoutTrunk(digits, plan), withoutTrunk(rest, plan)];
  const isNeeded = !plan.all.test(before) && plan.all.test(after);
  return isNeeded || lengthProblem(before, plan) === "TOO_LONG"
    ? { callingCode, rest }
    : { callingCode: null, rest: digits };
}

// No calling code starts with a zero, so what looks like an exit code before one is none.
function withoutExitCode(digits: string, { exitCode }: Plan): string | null {
  const match = exitCode?.exec(digits)?.[0] ?? "";
  const rest = digits.slice(match.length);
  return match === "" || rest === "" || rest.startsWith("0") ? null : rest;
}

// A prefix stays where the number needs it, and where what remains without it would be too short.
function withoutTrunk(digits: string, plan: Plan): string {
  const shorter = cutTrunk(digits, plan);
  if (shorter === digits || (plan.all.test(digits) && !plan.all.test(shorter))) return digits;
  const country = countryOf(plan.callingCode, shorter);
  const problem = lengthProblem(shorter, country === undefined ? plan : planOf(country));
  return problem === "TOO_SHORT" || problem === "INVALID_LENGTH" ? digits : shorter;
}

function cutTrunk(digits: string, { trunk, trunkRule }: Plan): string {
  const match = digits === "" ? null : (trunk?.exec(digits) ?? null);
  if (trunk === null || match === null) return digits;
  const hasGroups = match.length > 1 && Boolean(match.at(-1));
  return trunkRule !== null && hasGroups
    ? digits.replace(trunk, trunkRule)
    : digits.slice(match[0].length);
}

function countryOf(callingCode: string, national: string): CountryCode | undefined {
  const countries = countriesOf(callingCode);
  if (countries.length < 2) return countries[0];
  return countries.find((country) => {
    const plan = planOf(country);
    return plan.leading?.test(national) ?? lineTypeIn(plan, national) !== null;
  });
}
