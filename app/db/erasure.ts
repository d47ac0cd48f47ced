/** Erasing a shopper or a shop from every table, and the record that it was asked and done. */
import { leaveFunnel } from "./funnel.ts";
import { eraseHooks, numbersOfNobodyElse } from "./hook-erasure.ts";
import { eraseFromLedger, eraseLedger } from "./ledger-erasure.ts";
import { TOLD_PERHAPS } from "./people.ts";
import type { Queryable } from "./queryable.ts";
import { eraseTextsSent } from "./text-sent.ts";
import type { WorkingShop } from "./working-shop.ts";

export type PrivacyRequest = {
  kind: string;
  customer: string | null;
  messageId: number;
  requestedAt: Date;
  /** A request for data is done by the merchant, who finds it here. */
  isDone: boolean;
};

export async function recordRequest(
  client: Queryable,
  shop: string,
  { kind, customer, messageId, requestedAt, isDone }: PrivacyRequest,
): Promise<void> {
  await client.query(
    `INSERT INTO privacy_request (shop, kind, customer_id, message_id, requested_at, done_at)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $6::boolean THEN now() END)
     ON CONFLICT (shop, message_id) DO NOTHING`,
    [shop, kind, customer, messageId, requestedAt, isDone],
  );
}

/**
 * Erases everything heard under these identities. Their persons stay as empty rows until delivery
 * has taken back what Customer.io was told; the raw messages that named them go with them.
 */
export async function eraseShopper(
  client: Queryable,
  shop: WorkingShop,
  identities: readonly string[],
): Promise<void> {
  const values = [shop.id, identities];
  const numbers = await numbersOfNobodyElse(client, shop.id, identities);
  await eraseHooks(client, shop.domain, identities, numbers);
  await eraseTextsSent(client, shop.id, numbers);
  await client.query(
    `DELETE FROM message USING observation o
     WHERE o.shop_id = $1 AND o.document = ANY($2::text[]) AND message.shop = $3 AND message.id = o.message_id`,
    [...values, shop.domain],
  );
  await eraseFromLedger(client, shop, identities, numbers);
  await client.query(
    `DELETE FROM person_number USING person p
     WHERE person_number.shop_id = $1 AND p.shop_id = $1 AND p.id = person_number.person_id
       AND p.anchor = ANY($2::text[])`,
    values,
  );
  await client.query(
    `DELETE FROM outbox USING person p
     WHERE outbox.shop_id = $1 AND p.shop_id = $1 AND p.id = outbox.person_id AND p.anchor = ANY($2::text[])`,
    values,
  );
  // Shopify forgets the customer itself, and Customer.io what it was told: there is nobody left to stop.
  await client.query(
    `DELETE FROM feedback USING person p
     WHERE feedback.shop_id = $1 AND p.shop_id = $1 AND p.id = feedback.person_id AND p.anchor = ANY($2::text[])`,
    values,
  );
  await client.query(
    `UPDATE profile SET decision = '{}', attributes = '{}' FROM person p
     WHERE profile.shop_id = $1 AND p.shop_id = $1 AND p.id = profile.person_id AND p.anchor = ANY($2::text[])`,
    values,
  );
  await leaveFunnel(client, shop.id, identities);
  const { rows: erased } = await client.query<{ id: number }>(
    `UPDATE person SET merged_into = id, anchor = 'erased:' || id, email = NULL, customer_id = NULL,
            address = NULL, phone = NULL, next_change_at = NULL, held_since = NULL,
            told = coalesce(told, ${TOLD_PERHAPS}), version = version + 1, changed_at = now(), urgent = true
     WHERE shop_id = $1 AND anchor = ANY($2::text[]) RETURNING id`,
    values,
  );
  await forgetProfiles(
    client,
    shop.id,
    erased.map(({ id }) => id),
  );
  await client.query(
    "DELETE FROM observation WHERE shop_id = $1 AND document = ANY($2::text[])",
    values,
  );
  await client.query("DELETE FROM identity WHERE shop_id = $1 AND key = ANY($2::text[])", values);
}

/**
 * What stood in their profiles, and what was found wrong with them. Asked only once the persons are
 * erased: whoever looks at a profile meanwhile waits for that, and then keeps nothing.
 */
async function forgetProfiles(
  client: Queryable,
  shopId: number,
  people: readonly number[],
): Promise<void> {
  for (const table of ["profile_seen", "drift"]) {
    await client.query(
      `DELETE FROM ${table} WHERE shop_id = $1 AND person_id = ANY($2::bigint[])`,
      [shopId, people],
    );
  }
}

const TABLES_BY_NUMBER = [
  "identity",
  "observation",
  "profile",
  "person",
  "person_number",
  "number_said",
  "outbox",
  "told",
  "delivery",
  "delivery_state",
  "feedback",
  "profile_seen",
  "opt_out_seen",
  "drift",
  "chore",
  "text_sent",
  "text_failed",
  "shop_funnel",
  "shop_day",
] as const;
const TABLES_BY_NAME = ["message", "pending", "dead_letter", "privacy_request", "session"] as const;

/** Nothing of a shop remains, the message that asked for it included. */
export async function eraseShop(client: Queryable, shop: WorkingShop): Promise<void> {
  await eraseLedger(client, shop.id);
  for (const table of TABLES_BY_NUMBER) {
    await client.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shop.id]);
  }
  for (const table of TABLES_BY_NAME) {
    await client.query(`DELETE FROM ${table} WHERE shop = $1`, [shop.domain]);
  }
  await client.query("DELETE FROM shop WHERE id = $1", [shop.id]);
}
