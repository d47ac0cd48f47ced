/**
 * Replies that mean something as a whole, by language, without case, accents and marks. The English
 * stop words are the FCC's per-se list and the carriers'; the others are what carriers and shops of
 * those countries announce, and what people write instead.
 */
export type Keyword = "stop" | "start" | "yes" | "help";

export const KEYWORDS: Record<string, Record<Keyword, readonly string[]>> = {
  English: {
    stop: [
      ...["stop", "stopall", "stop all", "unsubscribe", "unsub", "cancel", "end", "quit", "revoke"],
      ...["optout", "opt out", "remove", "remove me", "delete me", "no more", "go away"],
      ...["fuck off", "piss off", "block me"],
    ],
    start: ["start", "unstop", "subscribe", "resubscribe", "resume", "optin", "opt in"],
    yes: [
      "yes",
      "y",
      "yep",
      "yeah",
      "yup",
      "ok",
      "okay",
      "confirm",
      "confirmed",
      "join",
      "i agree",
    ],
    help: ["help", "info", "help me", "who is this"],
  },
  Spanish: {
    stop: [
      ...["desuscribir", "desuscribirme", "baja", "darme de baja", "dar de baja", "alto", "parar"],
      ...["para", "pare", "paren", "detener", "cancelar", "cancela", "terminar", "salir", "quitar"],
      ...["eliminar", "no mas", "basta"],
    ],
    start: ["empezar", "comenzar", "iniciar", "reanudar", "suscribir", "suscribirme"],
    yes: ["si", "vale", "confirmo", "confirmar", "acepto", "de acuerdo"],
    help: ["ayuda", "informacion"],
  },
  French: {
    stop: [
      ...["arret", "arrete", "arretez", "arreter", "desabonner", "desabonnement", "me desabonner"],
      ...[
        "desinscrire",
        "desinscription",
        "resilier",
        "annuler",
        "supprimer",
        "ca suffit",
        "assez",
      ],
    ],
    start: ["demarrer", "commencer", "reprendre", "s abonner", "abonner", "reabonner"],
    yes: ["oui", "d accord", "confirmer", "je confirme"],
    help: ["aide", "informations"],
  },
  German: {
    stop: [
      ...[
        "stopp",
        "stoppen",
        "abmelden",
        "abmeldung",
        "abbestellen",
        "ende",
        "beenden",
        "austragen",
      ],
      ...["kundigen", "kuendigen", "loschen", "loeschen", "aufhoren", "aufhoeren", "schluss"],
      ...["abbrechen", "widerruf", "widerrufen", "keine sms", "keine sms mehr"],
    ],
    start: ["starten", "anmelden", "wieder anmelden", "fortsetzen"],
    yes: ["ja", "jawohl", "bestatigen", "bestaetigen", "einverstanden"],
    help: ["hilfe"],
  },
  Portuguese: {
    stop: [
      ...["pare", "parem", "parar", "sair", "cancelar", "cancele", "remover", "descadastrar"],
      ...["desinscrever", "encerrar", "excluir", "apagar", "desativar", "chega", "fim"],
    ],
    start: ["comecar", "iniciar", "inscrever", "retomar"],
    yes: ["sim", "confirmo", "aceito"],
    help: ["ajuda"],
  },
  Italian: {
    stop: [
      ...[
        "basta",
        "annulla",
        "annullare",
        "cancella",
        "cancellami",
        "cancellare",
        "ferma",
        "fermati",
      ],
      ...["fermare", "disiscrivimi", "disiscrivere", "disattiva", "disattivare", "esci", "rimuovi"],
      ...["rimuovimi", "revoca", "smettila", "smettetela", "niente sms"],
    ],
    start: ["inizia", "iniziare", "avvia", "riprendi", "iscrivimi"],
    yes: ["si", "confermo", "conferma", "accetto"],
    help: ["aiuto", "informazioni"],
  },
  Dutch: {
    stop: [
      ...["stoppen", "afmelden", "uitschrijven", "opzeggen", "einde", "beeindigen", "annuleren"],
      ...["verwijder", "verwijderen", "ophouden", "intrekken", "geen sms", "geen sms meer"],
    ],
    start: ["starten", "aanmelden", "hervatten", "inschrijven"],
    yes: ["ja", "bevestig", "bevestigen", "akkoord"],
    help: ["hulp"],
  },
  "Swedish and Finnish": {
    stop: ["avsluta", "stoppa", "lopeta"],
    start: [],
    yes: [],
    help: [],
  },
};

/** What is added out of politeness, and says nothing else. */
export const POLITE =
  /\b(please|pls|plz|thanks|thank you|por favor|gracias|bitte|danke|s il vous plait|s il te plait|svp|stp|merci|per favore|grazie|alstublieft|aub|bedankt|obrigad[oa])\b/g;
