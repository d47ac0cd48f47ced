/** Decides of one person anew from what is stored, exactly as merge would at this moment. */
import type { Eligibility } from "#app/core/profile/eligibility.ts";
import { judge } from "#app/core/profile/eligibility.ts";
import { holdersFor } from "#app/core/profile/holders.ts";
import { createPolicy, rememberReadings } from "#app/core/policy.ts";
import type { Attributes } from "#app/core/tell/attributes.ts";
import { attributesOf } from "#app/core/tell/attributes.ts";
import { placeNow } from "#app/core/tell/place-now.ts";
import { addressOf } from "#app/core/tell/address.ts";
import { loadHolders } from "#app/db/holders.ts";
import { loadObservations } from "#app/db/observations.ts";
import { loadPeopleOfClusters } from "#app/db/people.ts";
import type { PersonFound } from "#app/db/person-file.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Folded } from "#app/pipeline/merge/fold-clusters.ts";
import { foldPerson, meetPeople } from "#app/pipeline/merge/fold-clusters.ts";
import { knowNumbers } from "#app/pipeline/merge/know-numbers.ts";

export type DecidedAnew = {
  folded: Folded;
  eligibility: Eligibility;
  attributes: Attributes;
  address: string | null;
};

/** Null when the row does not stand for anybody of its cluster any more. */
export async function decideAnew(
  client: Queryable,
  shop: WorkingShop,
  { id, clusterId }: PersonFound,
  asOf: number,
): Promise<DecidedAnew | null> {
  const { settings } = shop;
  const policy = createPolicy(settings, rememberReadings());
  const heard = await loadObservations(client, shop.id, [clusterId]);
  const rows = await loadPeopleOfClusters(client, shop.id, [clusterId]);
  const met = meetPeople(heard, rows, policy).find(({ row }) => row?.id === id);
  if (!met) return null;
  const { knownFor } = await knowNumbers(client, shop, [met], policy);
  const folded = foldPerson(met, knownFor(met), policy, asOf);
  const { profile } = folded.decision;
  const numbers = profile.phone ? [profile.phone.e164] : [];
  const all = Map.groupBy(await loadHolders(client, shop.id, numbers, [id]), ({ e164 }) => e164);
  const holders = holdersFor(profile, all);
  const eligibility = judge(profile, holders, settings, met.row?.holdout === true);
  return {
    folded,
    eligibility,
    attributes: attributesOf(profile, eligibility, holders, settings, placeNow(profile, asOf)),
    address: addressOf(profile, settings),
  };
}
