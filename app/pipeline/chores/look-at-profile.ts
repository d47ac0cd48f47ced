/** One look at the profile of an address: whether there is one, and what stands in it under our names. */
import type { Settings } from "#app/core/settings/schema.ts";
import { identifiersOf } from "#app/core/tell/address.ts";
import type { Attributes } from "#app/core/tell/attributes.ts";
import { standingValues } from "#app/core/tell/standing-values.ts";
import type { AppAnswer, AppApi, ProfileId } from "#app/customerio/app-api.ts";
import type { Found } from "#app/db/profile-seen.ts";

export type Look = { found: Found; cioId: string | null; had: Attributes };

const NOBODY: Look = { found: "none", cioId: null, had: {} };

/** Never `missing`: nobody there is a finding. */
export async function lookAtProfile(
  api: AppApi,
  address: string,
  settings: Settings,
): Promise<Exclude<AppAnswer<Look>, { kind: "missing" }>> {
  const named = identifiersOf(address);
  if ("id" in named) return readProfile(api, named, settings);
  const answer = await api.findByEmail(named.email);
  if (answer.kind === "missing") return { kind: "ok", value: NOBODY };
  if (answer.kind !== "ok") return answer;
  const [first, second] = answer.value;
  if (!first) return { kind: "ok", value: NOBODY };
  if (second) return { kind: "ok", value: { ...NOBODY, found: "many" } };
  return readProfile(api, first.cioId === null ? named : { cio_id: first.cioId }, settings);
}

async function readProfile(
  api: AppApi,
  profile: ProfileId,
  settings: Settings,
): Promise<Exclude<AppAnswer<Look>, { kind: "missing" }>> {
  const answer = await api.attributesOf(profile);
  if (answer.kind === "missing") return { kind: "ok", value: NOBODY };
  if (answer.kind !== "ok") return answer;
  const { attributes, cioId } = answer.value;
  return { kind: "ok", value: { found: "one", cioId, had: standingValues(attributes, settings) } };
}
