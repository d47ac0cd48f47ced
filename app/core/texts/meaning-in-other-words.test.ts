// Every word that stops, starts, confirms or asks for help, and what only sounds like one of them.

import { describe, expect, it } from "vitest";

import { meaningOf } from "./meaning.ts";

const STOP = {
  English: [
    ...["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
    ...["opt out", "remove", "remove me", "no more"],
  ],
  Spanish: ["desuscribir", "baja", "alto", "parar", "cancelar"],
  Portuguese: ["pare", "sair", "parar", "cancelar"],
  French: ["arrêt", "arrêter", "ARRET"],
  German: ["stopp", "abmelden", "abbestellen", "ende"],
  Italian: ["basta", "annulla", "cancella"],
  Dutch: ["afmelden", "uitschrijven"],
  "Swedish and Finnish": ["avsluta", "stoppa", "lopeta"],
};
const START = [
  ...["start", "unstop", "subscribe", "resume", "empezar", "comenzar", "anmelden", "inizia"],
];
const YES = ["yes", "y", "yep", "ok", "sí", "sim", "oui", "ja", "confirm", "join"];
const HELP = ["help", "info", "ayuda", "aide", "hilfe", "ajuda", "aiuto"];

const STOP_IN_WORDS = [
  ...["please stop this", "I quit", "unsubscribe me now", "opt me out", "please optme out"],
  ...["I want to opt out", "take me off", "remove me from here", "leave me alone"],
  ...["do not text me", "do not message me", "do not contact me", "do not sms me"],
  ...["dont text me", "don't message", "no texts? no text", "no more text", "no more texts please"],
  ...["no more message", "no more messages please", "never text me", "never message me again"],
  ...["never contact me", "optout please"],
];
const WRONG_NUMBER = [
  ...["wrong number", "you got the wrong person", "wrong guy", "wrong lady", "that is not me"],
  ...["not my number", "this is not my phone", "not the right number", "not the right person"],
  ...["you have the wrong one", "falsche Nummer", "mauvais numéro", "número equivocado"],
  ...["número errado", "numero sbagliato", "verkeerde nummer"],
];
const UNCLEAR = [
  ...["stop the parcel that is on its way to the wrong house, please", "cancel my order"],
  ...["in the end it fits", "revoke my order", "no", "not interested", "this is spam"],
  ...["I will report you", "I will sue", "my lawyer will call"],
  "do not text me at night but in the morning it is fine",
];
const OTHER = [
  ...["unstoppable", "the weekend", "nobody", "quite good", "reporter", "a wronged number"],
  ...["notme", "blend", "okay then", "yesterday", "helpful", "starting tomorrow"],
];

describe("STOP and its kin", () => {
  it.each(Object.entries(STOP))("stop in %s", (_language, words) => {
    for (const word of words) expect([word, meaningOf(word)]).toEqual([word, "stop"]);
  });

  it.each(STOP_IN_WORDS)('stop within a sentence: "%s"', (text) => {
    expect(meaningOf(text)).toBe("stop");
  });

  it("stop in a sentence of eight words, and are held in one of nine", () => {
    expect(meaningOf("please stop sending me all of these texts")).toBe("stop");
    expect(meaningOf("please stop sending me all of these long texts")).toBe("unclear_no");
  });
});

it.each(WRONG_NUMBER)('"%s" says that it is somebody else\'s number', (text) => {
  expect(meaningOf(text)).toBe("wrong_number");
  expect(meaningOf(`Hello, ${text}. STOP`)).toBe("wrong_number");
});

it.each(START)('"%s" starts', (text) => {
  expect(meaningOf(text)).toBe("start");
});

it.each(YES)('"%s" is a yes', (text) => {
  expect(meaningOf(text)).toBe("yes");
});

it.each(HELP)('"%s" asks for help', (text) => {
  expect(meaningOf(text)).toBe("help");
});

it.each(UNCLEAR)('"%s" is held for a person', (text) => {
  expect(meaningOf(text)).toBe("unclear_no");
});

it.each(OTHER)('"%s" is none of them', (text) => {
  expect(meaningOf(text)).toBe("other");
});

it("marks, accents and spaces around and between words change nothing", () => {
  for (const text of [
    "  Stop\n",
    "…stop…",
    "stop - all",
    "Stop  All!",
    "Ａrre\u0302t",
    "opt_out",
  ]) {
    expect([text, meaningOf(text)]).toEqual([text, "stop"]);
  }
});
