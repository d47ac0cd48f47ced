// Wakes workers up, cheaply. A wake-up costs the database about as much as forty rows of inbox, so
// for each shop there is one on its way at a time and at most one in 100 ms; whatever is asked for
// meanwhile is one more wake-up afterwards, so that none is missed. A wake-up that fails is counted
// and forgotten: the sweeper wakes every shop that has waited for a second.

import type { QueueBackend } from "./backend.ts";
import type { JobKind } from "./catalogue.ts";

/**
 * `new` something arrived; `urgent` it must overtake; `sweep` the sweeper found it lying; `continue`
 * a full batch was done and there is more, which may wait behind other shops.
 */
export type WakeReason = "new" | "urgent" | "sweep" | "continue";

export type WakeupCounts = { asked: number; sent: number; failed: number };

export type Wakeups = {
  /** Never throws and is not awaited. `shop` is the shop's domain. */
  /** A `turn` gives the wake-up an id of its own, beside those of other turns. */
  wake(kind: JobKind, shop: string, why: WakeReason, turn?: number): void;
  counts(): WakeupCounts;
  /** Sends what is still owed, and waits until nothing is on its way. */
  close(): Promise<void>;
};

/** The part of a queue backend that wake-ups need. */
export type WakeupSink = Pick<QueueBackend, "add">;

type Slot = {
  readonly kind: JobKind;
  readonly shop: string;
  readonly id: string;
  /** Asked for again since the last one was sent, and how urgently. */
  owed: "nothing" | "continuation" | "wake-up";
};

const GAP_MS = 100;
const SEND_TIMEOUT_MS = 5_000;

export function createWakeups(backend: WakeupSink): Wakeups {
  const slots = new Map<string, Slot>();
  const sending = new Set<Promise<void>>();
  const gaps = new Map<Slot, NodeJS.Timeout>();
  const counts: WakeupCounts = { asked: 0, sent: 0, failed: 0 };
  let closed = false;

  function wake(kind: JobKind, shop: string, why: WakeReason, turn = 0): void {
    if (closed) return;
    counts.asked += 1;
    const id = `${deduplicationId(shop, why)}${turn === 0 ? "" : `-${turn}`}`;
    const key = `${kind} ${id}`;
    const open = slots.get(key);
    if (open !== undefined) {
      if (why !== "continue") open.owed = "wake-up";
      else if (open.owed === "nothing") open.owed = "continuation";
      return;
    }
    const slot: Slot = { kind, shop, id, owed: "nothing" };
    slots.set(key, slot);
    send(key, slot, why === "continue");
  }

  function send(key: string, slot: Slot, isContinuation: boolean): void {
    slot.owed = "nothing";
    const sent = add(backend, slot, isContinuation).then((ok) => {
      counts[ok ? "sent" : "failed"] += 1;
      sending.delete(sent);
      afterwards(key, slot);
    });
    sending.add(sent);
  }

  function afterwards(key: string, slot: Slot): void {
    if (closed) {
      settle(key, slot);
      return;
    }
    const gap = setTimeout(() => {
      gaps.delete(slot);
      settle(key, slot);
    }, GAP_MS);
    gap.unref();
    gaps.set(slot, gap);
  }

  function settle(key: string, slot: Slot): void {
    if (slot.owed === "nothing") slots.delete(key);
    else send(key, slot, slot.owed === "continuation");
  }

  async function close(): Promise<void> {
    closed = true;
    for (const [slot, gap] of gaps) {
      clearTimeout(gap);
      settle(`${slot.kind} ${slot.id}`, slot);
    }
    gaps.clear();
    while (sending.size > 0) await Promise.all(sending);
  }

  return { wake, counts: () => ({ ...counts }), close };
}

/** The id under which BullMQ keeps one wake-up waiting; a stuck one must not deafen the others. */
export function deduplicationId(shop: string, why: WakeReason): string {
  switch (why) {
    case "urgent":
      return `${shop}#urgent`;
    case "sweep":
      return `${shop}#sweep`;
    case "new":
    case "continue":
      return shop;
  }
}

/** True when the wake-up was accepted; false when it failed or nobody knows in five seconds. */
async function add(backend: WakeupSink, slot: Slot, isContinuation: boolean): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), SEND_TIMEOUT_MS);
    timer.unref();
  });
  const accepted = backend
    .add(slot.kind, { shop: slot.shop }, { deduplicationId: slot.id, isContinuation })
    .then(
      () => true,
      () => false,
    );
  const ok = await Promise.race([accepted, late]);
  clearTimeout(timer);
  return ok;
}
