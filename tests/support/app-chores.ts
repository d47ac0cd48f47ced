// Chores that speak to the App API, run by hand on the pipeline's clock against its simulated workspace.
import type { Connection } from "#app/core/settings/connection.ts";
import { createAppApi } from "#app/customerio/app-api.ts";
import { createWorkspace } from "#app/customerio/workspace.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { openConnection, sealConnection } from "#app/db/shop-connection.ts";
import type { ChoreOutcome, ChoreRun } from "#app/pipeline/chores/create-chores.ts";
import { createLookUp } from "#app/pipeline/chores/look-up.ts";
import { createPutBack } from "#app/pipeline/chores/put-back.ts";
import { createReadBack } from "#app/pipeline/chores/read-back.ts";
import { noteNothingToRead, sealer } from "./connected-shop.ts";
import { SHOP, type Pipeline } from "./pipeline.ts";

const APP_KEY = "app-one";
const SLICES_MAX = 50;

export type AppChores = {
  lookUp(): Promise<ChoreOutcome>;
  readBack(): Promise<ChoreOutcome>;
  putBack(): Promise<ChoreOutcome>;
};

/** Gives the first shop and its workspace an App API key. */
export async function startAppChores(pipeline: Pipeline): Promise<AppChores> {
  const { pool, customerio, now } = pipeline;
  customerio.control.workspace().account.appKey = APP_KEY;
  const connected = await loadWorkingShop(pool, SHOP);
  const connection: Connection = {
    ...openConnection(sealer, connected?.credentials ?? ""),
    app_key: APP_KEY,
  };
  await pool.query("UPDATE shop SET credentials = $1 WHERE domain = $2", [
    sealConnection(sealer, connection),
    SHOP,
  ]);
  await noteNothingToRead(pool, SHOP);
  const ports = {
    pool,
    sealer,
    now,
    random: () => 0,
    openAppApi: (to: Connection) => createAppApi(to, customerio.url),
    openWorkspace: (to: Connection) => createWorkspace(to, customerio.url),
  };
  const cursors = new Map<string, unknown>();

  /** Slice after slice until it has come to its end, or waits; the cursor goes through JSON as it does when kept. */
  async function runAll(name: string, run: ChoreRun): Promise<ChoreOutcome> {
    for (let slices = 0; slices < SLICES_MAX; slices += 1) {
      const shop = await loadWorkingShop(pool, SHOP);
      if (!shop) throw new Error("the shop is gone");
      const { rows } = await pool.query<{ cursor: unknown }>(
        "SELECT cursor FROM chore WHERE shop_id = $1 AND name = $2",
        [shop.id, name],
      );
      const outcome = await run(shop, rows[0]?.cursor ?? cursors.get(name) ?? null, () => false);
      const cursor: unknown = JSON.parse(JSON.stringify(outcome.cursor));
      cursors.set(name, cursor);
      await pool.query(
        `UPDATE chore SET cursor = $3, detail = $4, done_at = CASE WHEN $5 THEN now() ELSE done_at END
         WHERE shop_id = $1 AND name = $2`,
        [shop.id, name, JSON.stringify(cursor), outcome.detail, outcome.isDone],
      );
      if (outcome.isDone || outcome.againInMs > 0) return outcome;
    }
    throw new Error(`${name} comes to no end`);
  }

  return {
    lookUp: () => runAll("look-up", createLookUp(ports)),
    readBack: () => runAll("read-back", createReadBack(ports)),
    putBack: () => runAll("put-back", createPutBack(ports)),
  };
}
