import fc from "fast-check";
import { expect, it } from "vitest";

import type { TextMeaning } from "./meaning.ts";
import { meaningOf, otherWords, TEXT_MEANINGS } from "./meaning.ts";

const REPLIES: Record<TextMeaning, string[]> = {
  stop: [
    ...["STOP", "stop.", "Stop!!", " Unsubscribe ", "ARRÊT", "Abmelden", "please stop texting me"],
    ...["Opt-out", "don't text me", "take me off this list", "REVOKE", "ＳＴＯＰ"],
  ],
  start: ["START", "unstop", "Start."],
  yes: ["YES", "y", "Sí", "OK!", "ja"],
  help: ["HELP", "info?", "Hilfe"],
  wrong_number: [
    "wrong number",
    "Wrong number, stop",
    "Sorry, you have the wrong person",
    "numéro equivocado",
  ],
  unclear_no: [
    "Can you stop the delivery to my old address and send it to the new one?",
    "No",
    "not interested",
    "cancel my order please",
  ],
  other: ["", "👍", "When will it arrive?", "1234"],
};

for (const meaning of TEXT_MEANINGS) {
  it.each(REPLIES[meaning])(`"%s" means ${meaning}`, (text) => {
    expect(meaningOf(text)).toBe(meaning);
  });
}

it("whatever is written gets one of the meanings, and case never matters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(TEXT_MEANINGS).toContain(meaningOf(text));
      expect(meaningOf(text.toLowerCase())).toBe(meaningOf(meaningSafe(text)));
    }),
  );
});

it("only the bare keyword is sure to have been understood by a carrier, too", () => {
  const noted = (text: string): object => otherWords(text, meaningOf(text));
  for (const text of ["STOP", " Unsubscribe ", "optout"]) expect(noted(text)).toEqual({});
  for (const text of ["stop.", "Abmelden", "please stop texting me"]) {
    expect(noted(text)).toEqual({ inOtherWords: true });
  }
  // Any other meaning is noted as nothing.
  for (const text of ["START", "wrong number", "when?"]) expect(noted(text)).toEqual({});
});

/** Lower-casing twice: some letters have no single lower-case form. */
function meaningSafe(text: string): string {
  return text.toLowerCase().toLowerCase();
}
