// The baseline: the usual way. One BullMQ job on Redis for each webhook, fifty at a time; each reads its
// body, normalizes the number, upserts the shopper and calls `TrackClient.identify`. Written with the
// least overhead its tools allow; what was received last wins.

import { PrismaPg } from "@prisma/adapter-pg";
import { Queue, Worker } from "bullmq";
import { TrackClient } from "customerio-node";
import { Redis } from "ioredis";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

import { PrismaClient } from "@prisma/client";

import type { Webhook } from "./webhooks.ts";

const CONCURRENCY = 50;
const NAME = "naive";

const [url = "", redisUrl = "", trackUrl = ""] = process.argv.slice(2);
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 20 }) });
await prisma.$executeRaw`CREATE TABLE IF NOT EXISTS naive_shopper (email text PRIMARY KEY, phone text, body json)`;
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const track = new TrackClient("bench", "bench", {
  url: `${trackUrl}/api/v1`,
  retry: { maxRetries: 0 },
});
const queue = new Queue(NAME, { connection });
await queue.obliterate({ force: true });

async function work({ body }: { body: string }): Promise<void> {
  const customer = JSON.parse(body);
  const country = customer.default_address?.country_code;
  const phone = parsePhoneNumberFromString(customer.phone ?? "", country)?.number ?? null;
  const { email } = customer;
  await prisma.$executeRaw`INSERT INTO naive_shopper (email, phone) VALUES (${email}, ${phone})
    ON CONFLICT (email) DO UPDATE SET phone = excluded.phone`;
  await track.identify(email, { email, phone, first_name: customer.first_name });
}

async function workOff(webhooks: readonly Webhook[]): Promise<number> {
  for (let from = 0; from < webhooks.length; from += 1_000) {
    await queue.addBulk(
      webhooks.slice(from, from + 1_000).map(({ body }) => ({
        name: "webhook",
        data: { body },
        opts: { removeOnComplete: true, attempts: 5 },
      })),
    );
  }
  const startedAt = Date.now();
  const worker = new Worker(NAME, (job) => work(job.data), {
    connection: connection.duplicate(),
    concurrency: CONCURRENCY,
  });
  let failed = 0;
  worker.on("failed", () => (failed += 1));
  let done = 0;
  await new Promise<void>((resolve) => {
    worker.on("completed", () => {
      done += 1;
      if (done === webhooks.length) resolve();
    });
  });
  await worker.close();
  if (failed > 0) throw new Error(`${failed} jobs failed: the run is void`);
  return startedAt;
}

process.on("disconnect", () => process.exit(0));
process.on("message", (webhooks: Webhook[]) => {
  void workOff(webhooks).then((startedAt) => process.send?.(startedAt));
});
process.send?.("ready");
