// Webhooks of many shops, delivered as Shopify delivers (twice now and then, in no order, again when
// refused), into a site that meanwhile suffers what is planned. A run ends when the deliverer has
// nothing left and every shop is quiet; then every shop is judged.
import { createRandom } from "../../simulator/shopify/random.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { createDeliverer, type Deliverer } from "../../simulator/shopify/deliver.ts";
import type { LedgerEntry } from "../../simulator/shopify/ledger.ts";
import { SECRET } from "./connected-shop.ts";
import { AT_RANDOM, type Mishap } from "./crowd-mishaps.ts";
import type { Stage } from "./crowd-stage.ts";
import { judgeShop, type ShopEnd } from "./judge-shop.ts";
import { watchShops } from "./quiet.ts";
import { waitFor } from "./wait-for.ts";

export type CrowdRun = {
  stage: Stage;
  shops: readonly string[];
  /** In the order of telling. */
  webhooks: readonly Webhook[];
  seed: number;
  /** How many mishaps are struck, each at a moment drawn from the seed; 0: nothing goes wrong at all. */
  strikes: number;
  withinMs: number;
};

const CONCURRENCY = 12;
const DUPLICATES = 0.05;

/** By shop. Throws when something is still under way after `withinMs`. */
export async function runCrowd(run: CrowdRun): Promise<Map<string, ShopEnd>> {
  const { stage, shops, seed, withinMs } = run;
  const { customerio, pool, site } = stage;
  const deadline = performance.now() + withinMs;
  const left = (): number => Math.max(1_000, deadline - performance.now());
  const suffers = run.strikes > 0;
  if (suffers) for (const plan of AT_RANDOM) customerio.control.plan(plan);
  const deliverer = createDeliverer({
    ...{ appUrl: site.url, secret: SECRET, seed, concurrency: CONCURRENCY },
    ...(suffers ? { duplicates: DUPLICATES, shuffleWindow: run.webhooks.length } : {}),
    // Shopify's four hours of retries in 43 seconds.
    msPerRetrySecond: 3,
  });
  const watch = watchShops(pool);
  try {
    for (const webhook of run.webhooks) deliverer.send(webhook);
    deliverer.flush();
    await strike(run, deliverer, left);
    await waitFor("every webhook is delivered", () => isDelivered(deliverer), left());
    const undone = await Promise.all(
      shops.map(async (shop) => ({ shop, undone: await watch.quiet(shop, left()) })),
    );
    const busy = undone.filter((one) => one.undone !== null);
    if (busy.length > 0) throw new Error(`still at work: ${JSON.stringify(busy)}`);
    return await judge(run, deliverer);
  } finally {
    deliverer.close();
    await watch.close();
  }
}

function isDelivered({ ledger }: Deliverer): boolean {
  return ledger.summary().queued === 0;
}

async function judge(
  { stage: { pool, customerio, site }, shops }: CrowdRun,
  deliverer: Deliverer,
): Promise<Map<string, ShopEnd>> {
  const sent = Map.groupBy<string, LedgerEntry>(deliverer.ledger.entries(), ({ shop }) => shop);
  const fallen = [site.web, site.worker].flatMap(({ fell, lastWords }) =>
    fell() === 0 ? [] : [`a process ended by itself: ${lastWords()}`],
  );
  const ends = new Map<string, ShopEnd>();
  for (const shop of shops) {
    const judged = await judgeShop({
      ...{ pool, customerio, shop, siteId: shop, sent: sent.get(shop) ?? [] },
    });
    ends.set(shop, { ...judged, problems: [...fallen, ...judged.problems] });
  }
  return ends;
}

/**
 * Moments are counts of acknowledged webhooks, so that a seed strikes at the same work on any machine.
 * Every mishap is struck before any is struck again.
 */
async function strike(
  { stage: { mishaps }, webhooks, seed, strikes }: CrowdRun,
  { ledger }: Deliverer,
  left: () => number,
): Promise<void> {
  const random = createRandom(seed);
  const deck: Mishap[] = [];
  while (deck.length < strikes) deck.push(...random.shuffle(mishaps));
  const moments = Array.from({ length: strikes }, () => random.below(webhooks.length * 0.95));
  for (const [index, moment] of moments.toSorted((a, b) => a - b).entries()) {
    const mishap = deck[index];
    if (mishap === undefined) return;
    await waitFor(
      `${moment} webhooks are acknowledged, for ${mishap.name}`,
      () => ledger.summary().acknowledged >= moment,
      left(),
    );
    await mishap.strike();
  }
}

/** The seed of a run: printed, and set by RINGTRUE_FAULT_SEED to play a run again. */
export function chooseSeed(): number {
  const given = Number(process.env["RINGTRUE_FAULT_SEED"]);
  return Number.isInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 1_000_000);
}
