/**
 * Finds out which workspace a connection leads to where that could not be found out when it was
 * saved. Nothing waits for it.
 */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Account } from "#app/core/settings/shared-workspace.ts";
import { loadEnvironment, noteEnvironment } from "#app/db/environments.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Log } from "#app/platform/log.ts";

export type KnowWorkspacePorts = {
  pool: pg.Pool;
  log: Log;
  readAccount: (connection: Connection) => Promise<Account>;
};

export function createKnowWorkspace({ pool, log, readAccount }: KnowWorkspacePorts) {
  return async (shop: WorkingShop, connection: Connection): Promise<void> => {
    if ((await loadEnvironment(pool, shop.id)) !== null) return;
    const account = await readAccount(connection);
    switch (account.kind) {
      case "known":
        await noteEnvironment(pool, shop.id, account.environment);
        if (account.region !== connection.region)
          log.warn(
            { shop: shop.domain, region: account.region },
            "the workspace's region is another",
          );
        return;
      case "unauthorized":
      case "unknown":
        // Delivery meets the same trouble and says so; here it is asked again.
        return;
    }
  };
}
