/**
 * What the law asks of us, done in the transaction that read it. Erasing takes a shopper's content
 * everywhere; what remains is the digest of a number that said stop, so that the stop still holds.
 */
import type { PrivacyOrder } from "#app/core/hear/reader.ts";
import { consentKey, customerKey, emailKey, orderKey } from "#app/core/identity.ts";
import { tellPeopleApart } from "#app/core/people/tell-apart.ts";
import type { DeadLetter } from "#app/db/dead-letters.ts";
import { bury } from "#app/db/dead-letters.ts";
import { loadObservations } from "#app/db/observations.ts";
import type { Queryable } from "#app/db/queryable.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { eraseShop, eraseShopper, recordRequest } from "#app/db/erasure.ts";

export type PrivacyWork = { order: PrivacyOrder; at: number; messageId: number };

/** `hasLeft`: the shop has uninstalled the app. What must not be done becomes a dead letter. */
export async function carryOut(
  client: Queryable,
  shop: WorkingShop,
  hasLeft: boolean,
  work: readonly PrivacyWork[],
): Promise<void> {
  for (const { order, at, messageId } of work) {
    switch (order.kind) {
      case "data_request":
      case "customer_redact": {
        const isDone = order.kind === "customer_redact";
        if (isDone) await redactCustomer(client, shop, order);
        const requestedAt = new Date(at);
        const { kind, customer } = order;
        await recordRequest(client, shop.domain, {
          kind,
          customer,
          messageId,
          requestedAt,
          isDone,
        });
        break;
      }
      case "shop_redact":
        // Its body is the same every time, so an old one can be sent again by whoever kept it: a shop
        // that is installed is not erased by it.
        if (hasLeft) await eraseShop(client, shop);
        else await bury(client, shop.domain, [stillInstalled(messageId)]);
        break;
    }
  }
}

function stillInstalled(messageId: number): DeadLetter {
  const detail = "the shop is installed; `ringtrue shop remove` erases it all the same";
  const reference = String(messageId);
  return { kind: "inbox", reference, topic: "shop/redact", reason: "still_installed", detail };
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
