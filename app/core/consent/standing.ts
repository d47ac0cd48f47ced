/**
 * Whether a consent stands for one number of one person.
 *
 * The law (SEMANTICS §2): a yes is narrow, a no is wide. A grant counts for its number only; a stop
 * counts for the number, whoever says it, and for every number of who said it, and wins ties. Only
 * a later act of the shopper lifts it; Shopify's record never does.
 */
import type { Instant } from "../heard.ts";
import type { Settings } from "../settings/schema.ts";
import type { ConsentAct } from "./acts.ts";

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
  source: string | null;
  level: ConsentAct["level"] | null;
  disclosure: string | null;
  purposes: string[];
  /** Shopify says subscribed, after a stop that nobody lifted: for a person to look at. */
  contradicted: boolean;
  /** A stop counts for the number, whatever else is said of its consent: no text of any kind. */
  stopped: boolean;
  /** When this answer changes by itself: a confirmation that lapses. */
  nextChangeAt: Instant | null;
};

/** A stop heard for a number from anybody of the shop, by E.164: its latest instant. */
export type NumberStops = ReadonlyMap<string, Instant>;

const CONFIRMATION_LAPSES_MS = 72 * 3_600_000;

/** `acts` are this person's, in order; `stops` those of everybody for the numbers involved. */
export function consentFor(
  number: string,
  country: string | null,
  acts: readonly ConsentAct[],
  stops: NumberStops,
  settings: Settings,
  asOf: Instant,
): Consent {
  const stoppedAt = latestStop(number, acts, stops);
  const dead = Math.max(stoppedAt, latest(acts, "forgotten"));
  const ticks = acts.filter(
    (act) => act.kind === "grant" && act.number === number && act.stands && act.at > dead,
  );
  const records = acts.filter(
    (act) => act.kind === "record" && act.number === number && act.at > dead && !isEnded(act, acts),
  );
  const lifted = stoppedAt === NEVER_SAID || ticks.length > 0;
  const grant = (lifted ? [...ticks, ...records] : ticks).sort(surestFirst)[0];
  const contradicted = !lifted && records.length > 0;
  const consent = grant
    ? granted(grant, number, country, acts, dead, settings, asOf)
    : withoutGrant(number, acts, stoppedAt);
  // Where a confirmation is asked, a tick that was never confirmed has not lifted a stop.
  const stopped = stoppedAt !== NEVER_SAID && consent.status !== "subscribed";
  return { ...consent, contradicted, stopped };
}

/** What stands without a confirmation before what needs one; then the latest. */
function surestFirst(a: ConsentAct, b: ConsentAct): number {
  return Number(a.unsure) - Number(b.unsure) || b.at - a.at;
}

/** Shopify's `not_subscribed` takes back what Shopify's record of that customer had granted. */
function isEnded(record: ConsentAct, acts: readonly ConsentAct[]): boolean {
  return acts.some(
    ({ kind, document, at }) =>
      kind === "record_ended" && document === record.document && at >= record.at,
  );
}

const NEVER_SAID = Number.NEGATIVE_INFINITY;

export const NO_CONSENT: Consent = {
  status: "not_subscribed",
  at: null,
  source: null,
  level: null,
  disclosure: null,
  purposes: [],
  contradicted: false,
  stopped: false,
  nextChangeAt: null,
};

/** Stops said by this person, for whatever number, and by anybody for this number. */
function latestStop(number: string, acts: readonly ConsentAct[], stops: NumberStops): Instant {
  return Math.max(latest(acts, "stop"), stops.get(number) ?? NEVER_SAID);
}

/** The latest act of a kind, or of any. */
function latest(acts: readonly ConsentAct[], kind: ConsentAct["kind"] | null): Instant {
  let at = NEVER_SAID;
  for (const act of acts) if ((kind === null || act.kind === kind) && act.at > at) at = act.at;
  return at;
}

function granted(
  grant: ConsentAct,
  number: string,
  country: string | null,
  acts: readonly ConsentAct[],
  dead: Instant,
  settings: Settings,
  asOf: Instant,
): Consent {
  const said = acts.filter((act) => act.number === number && act.at > dead);
  const confirmations = said.filter(
    (act) =>
      (act.kind === "record" || act.kind === "echo") &&
      act.level === "confirmed_opt_in" &&
      !isEnded(act, acts),
  );
  const confirmed = confirmations.length > 0;
  // Shopify asks for a confirmation of its own, which it tells by `pending` after the tick.
  const answeredAt = latest(
    said.filter((act) => act.kind === "record" || act.kind === "echo"),
    null,
  );
  const awaited = said.some(
    ({ kind, at }) => kind === "pending" && at >= grant.at && at > answeredAt,
  );
  const asked =
    grant.unsure ||
    awaited ||
    settings.double_opt_in ||
    (country !== null && settings.confirm_in.includes(country));
  const common = {
    ...NO_CONSENT,
    at: grant.at,
    source: grant.source,
    level: confirmed ? ("confirmed_opt_in" as const) : grant.level,
    purposes: ["marketing"],
  };
  if (!asked || confirmed) return { ...common, status: "subscribed" };
  return lapsing(common, grant.at, asOf);
}

/** Nobody's yes waits for an answer longer than three days. */
export function lapsing(consent: Consent, since: Instant, asOf: Instant): Consent {
  const lapsesAt = since + CONFIRMATION_LAPSES_MS;
  if (asOf >= lapsesAt) return { ...consent, status: "expired" };
  return { ...consent, status: "pending", nextChangeAt: lapsesAt };
}

function withoutGrant(number: string, acts: readonly ConsentAct[], stoppedAt: Instant): Consent {
  const forgottenAt = latest(acts, "forgotten");
  const source = "shopify";
  if (stoppedAt !== NEVER_SAID && stoppedAt >= forgottenAt) {
    return { ...NO_CONSENT, status: "unsubscribed", at: stoppedAt, source };
  }
  if (forgottenAt !== NEVER_SAID) {
    return { ...NO_CONSENT, status: "redacted", source };
  }
  const pending = acts.findLast(
    (act) => act.kind === "pending" && act.number === number && !isEnded(act, acts),
  );
  return pending ? { ...NO_CONSENT, status: "pending", at: pending.at, source } : NO_CONSENT;
}
