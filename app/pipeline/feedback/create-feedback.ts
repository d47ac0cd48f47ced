/**
 * Feedback: what a stop calls for elsewhere. Two lanes that never wait for each other, each alone
 * with its shop under a lock of its own: the senders' lists in Customer.io, and Shopify's records.
 * What was said last goes first, so that a stop of now waits for no backlog of old ones. Everything
 * is decided by how the person stands at the moment of writing, so nothing depends on the order.
 */
import { isOnTestList } from "#app/core/tell/address.ts";
import type { FeedbackDue, FeedbackKind } from "#app/db/feedback.ts";
import { takeFeedback } from "#app/db/feedback.ts";
import { withSessionLock, type LockKind } from "#app/db/shop-lock.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { loadWorkingShop } from "#app/db/working-shop.ts";
import { openOptOuts, openShopify, type Opened } from "./open-lane.ts";
import type { Outcome } from "./outcome.ts";
import type { FeedbackPorts } from "./ports.ts";
import { settle } from "./settle.ts";

export type Feedback = { (shop: string): Promise<void>; stop(): void };

type Lane = {
  kind: FeedbackKind;
  lock: LockKind;
  open: (ports: FeedbackPorts, shop: WorkingShop) => Promise<Opened>;
};

const LANES: readonly Lane[] = [
  { kind: "customerio", lock: "feedback", open: openOptOuts },
  { kind: "shopify", lock: "feedback to Shopify", open: openShopify },
];

/** Few, so that what comes meanwhile is soon before them. */
const AT_ONCE = 5;
const SLICE_MS = 1_000;
/** Sooner when the shop's policy changes. */
const NOT_ON_TEST_LIST_MS = 60 * 60_000;

export function createFeedback(ports: FeedbackPorts): Feedback {
  let stopped = false;
  const feedback = async (domain: string): Promise<void> => {
    const shop = await loadWorkingShop(ports.pool, domain);
    if (!shop || stopped || !mayTell(shop)) return;
    const runs = LANES.map((lane) =>
      withSessionLock(ports.pool, lane.lock, shop.id, (lost) =>
        drain(ports, lane, domain, () => stopped || lost.aborted),
      ),
    );
    // A lane that fails takes no other with it.
    await Promise.allSettled(runs);
    await Promise.all(runs);
  };
  return Object.assign(feedback, {
    stop() {
      stopped = true;
    },
  });
}

/** While a shop only observes, what is to be told waits: a stop still in force is told when it goes live. */
function mayTell({ mode, uninstalledAt }: WorkingShop): boolean {
  return mode !== "observe" && uninstalledAt === null;
}

async function drain(
  ports: FeedbackPorts,
  lane: Lane,
  domain: string,
  isOver: () => boolean,
): Promise<void> {
  const { pool, now, wakeups } = ports;
  const startedAt = now();
  while (!isOver()) {
    const shop = await loadWorkingShop(pool, domain);
    if (!shop || !mayTell(shop)) return;
    const all = await takeFeedback(pool, shop.id, lane.kind, new Date(now()), AT_ONCE);
    if (all.length === 0) return;
    const opened = await lane.open(ports, shop);
    for (const due of all) {
      if (isOver()) return;
      const outcome = await tell(ports, shop, opened, due);
      await settle(ports, shop, lane.kind, due, outcome);
      if (outcome.kind === "away") return;
    }
    if (now() - startedAt < SLICE_MS) continue;
    wakeups.wake("feedback", domain, "continue");
    return;
  }
}

async function tell(
  { log }: FeedbackPorts,
  shop: WorkingShop,
  opened: Opened,
  due: FeedbackDue,
): Promise<Outcome> {
  if (opened.kind === "closed") return opened.outcome;
  if (shop.mode === "test" && !due.isGone && !isOnTestList(due.profile, shop.settings)) {
    return { kind: "waits", detail: "not_on_test_list", waitMs: NOT_ON_TEST_LIST_MS };
  }
  try {
    return await opened.tell(due);
  } catch (fault) {
    // It goes to the end of the line, or nobody behind it would ever be told.
    log.error({ shop: shop.domain, feedback: due.id, err: fault }, "feedback could not be told");
    return { kind: "waits", detail: "fault", waitMs: null };
  }
}
