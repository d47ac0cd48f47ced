/** `ringtrue drift`: profiles that don't hold what they were told, masked, with what to do. */
import { identifiersOf } from "#app/core/tell/address.ts";
import type { DriftReason } from "#app/core/tell/drift.ts";
import { countDrift, listDrift } from "#app/db/drift.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import { maskEmail } from "#app/platform/mask.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { say, table } from "./table.ts";

const SHOWN = 200;

const REMEDIES: Record<DriftReason, string> = {
  profile_missing:
    "the profile was deleted, suppressed or merged in Customer.io; it is made again when the person changes, unless it is suppressed there",
  identifier_conflict:
    "another profile has this email; merge the two in Customer.io, or free the email there",
  changed_by_others:
    "something else writes these attributes after Ringtrue; stop it, or map them to names of their own (attribute_names)",
  attribute_differs:
    'Customer.io did not take these attributes; look for "Attribute Update Failure" in the profile\'s activity log, and at its 300 attributes',
};

export function drift(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool, sealer }, shop) => {
    const open = await countDrift(pool, shop.id);
    const profiles = (await listDrift(pool, shop.id, new Date(0), SHOWN)).map(
      ({ personId, address, reason, names, foundAt }) => ({
        person: personId,
        address: maskAddress(address),
        reason,
        names,
        foundAt,
        remedy: REMEDIES[reason],
      }),
    );
    const canRead =
      shop.credentials !== null && openConnection(sealer, shop.credentials).app_key !== null;
    const notes = canRead
      ? []
      : ["Without an App API key nothing is read back, so nothing is found."];
    if (open > profiles.length)
      notes.push(`The ${profiles.length} found first of ${open} are shown.`);
    const data = { domain, open, profiles };
    if (profiles.length === 0) return done(data, "No drift is known.", notes);
    const rows = profiles.map((one) => [
      String(one.person),
      one.address,
      one.reason,
      one.names.join(" ") || "-",
      say(one.foundAt),
    ]);
    const listing = table([["person", "profile", "reason", "attributes", "found"], ...rows]);
    const reasons = [...new Set(profiles.map(({ reason }) => reason))];
    const advice = reasons.map((reason) => `${reason}: ${REMEDIES[reason]}.`).join("\n");
    return done(data, `${listing}\n\n${advice}`, notes);
  });
}

function maskAddress(address: string): string {
  const named = identifiersOf(address);
  if ("email" in named) return `email ${maskEmail(named.email)}`;
  return `id *****${named.id.slice(-3)}`;
}
