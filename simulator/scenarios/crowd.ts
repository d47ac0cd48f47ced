// A crowd of shoppers and as many webhooks as a fault test or a benchmark wants: the same for the
// same options, byte by byte. Everybody shops, some tick, some say STOP, some move to another number.
import { createSettableClock } from "../shopify/clock.ts";
import type { Webhook } from "../shopify/model.ts";
import { createRandom, type Random } from "../shopify/random.ts";
import { createShop } from "../shopify/shop.ts";
import { perform } from "../shopify/verbs.ts";
import { nextAct, recruit } from "./crowd-acts.ts";
import { fitBody } from "./fit-body.ts";

export type CrowdOptions = {
  webhooks: number;
  people: number;
  shop: string;
  seed: number;
  /** Bodies are trimmed, then padded, to about this size. */
  bodyBytes?: number;
  /** The time of the first webhook; 2026-10-01T12:00:00Z. */
  start?: Date;
};

function someSeconds(random: Random): number {
  return 1000 * (1 + random.below(40));
}

/** The same crowd one webhook at a time: for more of them than fit into memory. */
export function* crowdWebhooks(options: CrowdOptions): Generator<Webhook, void> {
  const random = createRandom(options.seed);
  const clock = createSettableClock(options.start ?? new Date("2026-10-01T12:00:00Z"));
  const { bodyBytes } = options;
  let told: Webhook[] = [];
  const shop = createShop({
    domain: options.shop,
    clock,
    // Apart from the ids of the shop's own verbs and scenarios.
    seed: 1_000_000 + options.seed,
    onWebhook: (webhook) => told.push(webhook),
    ...(bodyBytes === undefined ? {} : { serialize: (body) => fitBody(body, bodyBytes) }),
  });
  const crowd = recruit(options.people);
  let left = options.webhooks;
  while (left > 0) {
    const shopper = crowd[random.below(crowd.length)];
    if (shopper === undefined) throw new Error("a crowd needs people");
    clock.advance(someSeconds(random));
    const { act, after } = nextAct(shopper, random);
    after(perform(shop, act), shop);
    for (const webhook of told.slice(0, left)) yield webhook;
    left -= told.length;
    told = [];
  }
}

export function crowd(options: CrowdOptions): Webhook[] {
  return [...crowdWebhooks(options)];
}
