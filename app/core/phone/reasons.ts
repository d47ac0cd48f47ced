// Why a number is not simply valid: stable codes, stored with observations, told by the CLI and translated for the app. A code is
// never renamed or reused; the sentence is its meaning in plain English and the source of the translations.

export const READING_REASONS = {
  // review: a person (or another signal) can settle it
  foreign_unconfirmed:
    "The digits read as a number of another country than expected, and nothing confirms that country.",
  country_unknown: "The number lacks its country code and no country is known for the shopper.",
  ambiguous_country:
    "The digits are a valid number in more than one country, and it is not clear which is meant.",
  ambiguous_zero: "The number is valid both with and without the zero in brackets.",
  plus_before_national:
    "The number starts with a plus sign but looks like a national number without its country code.",
  // invalid: nothing to settle
  empty: "The field is empty.",
  not_a_number: "The text is not a phone number.",
  vanity_letters: "The number is spelled with letters.",
  two_numbers: "The field holds more than one number.",
  placeholder: "The number is a made-up one that belongs to nobody.",
  short_code: "The number is a short code or an emergency number.",
  too_short: "The number has too few digits.",
  too_long: "The number has too many digits.",
  unknown_country_code: "The number starts with a country code that does not exist.",
  not_in_use: "No number of that country looks like this.",
} as const;

export type ReadingReason = keyof typeof READING_REASONS;

export type ReviewReason =
  | "foreign_unconfirmed"
  | "country_unknown"
  | "ambiguous_country"
  | "ambiguous_zero"
  | "plus_before_national";

export type InvalidReason = Exclude<ReadingReason, ReviewReason>;
