// The type of a number, and with it whether it exists at all: the library's own rule. A number without a type is in no range.

import type { LibraryType, Plan, Range } from "./plans.ts";
import { planOf } from "./plans.ts";

/** Null when the number is in no range of its plan: it does not exist. */
export function lineTypeOf(number: {
  readonly country?: string | undefined;
  readonly countryCallingCode: string;
  readonly nationalNumber: string;
}): LibraryType | null {
  return lineTypeIn(planOf(number.country ?? number.countryCallingCode), number.nationalNumber);
}

/** The same within a plan. */
export function lineTypeIn(plan: Plan, national: string): LibraryType | null {
  if (!plan.all.test(national)) return null;
  if (plan.fixedLine !== null && isIn(plan.fixedLine, national)) {
    if (plan.fixedLineIsMobile) return "FIXED_LINE_OR_MOBILE";
    const [mobile] = plan.others;
    return mobile?.type === "MOBILE" && isIn(mobile, national)
      ? "FIXED_LINE_OR_MOBILE"
      : "FIXED_LINE";
  }
  for (const range of plan.others) if (isIn(range, national)) return range.type;
  return null;
}

function isIn(range: Range, national: string): boolean {
  return range.lengths.includes(national.length) && range.pattern.test(national);
}
