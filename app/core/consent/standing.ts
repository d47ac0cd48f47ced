/**
 * Whether a consent stands for one number of one person.
 *
 * The law (SEMANTICS §2): a yes is narrow, a no is wide. A grant counts for its number only; a stop
 * counts for the number, whoever says it, and for every number of who said it, and wins ties. Only
 * a later act of the shopper lifts it: a tick, or a START, which restores what the stop ended. A
 * record never lifts anything. Who had the number before it was reassigned agreed for nobody else.
 */
import type { ConsentPurpose, Instant } from "../heard.ts";
import { CONSENT_PURPOSES } from "../heard.ts";
import type { Settings } from "../settings/schema.ts";
import type { ConsentAct, ConsentLevel } from "./act.ts";
import { CONFIRMATION_LAPSES_MS, confirmedAt, mustConfirm } from "./confirmation.ts";

export type ConsentStatus =
  | "subscribed"
  | "pending"
  | "unsubscribed"
  | "not_subscribed"
  | "expired"
  | "redacted";

export type Consent = {
  status: ConsentStatus;
  at: Instant | null;
  /** When the yes itself was given: a START or a confirmation of a shared number is everybody's. */
  givenAt: Instant | null;
  source: string | null;
  level: ConsentLevel | null;
  disclosure: string | null;
  purposes: readonly ConsentPurpose[];
  /** A record says subscribed, after a stop that nobody lifted: for a person to look at. */
  contradicted: boolean;
  /** A stop counts for the number, whatever else is said of its consent: no text of any kind. */
  stopped: boolean;
  /** A consent was given, but by whoever had the number before. */
  reassigned: boolean;
  /** When this answer changes by itself: a confirmation that lapses. */
  nextChangeAt: Instant | null;
};

/** What bears on the consent for one number besides this person's own acts. */
export type NumberStanding = {
  number: string;
  country: string | null;
  /** The latest stop said for the number by anybody of the shop. */
  stoppedAt: Instant | null;
  /** Since then it belongs to somebody else than before. */
  reassignedAt: Instant | null;
};

const NEVER_SAID = Number.NEGATIVE_INFINITY;

export const NO_CONSENT: Consent = {
  status: "not_subscribed",
  at: null,
  givenAt: null,
  source: null,
  level: null,
  disclosure: null,
  purposes: [],
  contradicted: false,
  stopped: false,
  reassigned: false,
  nextChangeAt: null,
};

/** `acts` are this person's, in order. */
export function consentFor(
  standing: NumberStanding,
  acts: readonly ConsentAct[],
  settings: Settings,
  asOf: Instant,
): Consent {
  const { number } = standing;
  const reassignedAt = standing.reassignedAt ?? NEVER_SAID;
  const stoppedAt = Math.max(latest(acts, "stop"), standing.stoppedAt ?? NEVER_SAID);
  const restoredAt = lastRestoring(number, acts);
  const isStopped = stoppedAt !== NEVER_SAID && restoredAt <= stoppedAt;
  const dead = Math.max(isStopped ? stoppedAt : NEVER_SAID, latest(acts, "forgotten"));
  const given = acts.filter((act) => isYes(act, number, acts) && act.at > dead);
  const own = given.filter(({ at }) => at > reassignedAt);
  const ticks = own.filter(({ kind }) => kind === "grant");
  const counting = isStopped && ticks.length === 0 ? [] : own;
  const grant = [...counting].sort(surestFirst)[0];
  const consent = grant
    ? granted(grant, counting, standing, acts, Math.max(dead, reassignedAt), settings, asOf)
    : withoutGrant(number, acts, isStopped ? stoppedAt : NEVER_SAID);
  // A START dates the yes it restores; the yes itself was given before.
  const at = consent.at !== null && stoppedAt >= consent.at ? restoredAt : consent.at;
  return {
    ...consent,
    at: isStopped ? consent.at : at,
    contradicted: isStopped && ticks.length === 0 && own.length > 0,
    // Where a confirmation is asked, a tick that was never confirmed has not lifted a stop.
    stopped: isStopped && consent.status !== "subscribed",
    reassigned: own.length === 0 && given.length > 0,
  };
}

/** A tick that stands, or a record that was not taken back. */
function isYes(act: ConsentAct, number: string, acts: readonly ConsentAct[]): boolean {
  if (act.number !== number) return false;
  return act.kind === "grant" ? act.stands : act.kind === "record" && !isEnded(act, acts);
}

