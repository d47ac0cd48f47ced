/**
 * What a shopper's reply means.
 *
 * The law (SEMANTICS §9): STOP and its kin stop, in any of the languages below and by any reasonable
 * words; START and its kin restore; YES answers an open confirmation and nothing else; "wrong number"
 * stops and bars. What sounds like a no but may be something else is held for a person.
 */

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

/** Whole replies. The English stop words are the FCC's per-se list and the carriers'. */
const WORDS: Record<"stop" | "start" | "yes" | "help", readonly string[]> = {
  stop: [
    ...["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
    ...["opt out", "remove", "remove me", "no more", "desuscribir", "baja", "alto", "parar"],
    ...["pare", "sair", "cancelar", "arret", "arreter", "stopp", "abmelden", "abbestellen", "ende"],
    ...["basta", "annulla", "cancella", "afmelden", "uitschrijven", "avsluta", "lopeta", "stoppa"],
  ],
  start: ["start", "unstop", "subscribe", "resume", "empezar", "comenzar", "anmelden", "inizia"],
  yes: ["yes", "y", "yep", "ok", "si", "sim", "oui", "ja", "confirm", "join"],
  help: ["help", "info", "ayuda", "aide", "hilfe", "ajuda", "aiuto"],
};

const WRONG_NUMBER =
  /\b(wrong (number|person|guy|lady)|not (me|my (number|phone)|the right (number|person))|you have the wrong|falsche nummer|mauvais numero|numero (equivocado|errado|sbagliato)|verkeerde nummer)\b/;

/** Orders to stop within a sentence. */
const STOP_IN_SENTENCE =
  /\b(stop|quit|unsubscribe|opt ?(me )?out|take me off|remove me|leave me alone|(do not|dont|don t|no) (text|message|contact|sms)|no more (texts?|messages?)|never (text|message|contact))\b/;

/** Words of a no that may be about something else: an order, a delivery. */
const SOUNDS_LIKE_NO = /\b(stop|cancel|end|quit|revoke|no|not interested|spam|report|sue|lawyer)\b/;

/** Longer replies talk about something: a single word in them is no order. */
const SHORT_REPLY_WORDS = 8;

/** @param text the reply as it was received */
export function meaningOf(text: string): TextMeaning {
  const said = plain(text);
  if (WRONG_NUMBER.test(said)) return "wrong_number";
  for (const meaning of ["stop", "start", "yes", "help"] as const) {
    if (WORDS[meaning].includes(said)) return meaning;
  }
  const isShort = said.split(" ").length <= SHORT_REPLY_WORDS;
  if (STOP_IN_SENTENCE.test(said)) return isShort ? "stop" : "unclear_no";
  return SOUNDS_LIKE_NO.test(said) ? "unclear_no" : "other";
}

/** The words at which carriers and senders block by themselves, without being told. */
const KEYWORDS = ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"];

/**
 * What to note of a stop that only a reader surely understands: no carrier may have blocked for it.
 * Whether one forgives a mark or another alphabet, nobody can know.
 */
export function otherWords(text: string, meaning: TextMeaning): { inOtherWords?: true } {
  const isKeyword = KEYWORDS.includes(text.trim().toLowerCase());
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
