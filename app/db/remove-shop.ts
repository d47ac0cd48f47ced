/**
 * Removing a shop on request: it is erased while nobody else works on it, so that neither a merge nor
 * a delivery that is under way writes anything back.
 */
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { eraseShop } from "./erasure.ts";
import { lockForTransaction, withSessionLock } from "./shop-lock.ts";
import type { WorkingShop } from "./working-shop.ts";

const RETRY_MS = 100;

/** False when the shop was being worked on all the time; `waitMs` is how long that is tried. */
export async function removeShop(
  pool: pg.Pool,
  shop: WorkingShop,
  waitMs = 15_000,
): Promise<boolean> {
  for (let waited = 0; waited <= waitMs; waited += RETRY_MS) {
    const outcome = await withSessionLock(pool, "deliver", shop.id, () => eraseAlone(pool, shop));
    if (outcome.held && outcome.result) return true;
    await pause(RETRY_MS);
  }
  return false;
}

async function eraseAlone(pool: pg.Pool, shop: WorkingShop): Promise<boolean> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN");
    const alone = await lockForTransaction(client, "merge", shop.id);
    if (alone) await eraseShop(client, shop);
    await client.query("COMMIT");
    broken = false;
    return alone;
  } finally {
    client.release(broken);
  }
}
