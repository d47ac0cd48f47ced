/**
 * Erasing from the consent ledger. Its table refuses every change but these two, and these only to a
 * transaction that says for which shop it erases (`ringtrue.erasing`, see the migration).
 */
import { digestOf } from "./ledger.ts";
import type { Queryable } from "./queryable.ts";

/**
 * Destroys content and salt of what these identities said, or their documents told, and of what was
 * said from these numbers (E.164), which nobody else has. What remains: the place in the chain and the digests, and
 * of a stop that it is one and when it was said.
 */
export async function eraseFromLedger(
  client: Queryable,
  { id: shopId, salt }: { id: number; salt: Buffer },
  identities: readonly string[],
  numbers: readonly string[],
): Promise<void> {
  const chains = numbers.map((e164) => digestOf(salt, e164));
  await erasing(client, `shopper ${shopId}`, () =>
    client.query(
      `UPDATE consent_entry SET
         kind = CASE kind WHEN 'stop' THEN kind ELSE 'erased' END, at = CASE kind WHEN 'stop' THEN at END,
         e164 = NULL, source = NULL, document = NULL, identity = NULL, level = NULL, purposes = '{}',
         disclosure = NULL, evidence = '{}', salt = NULL
       WHERE shop_id = $1 AND (identity = ANY($2::text[]) OR document = ANY($2::text[])
         OR digest = ANY (ARRAY(SELECT decode(d, 'hex') FROM unnest($3::text[]) AS chain (d)))
           AND identity LIKE 'number:%')`,
      [shopId, identities, chains],
    ),
  );
}

/** Nothing of the shop's ledger remains. */
export async function eraseLedger(client: Queryable, shopId: number): Promise<void> {
  await erasing(client, `shop ${shopId}`, () =>
    client.query("DELETE FROM consent_entry WHERE shop_id = $1", [shopId]),
  );
}

/** Only within a transaction, where the permission ends with the work. */
async function erasing(
  client: Queryable,
  whose: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const allow = "SELECT set_config('ringtrue.erasing', $1, true)";
  await client.query(allow, [whose]);
  await work();
  await client.query(allow, [""]);
}
