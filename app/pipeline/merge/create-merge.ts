/**
 * Merge: turns a shop's pending messages into true profiles, batch by batch. Losing a wake-up, getting
 * one twice or running beside another drain of the same shop is harmless: PostgreSQL excludes and
 * remembers. A shop with a backlog yields after a slice, so that a quiet shop is served at once.
 */
import type pg from "pg";
import type { ReadNumber } from "#app/core/policy.ts";
import { rememberReadings } from "#app/core/policy.ts";
import { bury } from "#app/db/dead-letters.ts";
import { settlePending, takePending } from "#app/db/pending.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { lockForTransaction } from "#app/db/shop-lock.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import type { MergeOutcome } from "./merge-batch.ts";
import { mergeBatch } from "./merge-batch.ts";
import { BEGIN_WORK } from "#app/db/work-transaction.ts";
import { createAnalyser } from "#app/db/young-tables.ts";
import { isLostConnection, isTransient } from "./faults.ts";

export type MergePorts = { pool: pg.Pool; wakeups: Wakeups; log: Log; now: () => number };

/** Bodies of 5 MiB are lawful: rows alone would not bound a batch. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 8 * 1024 * 1024;
/** How long one shop is worked on before others get their turn. */
const SLICE_MS = 250;

export function createMerge(ports: MergePorts): (shop: string) => Promise<void> {
  const read = rememberReadings();
  const analyse = createAnalyser();
  return (shop) => drain(ports, read, analyse, shop);
}

async function drain(
  { pool, wakeups, log, now }: MergePorts,
  read: ReadNumber,
  analyse: ReturnType<typeof createAnalyser>,
  shop: string,
): Promise<void> {
  const startedAt = now();
  let rows = BATCH_ROWS;
  for (;;) {
    const outcome = await tryBatch(pool, shop, rows, read, now());
    switch (outcome.kind) {
      case "busy":
        return;
      case "failed":
        // Somewhere among these rows is one that cannot be merged: halve until it is alone.
        if (rows > 1) {
          log.warn({ shop, rows, err: outcome.fault }, "a batch could not be merged; halving it");
          rows = Math.max(1, Math.floor(rows / 2));
          continue;
        }
        await buryFirst(pool, shop, outcome.fault);
        log.error({ shop, err: outcome.fault }, "a message could not be merged; it is a dead letter");
        rows = BATCH_ROWS;
        continue;
      case "merged":
        if (outcome.toTell !== "nothing") {
          wakeups.wake("deliver", shop, outcome.toTell === "urgent" ? "urgent" : "new");
        }
        await analyse(pool, outcome.taken);
        if (!outcome.more) return;
        rows = Math.min(BATCH_ROWS, rows * 2);
        if (now() - startedAt < SLICE_MS) continue;
        wakeups.wake("merge", shop, "continue");
        return;
    }
  }
}

type Tried = MergeOutcome | { kind: "failed"; fault: unknown };

/** One batch in its own transaction. Faults of the database itself are thrown: they pass. */
async function tryBatch(
  pool: pg.Pool,
  shop: string,
  rows: number,
  read: ReadNumber,
  now: number,
): Promise<Tried> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(BEGIN_WORK);
    const outcome = await mergeBatch(client, shop, { rows, bytes: BATCH_BYTES }, read, now);
    await client.query("COMMIT");
    return outcome;
  } catch (fault) {
    broken = isLostConnection(fault);
    if (!broken) await client.query("ROLLBACK");
    if (broken || isTransient(fault)) throw fault;
    return { kind: "failed", fault };
  } finally {
    client.release(broken);
  }
}

/** The one row that no batch can hold becomes a dead letter, in the transaction that moves on. */
async function buryFirst(pool: pg.Pool, domain: string, fault: unknown): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN");
    const shop = await loadWorkingShop(client, domain);
    const locked = await lockForTransaction(client, "merge", shop?.id ?? 0);
    const [message] = locked ? await takePending(client, domain, 1, BATCH_BYTES) : [];
    if (message) {
      const detail = fault instanceof Error ? fault.name : "unknown fault";
      const { topic } = message;
      await bury(client, domain, [
        { kind: "inbox", reference: String(message.id), topic, reason: "cannot_merge", detail },
      ]);
      await settlePending(client, domain, [message]);
    }
    await client.query("COMMIT");
    broken = false;
  } finally {
    client.release(broken);
  }
}
