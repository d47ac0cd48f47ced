/**
 * What a shopper's reply means.
 *
 * The law (SEMANTICS §9): STOP and its kin stop, in any of the languages below and by any reasonable
 * words; START and its kin restore; YES answers an open confirmation and nothing else; "wrong number"
 * stops and bars. What sounds like a no but may be something else is held for a person.
 */

import { KEYWORDS, POLITE, type Keyword } from "./keywords.ts";
import { isOneOf, SOUNDS_LIKE_NO, STOP, WRONG_NUMBER } from "./sentences.ts";

export const TEXT_MEANINGS = [
  "stop",
  "start",
  "yes",
  "help",
  "wrong_number",
  "unclear_no",
  "other",
] as const;

export type TextMeaning = (typeof TEXT_MEANINGS)[number];

const KEYWORD_ORDER = ["stop", "start", "yes", "help"] as const satisfies readonly Keyword[];

/** Of every keyword the replies that mean it, in all languages: nobody says in which they write. */
const REPLIES: ReadonlyMap<Keyword, ReadonlySet<string>> = new Map(
  KEYWORD_ORDER.map((keyword) => [
    keyword,
    new Set(Object.values(KEYWORDS).flatMap((language) => language[keyword])),
  ]),
);

const STOP_SIGN = /^\s*(\u{1F6D1}\s*)+$/u;

/** Longer replies talk about something: a single word in them is no order. */
const SHORT_REPLY_WORDS = 8;

/** @param text the reply as it was received */
export function meaningOf(text: string): TextMeaning {
  if (STOP_SIGN.test(text)) return "stop";
  const said = plain(text);
  if (isOneOf(WRONG_NUMBER, said)) return "wrong_number";
  const bare = said.replaceAll(POLITE, " ").replaceAll(/ +/g, " ").trim();
  for (const keyword of KEYWORD_ORDER) {
    if (REPLIES.get(keyword)?.has(bare)) return keyword;
  }
  const isShort = said.split(" ").length <= SHORT_REPLY_WORDS;
  if (isOneOf(STOP, said)) return isShort ? "stop" : "unclear_no";
  return isOneOf(SOUNDS_LIKE_NO, bare) ? "unclear_no" : "other";
}

/** The words at which carriers and senders block by themselves, without being told. */
const CARRIER_KEYWORDS = [
  "stop",
  "stopall",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "revoke",
  "optout",
];

/**
 * What to note of a stop that only a reader surely understands: no carrier may have blocked for it.
 * Whether one forgives a mark or another alphabet, nobody can know.
 */
export function otherWords(text: string, meaning: TextMeaning): { inOtherWords?: true } {
  const isKeyword = CARRIER_KEYWORDS.includes(text.trim().toLowerCase());
  return meaning === "stop" && !isKeyword ? { inOtherWords: true } : {};
}

/** Without case, accents, marks and repeated spaces. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
