/**
 * What the law asks of us, done in the transaction that read it. Erasing takes a shopper's content
 * everywhere; what remains is the digest of a number that said stop, so that the stop still holds.
 */
import type { PrivacyOrder } from "#app/core/hear/understand.ts";
import { consentKey, customerKey, emailKey, orderKey } from "#app/core/identity.ts";
import { tellPeopleApart } from "#app/core/people/tell-apart.ts";
import { loadObservations } from "#app/db/observations.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { eraseShop, eraseShopper, recordRequest } from "#app/db/erasure.ts";

export type PrivacyWork = { order: PrivacyOrder; at: number; messageId: number };

export async function carryOut(
  client: Queryable,
  shop: WorkingShop,
  work: readonly PrivacyWork[],
): Promise<void> {
  for (const { order, at, messageId } of work) {
    switch (order.kind) {
      case "data_request":
        await recordRequest(
          client,
          shop.domain,
          order.kind,
          order.customer,
          messageId,
          new Date(at),
          false,
        );
        break;
      case "customer_redact":
        await redactCustomer(client, shop, order);
        await recordRequest(
          client,
          shop.domain,
          order.kind,
          order.customer,
          messageId,
          new Date(at),
          true,
        );
        break;
      case "shop_redact":
        await eraseShop(client, shop);
        break;
    }
  }
}

async function redactCustomer(
  client: Queryable,
  shop: WorkingShop,
  order: Extract<PrivacyOrder, { kind: "customer_redact" }>,
): Promise<void> {
  const named = new Set<string>(order.orders.map(orderKey));
  if (order.customer) named.add(customerKey(order.customer)).add(consentKey(order.customer));
  if (order.email) named.add(emailKey(order.email));
  const { rows } = await client.query<{ cluster_id: number }>(
    "SELECT DISTINCT cluster_id FROM identity WHERE shop_id = $1 AND key = ANY($2::text[])",
    [shop.id, [...named]],
  );
  const clusters = rows.map((row) => row.cluster_id);
  const heard = await loadObservations(client, shop.id, clusters);
  const erased = new Set(named);
  for (const observations of heard.values()) {
    for (const person of tellPeopleApart(observations)) {
      const isMeant = person.identities.some((identity) => named.has(identity));
      if (isMeant) for (const identity of person.identities) erased.add(identity);
    }
  }
  await eraseShopper(client, shop, [...erased]);
}
