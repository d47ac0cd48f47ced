/** What feedback is built from. */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import type { AppApi } from "#app/customerio/app-api.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import type { OpenAdminApi } from "#app/shopify/admin-api.ts";

export type FeedbackPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  wakeups: Wakeups;
  log: Log;
  now: () => number;
  /** Null without an App API key. */
  openAppApi: (connection: Connection) => AppApi | null;
  openAdmin: OpenAdminApi;
};
