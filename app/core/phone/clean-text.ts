// Turns what was typed or pasted into plain ASCII digits and punctuation without changing which number it says: compatibility forms,
// invisible marks, the digits of every script, link prefixes, and the traces spreadsheets leave. It never looks for a number inside
// other text: a letter that remains makes the field no number later on.

/** Longer text is no phone field; the bounds keep the work constant whatever is pasted. */
const MAX_RAW_UNITS = 4000;
const MAX_CODE_POINTS = 200;

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
// Format characters (bidi and zero-width marks, soft hyphen, byte order mark), variation selectors and the keycap of emoji digits.
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f|\u20e3/gu;
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const DASH = /[\p{Pd}\u2212\u30fc]/gu;
const MIDDLE_DOT = /[\u00b7\u2022\u2027\u2219\u22c5\u30fb]/gu;
const BLANK = /[^\S\n]+/gu;
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]+/gu;

const LABEL =
  /^(?:(?:tel|sms|smsto|callto|whatsapp):(?:\/\/)?|(?:tel|phone|ph|mobile|mob|cell)[.:]+)\s*/i;
const QUOTED = /^(["'`])\s*(.*?)\s*\1?$/s;
const SPREADSHEET_FLOAT = /^(\+?\d{7,15})\.0$/;

/** The plain text, trimmed; null when there is more of it than any number needs. */
export function cleanText(raw: string): string | null {
  if (raw.length > MAX_RAW_UNITS) return null;
  const plain = PLAIN_ASCII.test(raw) ? raw.trim() : toPlain(raw);
  if (plain.length > MAX_CODE_POINTS && [...plain].length > MAX_CODE_POINTS) return null;
  return withoutDecoration(plain);
}

function toPlain(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(FOREIGN_DIGIT, asciiDigit)
    .replace(DASH, "-")
    .replace(MIDDLE_DOT, ".")
    .replaceAll("\u2795", "+")
    .replace(LINE_BREAK, "\n")
    .replace(BLANK, " ")
    .trim();
}

// Unicode keeps the decimal digits of a script in runs of ten, zero first, so a digit's value is its distance from the start of its
// unbroken run modulo ten.
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let start = codePoint;
  while (isDecimalDigit(start - 1)) start -= 1;
  return String((codePoint - start) % 10);
}

function isDecimalDigit(codePoint: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));
}

function withoutDecoration(plain: string): string {
  let text = plain;
  if (/^["'`]/.test(text)) text = text.replace(QUOTED, "$2");
  if (/^[a-z]/i.test(text)) text = text.replace(LABEL, "");
  if (text.includes("%")) text = text.replace(/%2b/gi, "+").replace(/%20/g, " ").trim();
  if (text.endsWith(".0")) text = text.replace(SPREADSHEET_FLOAT, "$1");
  return text;
}
