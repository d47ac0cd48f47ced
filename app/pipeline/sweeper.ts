/**
 * The sweeper owns all time. Twice a second, in one process of all, it finds what lies: shops whose
 * messages wait, moments that have come, deliveries whose pause is over; and wakes them under its own
 * id, so that a wake-up stuck behind a killed worker cannot deafen a shop. It does no work itself.
 */
import type pg from "pg";
import {
  expireContents,
  expireDeliveries,
  expireHeld,
  expireMessages,
  shopsToTell,
  shopsWithMoments,
  shopsWithPending,
} from "#app/db/chores.ts";
import { ensureChores, shopsWithChores } from "#app/db/chore.ts";
import { expireDrift } from "#app/db/drift.ts";
import { shopsWithFeedback } from "#app/db/feedback.ts";
import { expireSeen } from "#app/db/profile-seen.ts";
import { expireDays } from "#app/db/shop-days.ts";
import { withSessionLock } from "#app/db/shop-lock.ts";
import { expireTextsSent } from "#app/db/text-sent.ts";
import type { Log } from "#app/platform/log.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import { createWhomToWake, type WhomToWake } from "./whom-to-wake.ts";

export type Sweeper = { close(): Promise<void> };

const EVERY_MS = 500;
const STUCK_MS = 1_000;
/** A killed worker's job may itself have been woken by a sweep: longer than the queue waits for it. */
const TURNS = 40;
/** Once a minute. */
const KEEP_EVERY_SWEEPS = 120;
/** Before Shopify asks for a shopper's erasure, so that it finds nothing here to erase. */
const MESSAGES_DAYS = 25;
const DELIVERIES_DAYS = 90;
/** A year and a month, so that a day can be seen beside the same one a year ago. */
const SHOP_DAYS = 400;
/** Longer than any report of a text takes. */
const TEXTS_DAYS = 30;

export type SweeperPorts = {
  pool: pg.Pool;
  wakeups: Wakeups;
  log: Log;
  /** What is done from time to time for every connected shop. */
  chores: readonly string[];
  /** `elsewhere`: another process sweeps. */
  onSweep?: (outcome: "swept" | "elsewhere" | "failed") => void;
};

export function startSweeper(ports: SweeperPorts): Sweeper {
  const { pool, log } = ports;
  const whom = createWhomToWake();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let sweeps = 0;
  let running: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      const { held } = await withSessionLock(pool, "sweep", 0, () =>
        sweepOnce(ports, whom, sweeps % TURNS, sweeps % KEEP_EVERY_SWEEPS === 0),
      );
      ports.onSweep?.(held ? "swept" : "elsewhere");
    } catch (fault) {
      ports.onSweep?.("failed");
      // The next sweep is half a second away; a database that is down says so in every log already.
      log.warn({ err: fault }, "a sweep failed");
    }
    sweeps += 1;
    if (!closed) timer = setTimeout(next, EVERY_MS);
  }
  function next(): void {
    running = sweep();
  }

  next();
  return {
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

async function sweepOnce(
  { pool, wakeups, log, chores }: SweeperPorts,
  whom: WhomToWake,
  turn: number,
  keeps: boolean,
): Promise<void> {
  // Each finding is acted on at once: one question that has to wait must not hold up the others.
  for (const shop of whom("pending", await shopsWithPending(pool, STUCK_MS))) {
    wakeups.wake("merge", shop, "sweep", turn);
  }
  for (const shop of whom("moments", await shopsWithMoments(pool))) {
    wakeups.wake("merge", shop, "sweep", turn);
  }
  for (const shop of whom("to tell", await shopsToTell(pool))) {
    wakeups.wake("deliver", shop, "sweep", turn);
  }
  for (const shop of whom("feedback", await shopsWithFeedback(pool))) {
    wakeups.wake("feedback", shop, "sweep", turn);
  }
  for (const shop of whom("chores", await shopsWithChores(pool))) {
    wakeups.wake("chores", shop, "sweep", turn);
  }
  if (!keeps) return;
  if (chores.length > 0) await ensureChores(pool, chores);
  const expired = await expireHeld(pool);
  const messages = await expireMessages(pool, MESSAGES_DAYS);
  const deliveries = await expireDeliveries(pool, DELIVERIES_DAYS);
  const texts = await expireTextsSent(pool, TEXTS_DAYS);
  const profiles = await expireSeen(pool);
  const drift = await expireDrift(pool);
  const contents = await expireContents(pool, MESSAGES_DAYS);
  const days = await expireDays(pool, SHOP_DAYS);
  const gone = { expired, messages, deliveries, texts, profiles, drift, contents, days };
  if (Object.values(gone).some((count) => count > 0)) log.info(gone, "retention");
}
