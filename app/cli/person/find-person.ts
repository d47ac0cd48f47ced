/** Who is meant: by email, by Shopify customer id, or by a number of their own. */
import { customerKey, emailKey, readEmail } from "#app/core/identity.ts";
import { readNumber } from "#app/core/phone/read-number.ts";
import { tellPeopleApart } from "#app/core/people/tell-apart.ts";
import { loadObservations } from "#app/db/observations.ts";
import { loadPeopleOfClusters } from "#app/db/people.ts";
import type { PersonFound } from "#app/db/person-file.ts";
import { findClusterOf, findHoldersOf } from "#app/db/person-file.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";

const CUSTOMER_ID = /^(?:gid:\/\/shopify\/Customer\/)?(\d{1,20})$/;

/** The best match first; several only for a number that several have. */
export async function findPerson(
  client: Queryable,
  shop: WorkingShop,
  who: string,
): Promise<PersonFound[]> {
  const text = who.trim();
  const email = readEmail(text);
  if (email !== null) return findByIdentity(client, shop, emailKey(email));
  const customer = CUSTOMER_ID.exec(text)?.[1];
  if (customer !== undefined) {
    const found = await findByIdentity(client, shop, customerKey(customer));
    if (found.length > 0) return found;
  }
  const { e164 } = readNumber(text, [shop.settings.default_country]);
  return e164 === null ? [] : findHoldersOf(client, shop.id, e164);
}

/** An email or customer id may be named in a cluster of several people: it is told apart as ever. */
async function findByIdentity(
  client: Queryable,
  shop: WorkingShop,
  identity: string,
): Promise<PersonFound[]> {
  const cluster = await findClusterOf(client, shop.id, identity);
  if (cluster === null) return [];
  const heard = await loadObservations(client, shop.id, [cluster]);
  const meant = tellPeopleApart(heard.get(cluster) ?? []).find(({ identities }) =>
    identities.includes(identity),
  );
  const rows = await loadPeopleOfClusters(client, shop.id, [cluster]);
  return rows.filter(({ anchor }) => meant?.identities.includes(anchor)).slice(0, 1);
}
