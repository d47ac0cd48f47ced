// Every word that stops, starts, confirms or asks for help, and what only sounds like one of them.

import { describe, expect, it } from "vitest";

import { KEYWORDS } from "./keywords.ts";
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
  ...["notme", "blend", "okay then we wait", "yesterday", "helpful", "starting tomorrow", "Fine!"],
];

/** Beyond the words themselves: how people of each language say it. */
const SENTENCES: Record<string, { stop: string[]; wrong: string[]; unclear: string[] }> = {
  English: {
    stop: [
      ...["End texts please", "cancel all messages", "I revoke my consent", "delete my number"],
      ...["I don't want these texts", "I no longer wish to be contacted", "Cancel, please", "🛑"],
      ...["Quit, thanks!", "Revoke.", "go away"],
    ],
    wrong: ["You've got the wrong man", "I am not the person you want"],
    unclear: ["no thanks", "this is harassment", "cancel order 1001"],
  },
  Spanish: {
    stop: [
      ...["Darme de baja, por favor", "No quiero más mensajes", "no me escriban más", "¡Paren!"],
      ...["dejen de enviarme mensajes", "Quítenme de la lista", "no más textos", "BAJA"],
    ],
    wrong: ["Número equivocado", "se equivocó de número", "no es mi número", "No soy yo"],
    unclear: ["No, gracias", "quiero cancelar mi pedido", "no me interesa"],
  },
  French: {
    stop: [
      ...["Désabonnez-moi", "Je ne veux plus recevoir de SMS", "Arrêtez !"],
      ...["plus de messages svp", "laissez-moi tranquille", "ne me contactez plus", "STOP svp"],
    ],
    wrong: ["mauvais numéro", "Vous vous êtes trompé de numéro", "ce n'est pas moi"],
    unclear: ["Non merci", "je veux annuler ma commande", "pas intéressé"],
  },
  German: {
    stop: [
      ...["Bitte abmelden", "Keine SMS mehr!", "hören Sie bitte auf", "Hört auf", "kündigen"],
      ...["Lassen Sie mich in Ruhe", "schreibt mir nicht mehr", "Löschen Sie meine Nummer"],
      ...["Ich widerrufe meine Einwilligung", "loeschen bitte"],
    ],
    wrong: ["Falsche Nummer", "Sie sind falsch verbunden", "das ist nicht meine Nummer"],
    unclear: ["Nein danke", "kein Interesse", "ich will meine Bestellung stornieren"],
  },
  Portuguese: {
    stop: [
      ...["Não quero mais receber mensagens", "parem de mandar isso", "não me mandem mais nada"],
      ...[
        "me tire dessa lista",
        "remova o meu número",
        "Descadastrar, por favor",
        "me deixem em paz",
      ],
    ],
    wrong: ["número errado", "foi engano", "não é meu número", "não sou essa pessoa"],
    unclear: ["não obrigado", "cancelar meu pedido", "não tenho interesse"],
  },
  Italian: {
    stop: [
      ...["Non voglio più ricevere messaggi", "smettetela!", "cancellatemi", "non scrivetemi più"],
      ...["basta sms", "lasciatemi in pace", "Disiscrivetemi per favore", "Annulla, grazie"],
    ],
    wrong: ["numero sbagliato", "avete sbagliato numero", "non sono io"],
    unclear: ["no grazie", "vorrei annullare il mio ordine", "non mi interessa"],
  },
  Dutch: {
    stop: [
      ...["Geen berichten meer", "stuur me geen sms", "schrijf mij uit", "Laat me met rust"],
      ...["hou op", "verwijder mijn nummer", "Afmelden aub", "niet meer sturen"],
    ],
    wrong: ["verkeerd nummer", "dit is niet mijn nummer", "dat ben ik niet"],
    unclear: ["nee bedankt", "ik wil mijn bestelling annuleren", "geen interesse"],
  },
};

describe.each(Object.entries(SENTENCES))("in %s", (language, { stop, wrong, unclear }) => {
  const meanings = (all: readonly string[]) => all.map((text) => [text, meaningOf(text)]);
  const all = (texts: readonly string[], meaning: string) => texts.map((text) => [text, meaning]);
  const words = KEYWORDS[language];

  it("a stop is a stop, by word or sentence", () => {
    const texts = [...(words?.stop ?? []), ...stop];
    expect(meanings(texts)).toEqual(all(texts, "stop"));
  });

  it("START, YES and HELP are what they are, and none of them is a no", () => {
    for (const keyword of ["start", "yes", "help"] as const) {
      const texts = words?.[keyword] ?? [];
      expect(texts.length).toBeGreaterThan(0);
      expect(meanings(texts)).toEqual(all(texts, keyword));
    }
  });

  it("a wrong number is one", () => expect(meanings(wrong)).toEqual(all(wrong, "wrong_number")));

  it("a no that may be about something else is held", () => {
    expect(meanings(unclear)).toEqual(all(unclear, "unclear_no"));
  });
});

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
