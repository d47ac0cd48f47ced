// The worker process as it is, with Shopify's library on the simulated Shopify at the address given.

import { createPrisma } from "#app/db/prisma.ts";
import { openDatabase } from "#app/db/database.ts";
import { createLog } from "#app/platform/log.ts";
import { openQueueBackend } from "#app/queue/backend.ts";
import { createWakeups } from "#app/queue/wakeups.ts";
import { createAdminOpener } from "#app/shopify/admin-api.ts";
import { startWorker } from "#app/worker.ts";

import { createLibrary, sendToSimulator } from "../../tests/support/shopify-library.ts";
import { benchSealer } from "./bench-shop.ts";

const [url = "", redisUrl = "", customerioUrl = "", shopifyUrl = "", apiKey = "", secret = ""] =
  process.argv.slice(2);
const log = createLog({ level: "error", format: "json" }, process.stderr);
const { pool } = openDatabase({ url, max: 24, log });
const backend = await openQueueBackend({ databaseUrl: url, redisUrl: redisUrl || null, log });
const sealer = benchSealer();
sendToSimulator(shopifyUrl);
const shopify = createLibrary({ apiKey, secret }, createPrisma(url), sealer);

process.on("disconnect", () => process.exit(0));
startWorker({
  config: { customerio: { trackUrl: customerioUrl, appUrl: customerioUrl } },
  ...{ pool, backend, sealer, log },
  wakeups: createWakeups(backend),
  openAdmin: createAdminOpener({ shopify, pool }),
});
process.send?.("working");
