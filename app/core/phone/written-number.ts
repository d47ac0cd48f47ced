// Takes a cleaned phone field apart: is there a plus, which digits, is a zero in brackets, is there an extension. It decides nothing
// about countries; it refuses text that is no single number.

import type { InvalidReason } from "./reasons.ts";

export type WrittenNumber = {
  readonly kind: "number";
  /** Written with a plus sign: the digits start with a country code. */
  readonly plus: boolean;
  readonly digits: string;
  /** The same digits without a zero in brackets, as in `+44 (0)20 …`; null where there is none. */
  readonly digitsWithoutZero: string | null;
  readonly extension: string | null;
};

export type NotWritten = { readonly kind: "none"; readonly reason: InvalidReason };

const EXTENSION =
  /(?:;ext=|,,|[\s,;.~-]*(?:extension|extensi[oó]n|extn|ext|xtn|xt|x|anexo|poste|durchwahl|dw|int|доб|#)[.:]?)[\s.:]*(\d{1,9})#?$/iu;
const DASHED_EXTENSION = /-(\d{1,6})#$/;
const CONTEXT = /;phone-context=(\+?[\d-]+)/i;
const PARAMETERS = /;(?!ext=)[a-z-]+(?:=[^;]*)?/gi;
const BODY = /^[\s([]*(\+[\s+]*)?[\d\s().[\]/~-]*$/;
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;
const SEVERAL = /[/;,|&\n]|\s(?:or|and|et|ou|oder|und|o|y)\s/i;
const OTHER_ENDING = /^(.*)[/,;&]\s*\d{1,4}$/s;
const VANITY = /^[\s(+]*[\d\s().+-]*\d[\d\s().-]*[a-z][a-z\d\s().-]*$/i;

/** @param text as {@link cleanText} leaves it. */
export function takeApart(text: string): WrittenNumber | NotWritten {
  if (text === "") return none("empty");
  const { body, extension } = splitExtension(withoutParameters(text));
  const sign = BODY.exec(body);
  if (holdsSeveral(body)) return none("two_numbers");
  if (sign === null) return none(looksVanity(body) ? "vanity_letters" : "not_a_number");
  const digits = digitsOf(body);
  if (digits === "") return none("not_a_number");
  const withoutZero = BRACKETED_ZERO.test(body) ? digitsOf(body.replace(BRACKETED_ZERO, "")) : null;
  return {
    kind: "number",
    plus: sign[1] !== undefined,
    digits,
    digitsWithoutZero: withoutZero,
    extension,
  };
}

function digitsOf(text: string): string {
  return text.replace(/\D+/g, "");
}

function none(reason: InvalidReason): NotWritten {
  return { kind: "none", reason };
}

// RFC 3966: a local number says in which context it is dialled; every other parameter but the extension is about routing.
function withoutParameters(text: string): string {
  if (!text.includes(";")) return text;
  const context = CONTEXT.exec(text)?.[1];
  const number = text.replace(PARAMETERS, "");
  if (context === undefined || !context.startsWith("+") || number.startsWith("+")) return number;
  return `${context} ${number}`;
}

function splitExtension(text: string): { body: string; extension: string | null } {
  // Nearly every number ends here: without one of these characters there is no extension.
  if (!/[#=,a-zа-я]/i.test(text)) return { body: text, extension: null };
  const match = EXTENSION.exec(text) ?? DASHED_EXTENSION.exec(text);
  const extension = match?.[1];
  if (match === null || extension === undefined || digitsOf(text.slice(0, match.index)).length < 5)
    return { body: text, extension: null };
  return { body: text.slice(0, match.index).trimEnd(), extension };
}

// Two whole numbers, or one number and another ending for it ("415 555 2671 / 72"): joined they may well be a valid stranger.
function holdsSeveral(body: string): boolean {
  if (!SEVERAL.test(body)) return false;
  const whole = body.split(SEVERAL).filter((part) => digitsOf(part).length >= 7);
  if (whole.length > 1) return true;
  const beforeEnding = OTHER_ENDING.exec(body)?.[1];
  return beforeEnding !== undefined && digitsOf(beforeEnding).length >= 7;
}

function looksVanity(body: string): boolean {
  const signs = body.replace(/[^a-z\d]+/gi, "").length;
  return VANITY.test(body) && signs >= 7 && signs <= 15;
}
