/**
 * Deliver: tells Customer.io what it does not know, one request on its way per shop. Attributes go by
 * level: what is sent is the state of now, and the version that was sent is what gets settled. Any
 * transient answer pauses the whole shop, so nothing overtakes. Who holds the shop's lock sends.
 */
import type pg from "pg";
import { readConnection } from "#app/core/settings/connection.ts";
import type { Workspace } from "#app/customerio/workspace.ts";
import { askForChore } from "#app/db/chore.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import { READ_STOPS } from "../chores/read-stops.ts";
import { deliverShop } from "./deliver-shop.ts";
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
  openWorkspace: (
    connection: Extract<ReturnType<typeof readConnection>, { ok: true }>["connection"],
  ) => Workspace;
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
        loadShop: () => loadWritable(ports, domain),
        openWorkspace: (one: WorkingShop) => workspaceOf(ports, one),
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

async function loadWritable(ports: DeliverPorts, domain: string): Promise<WorkingShop | null> {
  const shop = await loadWorkingShop(ports.pool, domain);
  return shop && (await isOpen(ports, shop)) ? shop : null;
}

/** Whether the shop may be written to; what keeps it from that is set going. */
async function isOpen(
  { pool, sealer, wakeups }: DeliverPorts,
  shop: WorkingShop,
): Promise<boolean> {
  const gate = await mayWrite(pool, sealer, shop);
  if (gate.kind === "stops_unread") {
    await askForChore(pool, shop.id, READ_STOPS);
    wakeups.wake("chores", shop.domain, "new");
  }
  return gate.kind === "yes";
}

function workspaceOf({ sealer, openWorkspace }: DeliverPorts, shop: WorkingShop): Workspace {
  const reading = readConnection(JSON.parse(sealer.open(shop.credentials ?? "")));
  if (!reading.ok)
    throw new Error(`the stored Customer.io connection of shop ${shop.id} is not valid`);
  return openWorkspace(reading.connection);
}
