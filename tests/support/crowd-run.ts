// A crowd's webhooks, delivered as Shopify delivers (twice now and then, in no order, again when
// refused), into a site that meanwhile suffers what a test has planned. A run ends when the deliverer
// has nothing left and the shop is quiet; its ledger must balance, or the run is void.
import { expect } from "vitest";
import type pg from "pg";
import { createRandom } from "../../simulator/control/seeded-random.ts";
import type { RunningCustomerio } from "../../simulator/customerio/start-customerio.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { createDeliverer, type Deliverer } from "../../simulator/shopify/deliver.ts";
import { contradictions, comparable, type Comparable } from "./compare-workspaces.ts";
import { SECRET } from "./connected-shop.ts";
import { readLedger } from "./ledger.ts";
import { countUndone, isQuiet } from "./quiet.ts";
import { waitFor } from "./wait-for.ts";

export type Mishap = { name: string; strike(): Promise<void> | void };

export type CrowdRun = {
  appUrl: string;
  shop: string;
  webhooks: readonly Webhook[];
  pool: pg.Pool;
  customerio: RunningCustomerio;
  seed: number;
  /** Struck one after the other, each at a moment drawn from the seed. */
  mishaps: readonly Mishap[];
  withinMs: number;
};

const CONCURRENCY = 12;

export async function runCrowd(run: CrowdRun): Promise<Comparable> {
  const { webhooks, pool, shop, customerio, withinMs } = run;
  const deliverer = createDeliverer({
    appUrl: run.appUrl,
    secret: SECRET,
    duplicates: 0.05,
    shuffleWindow: 64,
    seed: run.seed,
    concurrency: CONCURRENCY,
    // Shopify's four hours of retries in 43 seconds.
    msPerRetrySecond: 3,
  });
  try {
    for (const webhook of webhooks) deliverer.send(webhook);
    const delivered = deliverer.idle();
    await strike(run, deliverer, withinMs);
    await delivered;
    const undone = async (): Promise<string> => JSON.stringify(await countUndone(pool, shop));
    await waitFor("the shop is quiet", () => isQuiet(pool, shop), withinMs).catch(async (error) => {
      throw new Error(`${String(error)}: ${await undone()}`);
    });
    await expectBalance(run, deliverer);
  } finally {
    deliverer.close();
  }
  expect(contradictions(customerio.control.workspace())).toEqual([]);
  return comparable(customerio.control.snapshot());
}

/** Moments are counts of acknowledged webhooks, so that a seed strikes at the same work on any machine. */
async function strike(
  { mishaps, webhooks, seed }: CrowdRun,
  deliverer: Deliverer,
  withinMs: number,
): Promise<void> {
  const random = createRandom(seed);
  const moments = mishaps
    .map(() => Math.floor(random() * webhooks.length * 0.95))
    .toSorted((a, b) => a - b);
  for (const [index, mishap] of mishaps.entries()) {
    const moment = moments[index] ?? 0;
    const { ledger } = deliverer;
    await waitFor(
      `${moment} webhooks are acknowledged, for ${mishap.name}`,
      () => ledger.summary().acknowledged >= moment,
      withinMs,
    );
    await mishap.strike();
  }
}

/** received = applied + repeated + dead + pending, and nothing that was acknowledged is missing. */
async function expectBalance(
  { pool, shop, webhooks }: CrowdRun,
  deliverer: Deliverer,
): Promise<void> {
  const sent = deliverer.ledger.summary();
  expect(sent).toMatchObject({ webhooks: webhooks.length, acknowledged: webhooks.length });
  const ledger = await readLedger(pool, shop);
  expect(ledger.lost).toEqual([]);
  expect(ledger.webhookIds).toEqual(new Set(webhooks.map(({ webhookId }) => webhookId)));
  const repeated = sent.acknowledgements - sent.acknowledged;
  expect(ledger.applied + repeated + ledger.dead + ledger.pending).toBe(sent.acknowledgements);
  expect(ledger).toMatchObject({ received: webhooks.length, dead: 0, pending: 0 });
}

/** The seed of a run: printed, and set by RINGTRUE_FAULT_SEED to play a run again. */
export function chooseSeed(): number {
  const given = Number(process.env["RINGTRUE_FAULT_SEED"]);
  return Number.isInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 1_000_000);
}
