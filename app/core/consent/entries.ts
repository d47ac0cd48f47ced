/**
 * Consents from forms, lists and the workspace's preferences.
 *
 * The law (SEMANTICS §1–3): a tick in a form is an act for the number beside it; where that number
 * contradicts one the shopper typed it must be confirmed. A list's "yes" counts only with its own
 * time, source and wording, and from long ago only once it is confirmed. A preference the shopper
 * sets stops, or restores what a stop ended.
 */
import type { Evidence, FormSaid, ImportSaid, Instant, Observation } from "../heard.ts";
import type { PersonHeard } from "../people/tell-apart.ts";
import type { Policy } from "../policy.ts";
import { hintsOf, readHinted } from "../profile/country-hints.ts";
import type { NumberHeard } from "../profile/numbers-heard.ts";
import { contradictsTyped } from "../profile/typed-numbers.ts";
import type { ConsentAct } from "./act.ts";
import { actOf } from "./act.ts";
import { purposesOf } from "./wording.ts";

/** Eighteen months. */
const LONG_AGO_MS = 548 * 86_400_000;

export function actsOfEntries(
  person: PersonHeard,
  heard: readonly NumberHeard[],
  policy: Policy,
): ConsentAct[] {
  const acts: ConsentAct[] = [];
  for (const tellings of person.documents.values()) {
    for (const telling of tellings) {
      const act = actOfEntry(telling, heard, policy);
      if (act) acts.push(act);
    }
  }
  return acts;
}

function actOfEntry(
  { says, toldAt, document }: Observation,
  heard: readonly NumberHeard[],
  policy: Policy,
): ConsentAct | null {
  switch (says.kind) {
    case "form":
      return tickInForm(says, document, toldAt, heard, policy);
    case "import":
      return yesOfList(says, document, toldAt, policy);
    case "preference":
      if (says.channel === "everything") return null;
      return actOf({
        kind: says.subscribed ? "restored" : "stop",
        ...{ number: null, at: toldAt, source: "customerio", document },
      });
    default:
      return null;
  }
}

function tickInForm(
  says: FormSaid,
  document: string,
  at: Instant,
  heard: readonly NumberHeard[],
  policy: Policy,
): ConsentAct | null {
  const number = says.ticked ? numberOf(says, policy) : null;
  if (number === null) return null;
  return actOf({
    ...{ kind: "grant", number, at, source: "form", document },
    sourceName: `form:${says.form}`,
    doubt: contradictsTyped(number, heard) ? "contradicts" : null,
    level: "single_opt_in",
    purposes: purposesOf(says.disclosure, policy.settings),
    disclosure: says.disclosure,
    evidence: evidenceOf(says.evidence),
  });
}

/** What is not known is left out. */
function evidenceOf({ page, ip, userAgent, locale }: Evidence): Record<string, string> {
  const all = Object.entries({ page, ip, user_agent: userAgent, locale });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null));
}

function yesOfList(
  says: ImportSaid,
  document: string,
  toldAt: Instant,
  policy: Policy,
): ConsentAct | null {
  const { consentedAt, consentSource, wording } = says;
  const number = numberOf(says, policy);
  if (number === null || consentedAt === null || !consentSource || !wording) return null;
  return actOf({
    ...{ kind: "record", number, at: Math.min(consentedAt, toldAt), source: "import", document },
    doubt: toldAt - consentedAt > LONG_AGO_MS ? "old_import" : null,
    askedFrom: toldAt,
    purposes: purposesOf(wording, policy.settings),
    disclosure: wording,
  });
}

function numberOf(
  { phone, country }: { phone: string | null; country: string | null },
  policy: Policy,
): string | null {
  if (!phone) return null;
  const reading = readHinted(phone, hintsOf(country), policy);
  return reading.status === "valid" ? reading.e164 : null;
}
