/**
 * Whom to ask for a confirmation.
 *
 * The law (SEMANTICS §3): once for each yes that needs one, at most twice of one number in thirty
 * days, and never after a stop. Nobody is asked at a number that may be somebody else's, nor for
 * what a list says: nobody there is waiting for it.
 */
import type { ConsentAct } from "../consent/act.ts";
import { CONFIRMATION_LAPSES_MS, mustConfirm } from "../consent/confirmation.ts";
import { consentFor } from "../consent/standing.ts";
import type { Instant } from "../heard.ts";
import type { NumbersKnown } from "../numbers/known.ts";
import { lastStopOf } from "../numbers/known.ts";
import type { Policy } from "../policy.ts";
import type { Contender } from "../profile/choose-number.ts";
import { isCountrySupported } from "../profile/eligibility.ts";
import type { Decision } from "../profile/profile.ts";

export type Asking = {
  number: string;
  act: ConsentAct;
  /** Names the act, whatever else is heard of it. */
  resource: string;
  expiresAt: Instant;
};

const AT_MOST = 2;
const WITHIN_MS = 30 * 86_400_000;

/** Confirmations that are open at `asOf` and that the shopper is to be asked for. */
export function askingsOf(
  { acts, choice }: Decision,
  known: NumbersKnown,
  policy: Policy,
  asOf: Instant,
): Asking[] {
  const grants = acts.filter(({ kind, number }) => kind === "grant" && number !== null);
  if (grants.length === 0) return [];
  const asked: Asking[] = [];
  const own = new Set(grants.map((act) => resourceOf(act, grants)));
  for (const act of grants) {
    const number = act.number ?? "";
    const contender = choice.contenders.find(({ e164 }) => e164 === number);
    if (!contender || !isToBeAsked(act, contender, acts, known, policy)) continue;
    const earlier =
      asked.filter((one) => one.number === number && isRecent(one.act.askedFrom, act)).length +
      askedByOthers(number, act, own, known);
    if (earlier >= AT_MOST) continue;
    const resource = resourceOf(act, grants);
    asked.push({ number, act, resource, expiresAt: act.askedFrom + CONFIRMATION_LAPSES_MS });
  }
  return asked.filter(
    ({ act, expiresAt }) => act.stands && act.askedFrom <= asOf && asOf < expiresAt,
  );
}

function isToBeAsked(
  act: ConsentAct,
  { e164: number, takesTexts, reading }: Contender,
  acts: readonly ConsentAct[],
  known: NumbersKnown,
  { settings }: Policy,
): boolean {
  const { country } = reading;
  if (act.doubt === "not_own" || !takesTexts || !mustConfirm(act, country, settings)) return false;
  if (!isCountrySupported(country, settings)) return false;
  const stoppedAt = lastStopOf(number, known);
  const standing = { number, country, stoppedAt, reassignedAt: null };
  if (consentFor(standing, acts, settings, act.askedFrom).stopped) return false;
  const before = acts.filter((other) => other.at < act.askedFrom);
  return consentFor(standing, before, settings, act.askedFrom).status !== "subscribed";
}

function askedByOthers(
  number: string,
  act: ConsentAct,
  own: ReadonlySet<string>,
  { said }: NumbersKnown,
): number {
  const asks = said.get(number) ?? [];
  return asks.filter(
    ({ says, at }) => says.kind === "asked" && !own.has(says.event) && isRecent(at, act),
  ).length;
}

function isRecent(at: Instant, { askedFrom }: ConsentAct): boolean {
  return at <= askedFrom && askedFrom - at < WITHIN_MS;
}

/** The document and which of its grants it is: a tick taken back and made again is another act. */
function resourceOf(act: ConsentAct, grants: readonly ConsentAct[]): string {
  const ofDocument = grants.filter(({ document }) => document === act.document);
  return `${act.document}#${ofDocument.indexOf(act) + 1}`;
}
