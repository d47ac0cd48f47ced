// What the text in a phone field turned out to be. Three answers: `valid` may be used, `review` never wins until a person (or a
// further signal) settles it, `invalid` is no number at all.

import type { InvalidReason, ReviewReason } from "./reasons.ts";

/** ISO 3166 alpha-2, any case; anything else is ignored. */
export type CountryHint = string;

export type LineType =
  | "mobile"
  | "fixed_line"
  | "fixed_line_or_mobile"
  | "voip"
  | "toll_free"
  | "premium_rate"
  | "shared_cost"
  | "personal_number"
  | "pager"
  | "uan"
  | "voicemail";

/** What is known of a number that exists in a numbering plan. */
export type NumberFacts = {
  /** `^\+[1-9]\d{1,14}$`, without the extension. */
  readonly e164: string;
  /** ISO 3166 alpha-2 by the number's range; null for numbers of no country (+800 …). */
  readonly country: string | null;
  readonly type: LineType | null;
  /** The digits written after the number; it can't be texted then, the e164 stands for the switchboard. */
  readonly extension: string | null;
  /** Whether a text can arrive, as far as the numbering plan tells; a looked-up line type overrules it. */
  readonly takesTexts: boolean;
  /** Whether picture messages are offered there (US and Canada). */
  readonly mms: boolean;
};

export type NoNumber = {
  readonly e164: null;
  readonly country: null;
  readonly type: null;
  readonly extension: null;
  readonly takesTexts: false;
  readonly mms: false;
};

export type ValidReading = { readonly status: "valid"; readonly reason: null } & NumberFacts;

/** The facts, if any, are a suggestion for the person who reviews it, never to be used as they are. */
export type ReviewReading = { readonly status: "review"; readonly reason: ReviewReason } & (
  | NumberFacts
  | NoNumber
);

export type InvalidReading = {
  readonly status: "invalid";
  readonly reason: InvalidReason;
} & NoNumber;

export type Reading = ValidReading | ReviewReading | InvalidReading;

const NO_NUMBER: NoNumber = {
  e164: null,
  country: null,
  type: null,
  extension: null,
  takesTexts: false,
  mms: false,
};

export function valid(facts: NumberFacts): ValidReading {
  return { status: "valid", reason: null, ...facts };
}

/** @param suggestion what a person will most likely settle on; null when nothing can be suggested. */
export function review(reason: ReviewReason, suggestion: NumberFacts | null): ReviewReading {
  return { status: "review", reason, ...(suggestion ?? NO_NUMBER) };
}

export function invalid(reason: InvalidReason): InvalidReading {
  return { status: "invalid", reason, ...NO_NUMBER };
}
