// What is measured: the web process as it is, waking real BullMQ queues on the same database.

import { openInbox } from "#app/db/inbox.ts";
import { createLog } from "#app/platform/log.ts";
import { openQueueBackend } from "#app/queue/backend.ts";
import { createWakeups } from "#app/queue/wakeups.ts";
import { startWeb } from "#app/web.ts";

import { serveForBench } from "./serve-for-bench.ts";

const { databaseUrl, secret, announcePort } = serveForBench();
const log = createLog({ level: "warn", format: "json" }, process.stderr);
const backend = await openQueueBackend({ databaseUrl, redisUrl: null, log });
const web = await startWeb({
  config: {
    host: "127.0.0.1",
    port: 0,
    environment: "production",
    shopify: {
      apiKey: "bench",
      apiSecret: secret,
      apiSecretPrevious: null,
      appUrl: "http://localhost",
      scopes: [],
    },
  },
  log,
  inbox: openInbox({ url: databaseUrl }),
  wakeups: createWakeups(backend),
  isReady: () => backend.isReachable(),
});
announcePort(web.port);