/** A START from the number, or a preference, which is about all of the person's numbers. */
function lastRestoring(number: string, acts: readonly ConsentAct[]): Instant {
  const restoring = acts.filter(
    (act) => act.kind === "restored" && (act.number === null || act.number === number),
  );
  return restoring.at(-1)?.at ?? NEVER_SAID;
}

/** What stands without a confirmation before what needs one; then the latest. */
function surestFirst(a: ConsentAct, b: ConsentAct): number {
  return Number(a.doubt !== null) - Number(b.doubt !== null) || b.at - a.at;
}

/** Shopify's `not_subscribed` takes back what Shopify's record of that customer had granted. */
function isEnded(record: ConsentAct, acts: readonly ConsentAct[]): boolean {
  return acts.some(
    ({ kind, document, at }) =>
      kind === "record_ended" && document === record.document && at >= record.at,
  );
}

/** The latest act of a kind. */
function latest(acts: readonly ConsentAct[], kind: ConsentAct["kind"]): Instant {
  return acts.findLast((act) => act.kind === kind)?.at ?? NEVER_SAID;
}

function granted(
  grant: ConsentAct,
  all: readonly ConsentAct[],
  { number, country }: NumberStanding,
  acts: readonly ConsentAct[],
  dead: Instant,
  settings: Settings,
  asOf: Instant,
): Consent {
  const said = acts.filter((act) => act.number === number && act.at > dead);
  const answers = said.filter(({ kind }) => kind === "record" || kind === "echo");
  const isConfirmedElsewhere = answers.some(
    (act) => act.level === "confirmed_opt_in" && !isEnded(act, acts),
  );
  const yesAt = Math.max(NEVER_SAID, ...all.map((one) => confirmedAt(one, acts) ?? NEVER_SAID));
  const isConfirmed = isConfirmedElsewhere || yesAt !== NEVER_SAID;
  // Shopify asks for a confirmation of its own, which it tells by `pending` after the tick.
  const answeredAt = answers.at(-1)?.at ?? NEVER_SAID;
  const isAwaited = said.some(
    ({ kind, at }) => kind === "pending" && at >= grant.at && at > answeredAt,
  );
  const consent: Consent = {
    ...NO_CONSENT,
    status: "subscribed",
    at: Math.max(yesAt, grant.at),
    givenAt: grant.at,
    source: grant.sourceName,
    level: isConfirmed ? "confirmed_opt_in" : grant.level,
    disclosure: grant.disclosure,
    purposes: purposesGranted(grant, all),
  };
  if (isConfirmed || !(isAwaited || mustConfirm(grant, country, settings))) return consent;
  return lapsing(consent, grant.askedFrom, asOf);
}

/** Each yes names its purposes, and they add up; what is in doubt adds nothing to what is not. */
function purposesGranted(grant: ConsentAct, all: readonly ConsentAct[]): readonly ConsentPurpose[] {
  if (grant.doubt !== null) return grant.purposes;
  const sure = all.filter(({ doubt }) => doubt === null);
  return CONSENT_PURPOSES.filter((one) => sure.some(({ purposes }) => purposes.includes(one)));
}

/** Nobody's yes waits for an answer longer than three days. */
export function lapsing(consent: Consent, since: Instant, asOf: Instant): Consent {
  const lapsesAt = since + CONFIRMATION_LAPSES_MS;
  if (asOf >= lapsesAt) return { ...consent, status: "expired" };
  return { ...consent, status: "pending", nextChangeAt: lapsesAt };
}

function withoutGrant(number: string, acts: readonly ConsentAct[], stoppedAt: Instant): Consent {
  const forgottenAt = latest(acts, "forgotten");
  if (stoppedAt !== NEVER_SAID && stoppedAt >= forgottenAt) {
    const source = acts.findLast(({ kind, at }) => kind === "stop" && at === stoppedAt)?.source;
    return { ...NO_CONSENT, status: "unsubscribed", at: stoppedAt, source: source ?? "shopify" };
  }
  if (forgottenAt !== NEVER_SAID) {
    return { ...NO_CONSENT, status: "redacted", source: "shopify" };
  }
  const pending = acts.findLast(
    (act) => act.kind === "pending" && act.number === number && !isEnded(act, acts),
  );
  if (!pending) return NO_CONSENT;
  return { ...NO_CONSENT, status: "pending", at: pending.at, source: "shopify" };
}
