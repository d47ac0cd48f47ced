/**
 * Deliver: tells Customer.io what it does not know, one request in flight per shop. Attributes go by
 * level: what is sent is the state of now, and the version that was sent is what gets settled. Any
 * transient answer pauses the whole shop, so nothing overtakes.
 */
import type pg from "pg";
import { readConnection } from "#app/core/settings/connection.ts";
import type { Answer } from "#app/customerio/answer.ts";
import type { Workspace } from "#app/customerio/workspace.ts";
import { loadDeliveryState, pauseDelivery } from "#app/db/delivery-state.ts";
import { takeDue } from "#app/db/outbox.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { addressesInUse, loadTold, markTold, takePeopleToTell } from "#app/db/tellings.ts";
import type { PersonTold, ToldRow } from "#app/db/tellings.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import { inBatches } from "./batches.ts";
import type { Item } from "./compose.ts";
import { foretell, takeBack } from "./foretell.ts";
import { itemForEntry, itemsForPerson } from "./compose.ts";
import { pauseFor } from "./pause.ts";
import { settle } from "./settle.ts";
import { waitsOf } from "./waits-of.ts";

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

const PEOPLE_AT_ONCE = 1_000;
const EVENTS_AT_ONCE = 500;
const SLICE_MS = 1_000;
/** Customer.io's fair use is 100 requests a second for a workspace. */
const GAP_MS = 11;

export function createDeliver(ports: DeliverPorts): Deliver {
  let stopped = false;
  const deliver = async (domain: string): Promise<void> => {
    const shop = await loadWorkingShop(ports.pool, domain);
    if (!shop || stopped) return;
    await withSessionLock(ports.pool, "deliver", shop.id, (lost) =>
      deliverShop(ports, domain, () => stopped || lost.aborted),
    );
  };
  return Object.assign(deliver, {
    stop() {
      stopped = true;
    },
  });
}

async function deliverShop(
  ports: DeliverPorts,
  domain: string,
  isOver: () => boolean,
): Promise<void> {
  const { pool, now, wakeups } = ports;
  const startedAt = now();
  while (!isOver()) {
    const shop = await loadWorkingShop(pool, domain);
    if (!shop || !mayWrite(shop)) return;
    const state = await loadDeliveryState(pool, shop.id);
    if (state.pausedUntil !== null && state.pausedUntil.getTime() > now()) return;
    const items = await compose(pool, shop, now());
    if (items.length === 0) return;
    const goesOn = await tell(ports, shop, items, state.attempts, isOver);
    if (!goesOn) return;
    if (now() - startedAt < SLICE_MS) continue;
    wakeups.wake("deliver", domain, "continue");
    return;
  }
}

function mayWrite(shop: WorkingShop): boolean {
  return shop.mode !== "observe" && shop.credentials !== null && shop.uninstalledAt === null;
}

/** People first; events only once nobody is left to tell, so that each comes after its person. */
async function compose(pool: pg.Pool, shop: WorkingShop, now: number): Promise<Item[]> {
  const testList =
    shop.mode === "test" ? shop.settings.test_list.map((entry) => entry.toLowerCase()) : null;
  const people = await takePeopleToTell(pool, shop.id, PEOPLE_AT_ONCE, testList);
  if (people.length === 0) {
    const due = await takeDue(pool, shop.id, new Date(now), EVENTS_AT_ONCE, testList);
    return due.map((entry) => itemForEntry(entry, shop));
  }
  const ids = people.map((person) => person.id);
  const addresses = people.flatMap(({ address }) => (address === null ? [] : [address]));
  const told = await loadTold(pool, shop.id, ids, addresses);
  const elsewhere = told
    .filter((row) => !addresses.includes(row.address))
    .map((row) => row.address);
  const inUse = await addressesInUse(pool, shop.id, elsewhere);
  for (const address of addresses) inUse.add(address);
  const seconds = Math.floor(now / 1000);
  const byPerson = Map.groupBy(told, (row) => row.personId);
  const byAddress = new Map(told.map((row) => [row.address, row]));
  const items: Item[] = [];
  const silent: PersonTold[] = [];
  for (const person of people) {
    const own = byPerson.get(person.id) ?? [];
    const there = person.address === null ? undefined : byAddress.get(person.address);
    const rows: ToldRow[] = there && !own.includes(there) ? [...own, there] : own;
    const those = itemsForPerson(person, rows, inUse, shop, seconds);
    items.push(...those);
    const { id, version, stamp } = person;
    if (those.length === 0) silent.push({ id, version, told: null, stamp });
  }
  // Whose addresses all belong to somebody else by now has nothing to take back.
  await markTold(pool, shop.id, silent);
  return items.length > 0 || silent.length === 0 ? items : compose(pool, shop, now);
}

