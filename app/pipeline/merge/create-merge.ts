/**
 * Merge: turns a shop's pending messages into true profiles, batch by batch. Losing a wake-up, getting
 * one twice or running beside another drain of the same shop is harmless: PostgreSQL excludes and
 * remembers. A shop with a backlog yields after a slice, so that a quiet shop is served at once.
 */
import type pg from "pg";
import type { ReadNumber } from "#app/core/policy.ts";
import { rememberReadings } from "#app/core/policy.ts";
import { bury } from "#app/db/dead-letters.ts";
import { postponeDue } from "#app/db/people.ts";
import type { PendingKey, PendingMessage } from "#app/db/pending.ts";
import { BEFORE_ALL, settlePending } from "#app/db/pending.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import type { BatchSize, MergeOutcome } from "./merge-batch.ts";
import { mergeBatch } from "./merge-batch.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { NOTHING_AHEAD, readAhead } from "./read-ahead.ts";
import { inTurn } from "#app/db/in-turn.ts";
import { BEGIN_WORK } from "#app/db/work-transaction.ts";
import { createAnalyser } from "#app/db/young-tables.ts";
import { isLostConnection, isTransient } from "#app/db/faults.ts";

export type MergePorts = {
  pool: pg.Pool;
  wakeups: Wakeups;
  log: Log;
  now: () => number;
  /** How long each message of a batch had been there, in milliseconds, once it is understood. */
  onUnderstood?: (waitsMs: readonly number[]) => void;
};

/** Bodies of 5 MiB are lawful: rows alone would not bound a batch. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Persons whose moment has come, at most so many in one batch. */
const DUE_AT_ONCE = 250;
const POSTPONED_MS = 3_600_000;
/** How long one shop is worked on before others get their turn. */
const SLICE_MS = 500;

export function createMerge(ports: MergePorts): (shop: string) => Promise<void> {
  const read = rememberReadings();
  const analyse = createAnalyser();
  return (shop) => drain(ports, read, analyse, shop);
}

async function drain(
  ports: MergePorts,
  read: ReadNumber,
  analyse: ReturnType<typeof createAnalyser>,
  shop: string,
): Promise<void> {
  const { pool, wakeups, log, now } = ports;
  const startedAt = now();
  let rows = BATCH_ROWS;
  let due = DUE_AT_ONCE;
  const nothing = Promise.resolve(NOTHING_AHEAD);
  let reading = readNext(ports, shop, rows, BEFORE_ALL);
  for (;;) {
    const ahead = await reading;
    reading = nothing;
    let taken: readonly PendingMessage[] = [];
    const onTaken = (messages: readonly PendingMessage[]): void => {
      taken = messages;
      const last = messages.at(-1);
      if (!last || messages.length < rows || now() - startedAt >= SLICE_MS) return;
      reading = readNext(ports, shop, rows, last);
    };
    const outcome = await tryBatch(pool, shop, { rows, due, ahead, onTaken }, read, now());
    switch (outcome.kind) {
      case "busy":
        return;
      case "failed":
        // It may lie in a person whose moment has come: no message must die of that.
        if (due > 0) {
          due = 0;
          continue;
        }
        // Somewhere among these rows is one that cannot be merged: halve until it is alone.
        if (rows > 1) {
          log.warn({ shop, rows, err: outcome.fault }, "a batch could not be merged; halving it");
          rows = Math.max(1, Math.floor(rows / 2));
          continue;
        }
        if (!outcome.first) throw outcome.fault;
        await buryMessage(pool, shop, outcome.first, outcome.fault);
        log.error(
          { shop, err: outcome.fault },
          "a message could not be merged; it is a dead letter",
        );
        rows = BATCH_ROWS;
        continue;
      case "merged":
        ports.onUnderstood?.(taken.map(({ receivedAt }) => now() - receivedAt.getTime()));
        if (outcome.toTell !== "nothing") {
          wakeups.wake("deliver", shop, outcome.toTell === "urgent" ? "urgent" : "new");
        }
        if (outcome.toTellOthers) wakeups.wake("feedback", shop, "urgent");
        await analyse(pool, outcome.taken);
        if (!outcome.more) {
          if (due === 0) await lookAgain(ports, read, shop);
          return;
        }
        rows = Math.min(BATCH_ROWS, rows * 2);
        if (reading !== nothing || now() - startedAt < SLICE_MS) continue;
        wakeups.wake("merge", shop, "continue");
        return;
    }
  }
}

/** Nothing is lost when it fails: the batch reads for itself then, and meets the fault if it lasts. */
async function readNext(
  { pool, log }: MergePorts,
  shop: string,
  rows: number,
  after: PendingKey,
): Promise<ReadAhead> {
  try {
    return await readAhead(pool, shop, { rows, bytes: BATCH_BYTES }, after);
  } catch (fault) {
    log.warn({ shop, err: fault }, "messages could not be read ahead");
    return NOTHING_AHEAD;
  }
}

/** Persons whose moment has come, without messages; who cannot be decided now has to wait. */
async function lookAgain(
  { pool, wakeups, log, now }: MergePorts,
  read: ReadNumber,
  shop: string,
): Promise<void> {
  let due = DUE_AT_ONCE;
  for (;;) {
    const outcome = await tryBatch(pool, shop, { rows: 0, due }, read, now());
    if (outcome.kind === "busy") return;
    if (outcome.kind === "merged") {
      if (outcome.toTell !== "nothing") wakeups.wake("deliver", shop, "new");
      if (outcome.toTellOthers) wakeups.wake("feedback", shop, "urgent");
      return;
    }
    if (due === 1) {
      log.error({ shop, err: outcome.fault }, "a person whose moment has come cannot be decided");
      await postponeDue(pool, shop, new Date(now()), new Date(now() + POSTPONED_MS));
      return;
    }
    due = Math.max(1, Math.floor(due / 2));
  }
}

type Tried = MergeOutcome | { kind: "failed"; fault: unknown; first: PendingMessage | undefined };

/** One batch in its own transaction. Faults of the database itself are thrown: they pass. */
async function tryBatch(
  pool: pg.Pool,
  shop: string,
  size: Omit<BatchSize, "bytes">,
  read: ReadNumber,
  now: number,
): Promise<Tried> {
  const client = await pool.connect();
  let broken = false;
  let first: PendingMessage | undefined;
  const onTaken = (messages: readonly PendingMessage[]): void => {
    [first] = messages;
    size.onTaken?.(messages);
  };
  try {
    await client.query(BEGIN_WORK);
    const outcome = await inTurn(client, (turns) =>
      mergeBatch(turns, shop, { ...size, bytes: BATCH_BYTES, onTaken }, read, now),
    );
    await client.query("COMMIT");
    return outcome;
  } catch (fault) {
    broken = isLostConnection(fault);
    if (!broken) await client.query("ROLLBACK");
    if (broken || isTransient(fault)) throw fault;
    return { kind: "failed", fault, first };
  } finally {
    client.release(broken);
  }
}

/**
 * The one row that no batch can hold becomes a dead letter, in the transaction that moves on; unless
 * somebody else has settled it meanwhile.
 */
async function buryMessage(
  pool: pg.Pool,
  domain: string,
  message: PendingMessage,
  fault: unknown,
): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN");
    if ((await settlePending(client, domain, [message])) === 1) {
      const detail = fault instanceof Error ? fault.name : "unknown fault";
      const { id, topic } = message;
      await bury(client, domain, [
        { kind: "inbox", reference: String(id), topic, reason: "cannot_merge", detail },
      ]);
    }
    await client.query("COMMIT");
    broken = false;
  } finally {
    client.release(broken);
  }
}
