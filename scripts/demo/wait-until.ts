/** Waits for a condition, asking a few times a second; false when it has not come true in time. */
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 45_000;
const EVERY_MS = 200;

export async function waitUntil(what: string, isTrue: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await isTrue()) return true;
    await pause(EVERY_MS);
  }
  process.stderr.write(`ringtrue: gave up waiting for ${what}\n`);
  return false;
}
