// What a numbering plan tells of a number, said in our words: line type, whether a text can arrive, whether pictures can.

import type { ParsedNumber } from "./parse-digits.ts";
import type { LibraryType } from "./plans.ts";
import type { LineType, NumberFacts } from "./reading.ts";

const LINE_TYPES: Readonly<Record<LibraryType, LineType>> = {
  MOBILE: "mobile",
  FIXED_LINE: "fixed_line",
  FIXED_LINE_OR_MOBILE: "fixed_line_or_mobile",
  VOIP: "voip",
  TOLL_FREE: "toll_free",
  PREMIUM_RATE: "premium_rate",
  SHARED_COST: "shared_cost",
  PERSONAL_NUMBER: "personal_number",
  PAGER: "pager",
  UAN: "uan",
  VOICEMAIL: "voicemail",
};

// A fixed line can't take a text; nobody reads texts on a service number; a pager needs another network.
const NO_TEXTS: ReadonlySet<LineType> = new Set([
  "fixed_line",
  "toll_free",
  "premium_rate",
  "shared_cost",
  "pager",
  "uan",
  "voicemail",
]);

/** False where the plan rules texts out or an extension stands between; an unknown type may take them. */
export function canTakeTexts(type: LineType | null, extension: string | null): boolean {
  return extension === null && (type === null || !NO_TEXTS.has(type));
}

/** Picture messages exist for the shop's senders in the US and Canada only. */
export function canTakePictures(country: string | null): boolean {
  return country === "US" || country === "CA";
}

/** The facts of a parsed number without extension whose type has been looked up already: that is the expensive part. */
export function factsOf(
  number: Pick<ParsedNumber, "number" | "country">,
  libraryType: LibraryType,
): NumberFacts {
  const type = LINE_TYPES[libraryType];
  const country = number.country ?? null;
  const takesTexts = canTakeTexts(type, null);
  return {
    e164: number.number,
    country,
    type,
    extension: null,
    takesTexts,
    mms: takesTexts && canTakePictures(country),
  };
}
