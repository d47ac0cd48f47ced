// What is measured: the worker process as it is. It gets ready, tells its parent, and starts to work
// when told to.

import { openDatabase } from "#app/db/database.ts";
import { createLog } from "#app/platform/log.ts";
import { openQueueBackend } from "#app/queue/backend.ts";
import { createWakeups } from "#app/queue/wakeups.ts";
import { startWorker } from "#app/worker.ts";

import { benchSealer } from "./bench-shop.ts";

const [url = "", redisUrl = "", trackUrl = ""] = process.argv.slice(2);
const log = createLog({ level: "error", format: "json" }, process.stderr);
const { pool } = openDatabase({ url, max: 16, log });
const backend = await openQueueBackend({ databaseUrl: url, redisUrl: redisUrl || null, log });
const wakeups = createWakeups(backend);
await pool.query("SELECT 1");

process.on("disconnect", () => process.exit(0));
process.once("message", () => {
  startWorker({
    config: { customerio: { trackUrl, appUrl: null } },
    pool,
    backend,
    wakeups,
    sealer: benchSealer(),
    log,
    openAdmin: () => Promise.resolve({ kind: "denied", reason: "no_session" }),
  });
  process.send?.(Date.now());
});
process.send?.("ready");
