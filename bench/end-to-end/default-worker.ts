// A BullMQ worker with BullMQ's defaults, and a job that never ends. The one that adds the job speaks
// when it is at it; the other one speaks when it waits, and again when it got the job.

import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

const NAME = "defaults";
const [redisUrl = "", role = ""] = process.argv.slice(2);
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });

process.on("disconnect", () => process.exit(0));
if (role === "add") {
  const queue = new Queue(NAME, { connection });
  await queue.obliterate({ force: true });
  await queue.add("job", {});
}
const worker = new Worker(
  NAME,
  () => {
    process.send?.("at work");
    return new Promise<void>(() => undefined);
  },
  { connection: connection.duplicate() },
);
await worker.waitUntilReady();
if (role === "wait") process.send?.("waiting");
