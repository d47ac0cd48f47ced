/**
 * `ringtrue preview`: what going live would write, in counts, and what cannot be known before. It
 * promises nothing about the workspace, which it does not read.
 */
import { loadPreview } from "#app/db/preview.ts";
import { readStatus } from "#app/db/status.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { forShop } from "./operator.ts";
import type { Outcome } from "./outcome.ts";
import { done } from "./outcome.ts";
import { facts } from "./table.ts";

export function preview(domain: string): Promise<Outcome> {
  return forShop(domain, async ({ pool }, shop) => {
    const eligibleName = shop.settings.attribute_names["sms_eligible"] ?? "sms_eligible";
    const { people, events, stopsKnown } = await loadPreview(pool, shop.id, eligibleName);
    const { inboxPending } = await readStatus(pool, shop.id);
    const unknown = cannotBeKnown(shop, inboxPending);
    const data = {
      domain,
      mode: shop.mode,
      connected: shop.credentials !== null,
      people,
      events,
      stopsKnown,
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
    return done(data, `${text}\n\nNot known:\n${unknown.map((line) => `- ${line}`).join("\n")}`);
  });
}

function cannotBeKnown(shop: WorkingShop, inboxPending: number): string[] {
  const unknown = [
    "which of the people told for the first time have a profile in Customer.io already: those are updated, the others created",
    "stops that only Customer.io or the carrier knows: they are not read in by this command",
  ];
  if (shop.settings.create_people !== "all") {
    unknown.push(
      `create_people is ${shop.settings.create_people}: where no profile is made, a person without one stays untold`,
    );
  }
  if (inboxPending > 0) unknown.push(`what ${inboxPending} messages still to be read will change`);
  return unknown;
}
