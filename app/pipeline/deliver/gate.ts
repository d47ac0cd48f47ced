/**
 * Whether a shop may send now. It waits while its own last answer asks for it, and while the circuit
 * of its workspace is open: several shops may share one, and what one of them has learnt spares the
 * others. When the circuit's time is over one shop sends a little, on trial; the others look again
 * within a second.
 */
import type pg from "pg";
import type { Workspace } from "#app/customerio/workspace.ts";
import {
  closeCircuit,
  countFailure,
  loadCircuit,
  openCircuit,
  returnProbe,
  takeProbe,
} from "#app/db/circuit.ts";
import { holdDelivery, loadDeliveryState, pauseDelivery } from "#app/db/delivery-state.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Log } from "#app/platform/log.ts";
import { waitsAfter } from "./pause.ts";
import type { NotNow } from "./send-batch.ts";

export type Pass = {
  /** What the shop tried in vain since it last succeeded. */
  attempts: number;
  /** What the workspace answered in a row, as far as this shop knows. */
  failures: number;
  /** Until when this shop is the one that probes; null in peace. */
  probeUntil: Date | null;
};

export type GatePorts = { pool: pg.Pool; log: Log; now: () => number };

/** Longer than two requests that are never answered. A prober that dies blocks the others so long. */
const PROBE_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;

/** Null when the shop has to wait; how long stands in its delivery state then. */
export async function askToSend(
  { pool, now }: GatePorts,
  shop: WorkingShop,
  workspace: Workspace,
): Promise<Pass | null> {
  const [state, circuit] = await Promise.all([
    loadDeliveryState(pool, shop.id),
    loadCircuit(pool, workspace.key),
  ]);
  const at = now();
  if (state.pausedUntil !== null && state.pausedUntil.getTime() > at) return null;
  const { attempts } = state;
  const { failures, openUntil, probingUntil, reason } = circuit;
  if (openUntil === null) return { attempts, failures, probeUntil: null };
  if (openUntil.getTime() > at) {
    await holdDelivery(pool, shop.id, openUntil, reason);
    return null;
  }
  const probeUntil = new Date(at + PROBE_MS);
  if (await takeProbe(pool, workspace.key, new Date(at), probeUntil)) {
    return { attempts, failures, probeUntil };
  }
  const lookAgainAt = Math.min(probingUntil?.getTime() ?? Infinity, at + LOOK_AGAIN_MS);
  await holdDelivery(pool, shop.id, new Date(Math.max(at, lookAgainAt)), reason);
  return null;
}

/** The workspace has answered for something. */
export async function noteSuccess(
  { pool, now }: GatePorts,
  workspace: Workspace,
  { failures, probeUntil }: Pass,
): Promise<void> {
  if (failures > 0 || probeUntil) await closeCircuit(pool, workspace.key, new Date(now()));
}

/** Nothing was sent after all. */
export async function giveUpProbe(
  { pool }: GatePorts,
  workspace: Workspace,
  { probeUntil }: Pass,
): Promise<void> {
  if (probeUntil) await returnProbe(pool, workspace.key, probeUntil);
}

/** The shop waits; its workspace, too, where the answer speaks for all of it. */
export async function noteNotNow(
  ports: GatePorts,
  shop: WorkingShop,
  workspace: Workspace,
  pass: Pass,
  answer: NotNow,
): Promise<void> {
  const { pool, log, now } = ports;
  const at = now();
  const { reason } = answer;
  const failures =
    answer.kind === "later" ? await countFailure(pool, workspace.key, new Date(at), reason) : 0;
  const { shopMs, workspaceMs } = waitsAfter(answer, pass.attempts, failures, Math.random());
  let until = new Date(at + shopMs);
  if (workspaceMs !== null) {
    const openUntil = await openCircuit(pool, workspace.key, new Date(at + workspaceMs));
    if (openUntil > until) until = openUntil;
  } else {
    // Wrong keys say nothing of the workspace: another shop of it may try.
    await giveUpProbe(ports, workspace, pass);
  }
  await pauseDelivery(pool, shop.id, until, reason);
  const waitMs = until.getTime() - at;
  const said = { shop: shop.domain, reason, status: answer.status, waitMs, failures };
  if (answer.kind === "stopped") log.error(said, "delivery stops until the connection is mended");
  else log.warn(said, "delivery waits");
}
