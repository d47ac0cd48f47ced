// Numbers that are typed to get past a required field. Libraries call some of them valid, since their ranges are in use; a text to
// one of them reaches nobody or a stranger.

const SAME_DIGIT = /^(\d)\1{6,}$/;
const SAME_DIGIT_AFTER_ONE = /^1(\d)\1{9}$/;
const COUNTED = new Set([
  "1234567",
  "12345678",
  "123456789",
  "1234567890",
  "0123456789",
  "12345678901",
  "9876543210",
  "0987654321",
]);
const FICTIONAL_LOCAL = /^55501\d\d$/;
// 555-0100 to 555-0199 are kept for fiction in every area of the North American plan.
const FICTIONAL = /^\d{3}55501\d\d$/;

/** For a number that is valid by its numbering plan. `national` is the national significant number. */
export function isPlaceholder(callingCode: string, national: string): boolean {
  return SAME_DIGIT.test(national) || (callingCode === "1" && FICTIONAL.test(national));
}

/** For digits that make no valid number: was something made up meant? */
export function looksMadeUp(digits: string): boolean {
  return (
    SAME_DIGIT.test(digits) ||
    SAME_DIGIT_AFTER_ONE.test(digits) ||
    COUNTED.has(digits) ||
    FICTIONAL_LOCAL.test(digits)
  );
}
