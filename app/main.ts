/**
 * The process: reads the configuration, builds the adapters its role needs, starts web and worker,
 * and at SIGTERM or SIGINT closes them in the order that loses nothing: doors, workers, queue, pools.
 */
import { collectDefaultMetrics, Registry } from "prom-client";
import { readBacklog } from "./db/backlog.ts";
import { startEmbeddedDatabase } from "./db/embedded.ts";
import { openDatabase } from "./db/database.ts";
import { openInbox } from "./db/inbox.ts";
import { migrateDatabase } from "./db/migrate.ts";
import { createPrisma } from "./db/prisma.ts";
import { createSecretsReader, loadShopSecrets } from "./intake/shop-secrets.ts";
import { registerBacklogMetrics } from "./pipeline/backlog-metrics.ts";
import { readConfig } from "./platform/config.ts";
import type { Config } from "./platform/config.ts";
import { createSealer } from "./platform/crypto.ts";
import { createLog } from "./platform/log.ts";
import type { Log } from "./platform/log.ts";
import { openQueueBackend } from "./queue/backend.ts";
import { createWakeups } from "./queue/wakeups.ts";
import { createShutdown, exitOnSignals } from "./platform/shutdown.ts";
import type { Shutdown } from "./platform/shutdown.ts";
import { createAdminOpener } from "./shopify/admin-api.ts";
import { createShopify } from "./shopify/app.ts";
import { startWeb } from "./web.ts";
import { startWorker } from "./worker.ts";
import { startWorkerServer } from "./worker-server.ts";

async function start(config: Config, log: Log, shutdown: Shutdown): Promise<void> {
  const url =
    config.databaseUrl ?? (await startEmbeddedDatabase({ dataDir: config.dataDir, log })).url;
  await migrateDatabase(url);
  const sealer = createSealer(config.encryption);
  const database = openDatabase({ url, max: 24, log });
  shutdown.add("database", () => database.close());
  const backend = await openQueueBackend({ databaseUrl: url, redisUrl: config.redisUrl, log });
  shutdown.add("queue", () => backend.close());
  const wakeups = createWakeups(backend);
  shutdown.add("wake-ups", () => wakeups.close());
  const { pool } = database;
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  registerBacklogMetrics(metrics, { read: () => readBacklog(pool), log, now: () => Date.now() });
  // A database that does not answer is an answer: not ready.
  const isReady = (): Promise<boolean> =>
    pool.query("SELECT 1").then(
      () => true,
      () => false,
    );

  const prisma = createPrisma(url);
  shutdown.add("prisma", () => prisma.$disconnect());
  const shopify = createShopify({ config, prisma, sealer, log });

  if (config.role !== "web") {
    const openAdmin = createAdminOpener({ shopify, pool });
    const ports = { config, pool, backend, wakeups, sealer, log, metrics, openAdmin };
    const worker = startWorker(ports);
    shutdown.add("worker", () => worker.close());
    log.info("working");
  }
  if (config.role === "worker") {
    if (config.workerPort !== null) {
      const { host, workerPort: port } = config;
      const server = await startWorkerServer({ host, port, log, metrics, isReady });
      if (server) shutdown.add("worker's server", () => server.close());
    }
  } else {
    const inbox = openInbox({ url });
    shutdown.add("inbox", () => inbox.close());
    const hookInbox = openInbox({ url });
    shutdown.add("hook inbox", () => hookInbox.close());
    const secrets = createSecretsReader((shop) => loadShopSecrets({ pool, sealer }, shop));
    const web = await startWeb({
      config,
      log,
      inbox,
      wakeups,
      hooks: { inbox: hookInbox, secrets },
      isReady,
      metrics,
      loadContext: { config, log, pool, prisma, sealer, shopify },
    });
    shutdown.add("web", () => web.close());
    log.info({ port: web.port }, "listening");
  }
}

const reading = readConfig();
if (!reading.ok) {
  for (const { variable, problem } of reading.problems)
    process.stderr.write(`${variable}: ${problem}\n`);
  process.exit(1);
}
const log = createLog(reading.config.log);
const shutdown = createShutdown({ log });
exitOnSignals({ shutdown, log });
await start(reading.config, log, shutdown);
