/**
 * Judges persons against each other: who else has a number, and whose grant for it is the latest.
 * Whoever's answer changes by it is told again, whether or not they were heard of just now.
 */
import { judge } from "#app/core/profile/eligibility.ts";
import type { HoldersByNumber } from "#app/core/profile/holders.ts";
import { holdersFor } from "#app/core/profile/holders.ts";
import type { Profile } from "#app/core/profile/profile.ts";
import { stageOf } from "#app/core/profile/stage.ts";
import { addressOf } from "#app/core/tell/address.ts";
import { attributesOf } from "#app/core/tell/attributes.ts";
import { placeNow } from "#app/core/tell/place-now.ts";
import type { PersonRow, PersonState } from "#app/db/people.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { isHeldOut } from "./holdout.ts";

/** A person as it is to be stored, and as Customer.io is to be told. */
export function stateOf(
  profile: Profile,
  clusterId: number,
  identities: readonly string[],
  nextChangeAt: number | null,
  row: PersonRow | null,
  all: HoldersByNumber,
  shop: WorkingShop,
  now: number,
): PersonState {
  const { settings } = shop;
  const holders = holdersFor(profile, all);
  const free = judge(profile, holders, settings, false);
  const holdout = decideHoldout(free.marketing.length === 0, identities, row, shop);
  const eligibility = holdout === true ? judge(profile, holders, settings, true) : free;
  const attributes = attributesOf(profile, eligibility, holders, settings, placeNow(profile, now));
  const written = JSON.stringify(attributes);
  return {
    clusterId,
    profile,
    decision: JSON.stringify(profile),
    attributes: written,
    address: addressOf(profile, settings),
    holdout,
    nextChangeAt,
    urgent: takesAway(row, eligibility.marketing.length === 0),
    stage: stageOf(profile, eligibility.marketing.length === 0),
  };
}

/** Decided once, when a person first would be eligible, and kept. */
function decideHoldout(
  wouldBeEligible: boolean,
  identities: readonly string[],
  row: PersonRow | null,
  shop: WorkingShop,
): boolean | null {
  if (row && row.holdout !== null) return row.holdout;
  if (!wouldBeEligible || shop.settings.holdout_percent === 0) return null;
  return isHeldOut(identities, shop.salt, shop.settings.holdout_percent);
}

/** Who had consented may not be texted any more; who may be texted lost nothing. */
function takesAway(row: PersonRow | null, mayText: boolean): boolean {
  if (!row || mayText) return false;
  const before: Profile = JSON.parse(row.decision);
  return before.consent.status === "subscribed";
}
