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
  /** When this answer changes by itself: a confirmation that lapses. */
  nextChangeAt: Instant | null;
};

/** A stop heard for a number from anybody of the shop, by E.164: its latest instant. */
export type NumberStops = ReadonlyMap<string, Instant>;

const CONFIRMATION_LAPSES_MS = 72 * 3_600_000;

export function consentFor(
  number: string,
  country: string | null,
  acts: readonly ConsentAct[],
  stops: NumberStops,
  settings: Settings,
  asOf: Instant,
): Consent {
  const stoppedAt = latestStop(number, acts, stops);
  const forgottenAt = latest(acts, "forgotten");
  const dead = Math.max(stoppedAt, forgottenAt);
  const ticks = acts.filter(
    (act) => act.kind === "grant" && act.number === number && act.stands && act.at > dead,
  );
  const recordsEndAt = latest(acts, "record_ended");
  const records = acts.filter(
    (act) => act.kind === "record" && act.number === number && act.at > Math.max(dead, recordsEndAt),
  );
  const lifted = stoppedAt === NEVER_SAID || ticks.length > 0;
  const grants = lifted ? [...ticks, ...records] : [];
  const contradicted = !lifted && records.length > 0;
  const grant = grants.sort((a, b) => b.at - a.at)[0];
  if (grant) return { ...granted(grant, number, country, acts, dead, settings, asOf), contradicted };
  const status = statusWithoutGrant(number, acts, stoppedAt, forgottenAt);
  return {
    ...NO_CONSENT,
    status,
    at: status === "unsubscribed" ? stoppedAt : null,
    source: status === "not_subscribed" ? null : "shopify",
    contradicted,
  };
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
  nextChangeAt: null,
};

/** Stops said by this person, for whatever number, and by anybody for this number. */
function latestStop(number: string, acts: readonly ConsentAct[], stops: NumberStops): Instant {
  return Math.max(latest(acts, "stop"), stops.get(number) ?? NEVER_SAID);
}

function latest(acts: readonly ConsentAct[], kind: ConsentAct["kind"]): Instant {
  let at = NEVER_SAID;
  for (const act of acts) if (act.kind === kind && act.at > at) at = act.at;
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
  const confirmed = acts.some(
    (act) =>
      act.number === number &&
      act.level === "confirmed_opt_in" &&
      (act.kind === "record" || act.kind === "echo") &&
      act.at > dead,
  );
  const level = confirmed ? "confirmed_opt_in" : grant.level;
  const asked =
    grant.unsure ||
    settings.double_opt_in ||
    (country !== null && settings.confirm_in.includes(country));
  const common = {
    ...NO_CONSENT,
    at: grant.at,
    source: grant.source,
    level,
    purposes: ["marketing"],
  };
  if (!asked || confirmed) return { ...common, status: "subscribed" };
  const lapsesAt = grant.at + CONFIRMATION_LAPSES_MS;
  if (asOf >= lapsesAt) return { ...common, status: "expired" };
  return { ...common, status: "pending", nextChangeAt: lapsesAt };
}

function statusWithoutGrant(
  number: string,
  acts: readonly ConsentAct[],
  stoppedAt: Instant,
  forgottenAt: Instant,
): ConsentStatus {
  if (stoppedAt !== NEVER_SAID && stoppedAt >= forgottenAt) return "unsubscribed";
  if (forgottenAt !== NEVER_SAID) return "redacted";
  const pending = acts.some((act) => act.kind === "pending" && act.number === number);
  return pending ? "pending" : "not_subscribed";
}
