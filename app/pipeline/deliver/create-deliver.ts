/**
 * Deliver: tells Customer.io what it does not know, one request on its way per shop. Attributes go by
 * level: what is sent is the state of now, and the version that was sent is what gets settled. Any
 * transient answer pauses the whole shop, so nothing overtakes. Who holds the shop's lock sends.
 */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Workspace } from "#app/customerio/workspace.ts";
import { askForChore } from "#app/db/chore.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import { READ_STOPS } from "../chores/read-stops.ts";
import { deliverShop, type Writable } from "./deliver-shop.ts";
import { mayWrite } from "./may-write.ts";

export type DeliverPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  wakeups: Wakeups;
  log: Log;
  now: () => number;
  /** How long each change of a person was known before it was accepted, in milliseconds. */
  onAccepted?: (waitsMs: readonly number[]) => void;
  /** Speaks to the shop's workspace; the settings page has checked the connection's shape. */
  openWorkspace: (connection: Connection) => Workspace;
};

export type Deliver = {
  (shop: string): Promise<void>;
  /** Takes nothing new; what is in flight is finished and settled. */
  stop(): void;
};

/** How long one shop is worked on before others get their turn. */
const SLICE_MS = 1_000;

export function createDeliver(ports: DeliverPorts): Deliver {
  const { pool, now, wakeups, log, onAccepted = () => {} } = ports;
  let stopped = false;
  const deliver = async (domain: string): Promise<void> => {
    const shop = await loadWorkingShop(pool, domain);
    if (!shop || stopped) return;
    await withSessionLock(pool, "deliver", shop.id, async (lost) => {
      const turn = {
        ...{ pool, log, now, onAccepted },
        open: () => openWritable(ports, domain),
        isOver: () => stopped || lost.aborted,
      };
      const left = await deliverShop(turn, now() + SLICE_MS);
      if (left === "more") wakeups.wake("deliver", domain, "continue");
    });
  };
  return Object.assign(deliver, {
    stop() {
      stopped = true;
    },
  });
}

/** Null while the shop may not be written to; what keeps it from that is set going. */
async function openWritable(
  { pool, sealer, wakeups, openWorkspace }: DeliverPorts,
  domain: string,
): Promise<Writable | null> {
  const shop = await loadWorkingShop(pool, domain);
  if (!shop) return null;
  const gate = await mayWrite(pool, sealer, shop);
  switch (gate.kind) {
    case "yes":
      return { shop, workspace: openWorkspace(gate.connection) };
    case "stops_unread":
      await askForChore(pool, shop.id, READ_STOPS);
      wakeups.wake("chores", shop.domain, "new");
      return null;
    case "no":
    case "stops_waiting":
      return null;
  }
}
