// ULIDs as Customer.io names its events: 48 bits of time and 80 of chance, in Crockford's alphabet.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/** @param below a whole number below its argument */
export function ulidAt(milliseconds: number, below: (limit: number) => number): string {
  let time = "";
  for (let rest = milliseconds; time.length < TIME_DIGITS; rest = Math.floor(rest / 32)) {
    time = (ALPHABET[rest % 32] ?? "0") + time;
  }
  const chance = Array.from({ length: RANDOM_DIGITS }, () => ALPHABET[below(32)]);
  return time + chance.join("");
}