/** Sends the items batch by batch; false when the shop has to wait. */
async function tell(
  ports: DeliverPorts,
  shop: WorkingShop,
  items: readonly Item[],
  attempts: number,
  isOver: () => boolean,
): Promise<boolean> {
  const { pool, now } = ports;
  const workspace = workspaceOf(ports, shop);
  const { batches, tooLarge } = inBatches(items);
  if (tooLarge.length > 0) {
    const refused = tooLarge.map((_, index) => ({ index, reason: "too_large", field: "" }));
    await settle(pool, shop, tooLarge, refused, 413, now());
  }
  const waiting = [...batches];
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    if (isOver()) return false;
    await foretell(pool, shop, batch);
    const sentAt = now();
    const answer = await workspace.send(batch.map((item) => item.operation));
    switch (answer.kind) {
      case "taken": {
        const again = answer.refused.length > 0 ? await tryAgain(workspace, batch, answer) : answer;
        if (again.kind !== "taken") return pause(ports, shop, again, attempts);
        await settle(pool, shop, batch, again.refused, again.status, now());
        ports.onAccepted?.(waitsOf(batch, again.refused, now()));
        break;
      }
      case "refused": {
        const [only] = batch;
        if (only && batch.length === 1) {
          await settle(
            pool,
            shop,
            batch,
            [{ index: 0, reason: "refused", field: answer.detail }],
            answer.status,
            now(),
          );
        } else {
          const half = Math.ceil(batch.length / 2);
          waiting.unshift(batch.slice(0, half), batch.slice(half));
        }
        break;
      }
      case "later":
      case "unauthorized":
        if (!wasPerhapsWorkedIn(answer)) await takeBack(pool, shop, batch);
        return pause(ports, shop, answer, attempts);
    }
    await breathe(GAP_MS - (now() - sentAt));
  }
  return true;
}

/** Who is turned away at the door was not heard; of everything else nobody can know. */
function wasPerhapsWorkedIn({
  status,
}: Extract<Answer, { kind: "later" | "unauthorized" }>): boolean {
  return status !== 401 && status !== 403 && status !== 429;
}

/** What a workspace refuses once it may have refused in error: those items are sent once more. */
async function tryAgain(
  workspace: Workspace,
  batch: readonly Item[],
  first: Extract<Answer, { kind: "taken" }>,
): Promise<Exclude<Answer, { kind: "refused" }>> {
  const indexes = [...new Set(first.refused.map(({ index }) => index))].filter(
    (index) => index < batch.length,
  );
  const operations = indexes.flatMap((index) => batch[index]?.operation ?? []);
  if (operations.length === 0) return { ...first, refused: [] };
  const second = await workspace.send(operations);
  if (second.kind === "refused") return first;
  if (second.kind !== "taken") return second;
  const refused = second.refused.flatMap((one) => {
    const index = indexes[one.index];
    return index === undefined ? [] : [{ ...one, index }];
  });
  return { ...first, refused };
}

async function pause(
  { pool, log, now }: DeliverPorts,
  shop: WorkingShop,
  answer: Extract<Answer, { kind: "later" | "unauthorized" }>,
  attempts: number,
): Promise<false> {
  const { waitMs, reason } = pauseFor(answer, attempts, Math.random());
  await pauseDelivery(pool, shop.id, new Date(now() + waitMs), reason);
  log.warn({ shop: shop.domain, reason, waitMs, attempts }, "delivery waits");
  return false;
}

function workspaceOf({ sealer, openWorkspace }: DeliverPorts, shop: WorkingShop): Workspace {
  const reading = readConnection(JSON.parse(sealer.open(shop.credentials ?? "")));
  if (!reading.ok)
    throw new Error(`the stored Customer.io connection of shop ${shop.id} is not valid`);
  return openWorkspace(reading.connection);
}

async function breathe(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
