/** Which dead letters an operator means, as the options of the command say it. */
import { readEmail } from "#app/core/identity.ts";
import { readNumber } from "#app/core/phone/read-number.ts";
import type { LetterFilter } from "#app/db/letters.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { findPerson } from "../person/find-person.ts";

export type FilterOptions = {
  kind?: "inbox" | "outbox";
  reason?: string;
  topic?: string;
  since?: Date;
  until?: Date;
  id?: string;
  person?: string;
  open?: true;
};

/** The options that narrow the list down, by their names. */
const FILTERS = ["kind", "reason", "topic", "since", "until", "id", "person", "open"] as const;

export function isFiltered(options: FilterOptions): boolean {
  return FILTERS.some((name) => options[name] !== undefined);
}

/** A person that nobody knows yet may still stand in a message that died. */
export async function readFilter(
  client: Queryable,
  shop: WorkingShop,
  options: FilterOptions,
): Promise<LetterFilter> {
  const { person, kind, reason, topic, since, until, id, open } = options;
  return {
    ...(kind !== undefined && { kind }),
    ...(reason !== undefined && { reason }),
    ...(topic !== undefined && { topic }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(id !== undefined && { id }),
    ...(open !== undefined && { open }),
    ...(person !== undefined && {
      person: {
        ids: (await findPerson(client, shop, person)).map(({ id: found }) => found),
        texts: textsOf(person.trim(), shop.settings.default_country),
      },
    }),
  };
}

/** How messages write whoever is meant. */
function textsOf(who: string, country: string): string[] {
  const email = readEmail(who);
  if (email !== null) return [email];
  const { e164 } = readNumber(who, [country]);
  const texts = [who.replace("gid://shopify/Customer/", "")];
  return e164 === null ? texts : [...texts, e164.slice(1)];
}
