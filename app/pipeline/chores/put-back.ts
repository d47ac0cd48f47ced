/**
 * Undoing what Ringtrue wrote to a shop's workspace (app/db/put-back.ts). It holds the lock of the
 * shop's delivery, so that nothing is told in between, and ends when the shop is told to write again.
 * What is about to be sent is written down first: a profile is never told for a second it was told
 * for before, whatever becomes of the answer.
 */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import { LIMITS } from "#app/core/tell/fit.ts";
import { permissionNames, undoingOf, type Undoing } from "#app/core/tell/put-back.ts";
import { identifiersOf } from "#app/core/tell/address.ts";
import type { IdentifyOperation } from "#app/customerio/operations.ts";
import { BATCH_BYTES_MAX, sizeOf } from "#app/customerio/operations.ts";
import type { Workspace } from "#app/customerio/workspace.ts";
import { pageToUndo, settleUndone, type ToUndo, type Undo } from "#app/db/put-back.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { saveTold } from "#app/db/tellings.ts";
import { loadWorkingShop, type WorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { ChoreOutcome, ChoreRun } from "./create-chores.ts";

export type PutBackPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  now: () => number;
  openWorkspace: (connection: Connection) => Workspace;
};

type Item = { row: ToUndo; undoing: Undoing; operation: IdentifyOperation };

const SLICE_MS = 4_000;
const LOCKED_MS = 500;
const LATER_MS = 5_000;
/** A connection that is wrong has to be mended by its owner. */
const MENDED_MS = 60_000;
const ENDED_MS = 365 * 86_400_000;

export function createPutBack(ports: PutBackPorts): ChoreRun {
  return async (shop, kept, isOver) => {
    const undo = kept as Undo | null;
    if (undo === null || undo.ended !== null) return ended(undo);
    const outcome = await withSessionLock(ports.pool, "deliver", shop.id, (lost) =>
      undoSlice(ports, shop, undo, () => isOver() || lost.aborted),
    );
    if (outcome.held) return outcome.result;
    return { cursor: undo, againInMs: LOCKED_MS, detail: sayProgress(undo), isDone: false };
  };
}

async function undoSlice(
  ports: PutBackPorts,
  { domain, credentials }: WorkingShop,
  undo: Undo,
  isOver: () => boolean,
): Promise<ChoreOutcome> {
  const { pool, now } = ports;
  const workspace = ports.openWorkspace(openConnection(ports.sealer, credentials ?? ""));
  const until = now() + SLICE_MS;
  while (!isOver() && now() < until) {
    const shop = await loadWorkingShop(pool, domain);
    if (shop?.mode !== "observe") return ended({ ...undo, ended: "mode_changed" });
    const page = await pageToUndo(pool, shop.id, undo.after);
    if (page.length === 0) return ended({ ...undo, ended: "done" });
    const wait = await undoPage(ports, workspace, shop, page, undo);
    if (wait !== null) {
      const { againInMs, reason } = wait;
      const detail = `${sayProgress(undo)}, waits: ${reason}`;
      return { cursor: undo, againInMs, detail, isDone: false };
    }
  }
  return { cursor: undo, againInMs: 0, detail: sayProgress(undo), isDone: false };
}

/** Null when the whole page is done; moves `undo` along. */
async function undoPage(
  { pool, now }: PutBackPorts,
  workspace: Workspace,
  shop: WorkingShop,
  page: readonly ToUndo[],
  undo: Undo,
): Promise<{ againInMs: number; reason: string } | null> {
  const seconds = Math.floor(now() / 1000);
  const permissions = permissionNames(shop.settings);
  const waiting = inBatches(page.map((row) => itemOf(row, undo, permissions, seconds)));
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    await saveTold(
      pool,
      shop.id,
      batch.map(({ row, operation }) => ({ ...row, stamp: operation.timestamp })),
    );
    // What stood in a profile may be more than one operation carries; that profile is refused.
    const fits = batch.every(({ operation }) => sizeOf(operation) <= LIMITS.operation);
    const answer = fits
      ? await workspace.send(batch.map(({ operation }) => operation))
      : ({ kind: "refused" } as const);
    if (answer.kind === "taken") {
      await settle(pool, shop.id, batch, new Set(answer.refused.map(({ index }) => index)), undo);
    } else if (answer.kind !== "refused") {
      const { kind } = answer;
      if (kind !== "later") return { againInMs: MENDED_MS, reason: kind };
      return { againInMs: Math.max(answer.retryAfterMs ?? 0, LATER_MS), reason: answer.reason };
    } else if (batch.length === 1) {
      await settle(pool, shop.id, batch, new Set([0]), undo);
    } else {
      const half = Math.ceil(batch.length / 2);
      waiting.unshift(batch.slice(0, half), batch.slice(half));
    }
  }
  return null;
}

const NOTHING: ReadonlySet<string> = new Set();

function itemOf(
  row: ToUndo,
  { kind }: Undo,
  permissions: ReadonlySet<string>,
  seconds: number,
): Item {
  const before = kind === "put_back" ? row.before : null;
  const undoing = undoingOf(row.names, before, row.stopped ? permissions : NOTHING);
  const operation: IdentifyOperation = {
    type: "person",
    action: "identify",
    identifiers: identifiersOf(row.address),
    timestamp: Math.max(seconds, row.stamp + 1),
    attributes: { ...undoing.attributes, _update: true },
  };
  return { row, undoing, operation };
}

function inBatches(items: readonly Item[]): Item[][] {
  const batches: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item.operation) + 1;
    const batch = batches.at(-1);
    if (!batch || bytes + size > BATCH_BYTES_MAX) {
      batches.push([item]);
      bytes = size;
    } else {
      batch.push(item);
      bytes += size;
    }
  }
  return batches;
}

async function settle(
  pool: pg.Pool,
  shopId: number,
  batch: readonly Item[],
  refused: ReadonlySet<number>,
  undo: Undo,
): Promise<void> {
  const taken = batch.filter((_, index) => !refused.has(index));
  await settleUndone(
    pool,
    shopId,
    taken.map(({ row: { address, personId }, operation: { timestamp } }) => ({
      address,
      personId,
      stamp: timestamp,
    })),
  );
  const { counts } = undo;
  counts.refused += refused.size;
  counts.profiles += taken.length;
  for (const { row, undoing } of taken) {
    counts.valuesPutBack += undoing.putBack;
    counts.attributesRemoved += undoing.removed;
    counts.permissionsWithheld += undoing.withheld;
    if (row.before === null) counts.neverLookedAt += 1;
  }
  undo.after = batch.at(-1)?.row.address ?? undo.after;
}

function ended(undo: Undo | null): ChoreOutcome {
  const detail = undo === null ? "" : sayProgress(undo);
  return { cursor: undo, againInMs: ENDED_MS, detail, isDone: true };
}

function sayProgress({ counts, total, ended: end }: Undo): string {
  const progress = `${counts.profiles + counts.refused} of ${total} profiles`;
  if (end === null) return progress;
  return end === "done" ? `done: ${progress}` : `stopped, the mode was changed: ${progress}`;
}
