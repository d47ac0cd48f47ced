/**
 * `ringtrue preview`: what going live would write, beside what stands in the profiles that were looked
 * at, and what cannot be known before. It asks the workspace nothing itself.
 */
import { countLookedAt } from "#app/db/preview-profiles.ts";
import { loadPreview } from "#app/db/preview.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import { readStatus } from "#app/db/status.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { compareFound, sayProfiles } from "./preview/show-profiles.ts";
import { facts } from "./table.ts";

export function preview(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool, sealer }, shop) => {
    const eligibleName = shop.settings.attribute_names["sms_eligible"] ?? "sms_eligible";
    const { people, events, stopsKnown } = await loadPreview(pool, shop.id, eligibleName);
    const { inboxPending } = await readStatus(pool, shop.id);
    const profiles = await countLookedAt(pool, shop.id);
    const compared = await compareFound(pool, shop.id, shop.settings);
    const canLook =
      shop.credentials !== null && openConnection(sealer, shop.credentials).app_key !== null;
    const unknown = cannotBeKnown(shop, inboxPending, canLook, profiles.notLookedAt);
    const data = {
      domain,
      mode: shop.mode,
      connected: shop.credentials !== null,
      people,
      events,
      stopsKnown,
      profiles,
      ...compared,
      unknown,
    };
    const text = facts([
      ["people told for the first time", people.first],
      ["people told again", people.again],
      ["profiles cleared of what Ringtrue wrote", people.withdrawn],
      ["people left alone, told as they are", people.unchanged],
      ["people held, without email or customer id", people.held],
      ["of those told, people who may be texted", people.eligible],
      ["events told", events.pending],
      ["events never told, observed only", events.observed],
      ["numbers with a stop known", stopsKnown],
    ]);
    const found = sayProfiles(profiles, compared);
    return done(
      data,
      `${text}\n\n${found}\n\nNot known:\n${unknown.map((line) => `- ${line}`).join("\n")}`,
    );
  });
}

/** Stops of others are read in by the worker; without an App API key nobody can. */
function stopsUnknown({ stopsRead }: WorkingShop, canLook: boolean): string {
  if (!canLook)
    return "stops that only Customer.io or the carrier knows: reading them in needs an App API key, and without one they become known when they are heard";
  if (stopsRead.at === null)
    return "stops that only Customer.io or the carrier knows: they are still to be read in, which the worker does before the first write";
  return `stops said in Customer.io since ${stopsRead.at.toISOString()}, when they were last read in: its opt-out lists are looked at every five minutes`;
}

function cannotBeKnown(
  shop: WorkingShop,
  inboxPending: number,
  canLook: boolean,
  notLookedAt: number,
): string[] {
  const unknown = [stopsUnknown(shop, canLook)];
  if (notLookedAt > 0) {
    unknown.push(
      `which of ${notLookedAt} people have a profile in Customer.io already: ${
        canLook ? "they are still to be looked at" : "looking needs an App API key"
      }`,
    );
  }
  if (shop.settings.create_people !== "all") {
    unknown.push(
      `create_people is ${shop.settings.create_people}: where no profile is made, a person without one stays untold`,
    );
  }
  if (inboxPending > 0) unknown.push(`what ${inboxPending} messages still to be read will change`);
  return unknown;
}
