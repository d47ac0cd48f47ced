// The simulated Shopify as one value: its shops, the way their webhooks leave, its tokens and the
// faults planned for them. No HTTP here; `start-shopify.ts` serves it.
import { createCostBucket, type CostBucket } from "./admin/cost.ts";
import { createTokens, type Tokens } from "./admin/tokens.ts";
import { createSettableClock, machineClock, type Clock, type SettableClock } from "./clock.ts";
import { createDeliverer, type Deliverer, type DeliverOptions } from "./deliver.ts";
import type { Webhook } from "./model.ts";
import { createShop, type Shop } from "./shop.ts";

/** Counts of requests still to be spoilt; `Infinity` for all. */
export type Faults = {
  /** Token requests refused with `invalid_grant`. */
  refuseTokens: number;
  /** GraphQL requests answered THROTTLED. */
  throttle: number;
  /** Admin requests answered 503. */
  unavailable: number;
};

export type ShopifyOptions = {
  apiKey: string;
  secret: string;
  /** Where the app listens; until it is known webhooks are kept back. */
  appUrl?: string;
  delivery?: Omit<DeliverOptions, "appUrl" | "secret">;
  tokenLifetime?: number;
  seed?: number;
};

export type Shopify = {
  options: ShopifyOptions;
  /** A shop's own clock can be set for a scenario; it runs with the machine otherwise. */
  openShop(domain: string): Shop;
  shops(): Shop[];
  bucketOf(shop: Shop): CostBucket;
  tokens: Tokens;
  faults: Faults;
  deliverer(): Deliverer;
  /** New delivery options; what was sent before stays in the old ledger. */
  configure(change: Partial<ShopifyOptions>): void;
  /** Sets every shop's time; null lets it run again. */
  setTime(time: Date | null): void;
  /** Takes webhooks that did not come from a verb (a crowd, a recorded day). */
  send(webhook: Webhook, copies?: number): void;
  /** While collecting, webhooks of verbs go to `take` and are not delivered. */
  divert(take: ((webhook: Webhook) => void) | null): void;
  reset(): void;
  close(): void;
};

const NO_FAULTS: Faults = { refuseTokens: 0, throttle: 0, unavailable: 0 };

export function createShopify(initial: ShopifyOptions): Shopify {
  const options = { ...initial };
  const shops = new Map<string, Shop>();
  const buckets = new Map<string, CostBucket>();
  const faults: Faults = { ...NO_FAULTS };
  let fixed: SettableClock | null = null;
  let diverted: ((webhook: Webhook) => void) | null = null;
  let deliverer: Deliverer | null = null;
  const clock: Clock = { now: () => (fixed ?? machineClock).now() };
  const tokens = createTokens({
    app: () => options,
    clock: machineClock,
    scopesOf: (domain) => shops.get(domain)?.scopes ?? [],
    ...(options.tokenLifetime === undefined ? {} : { lifetime: options.tokenLifetime }),
  });

  function currentDeliverer(): Deliverer {
    if (deliverer !== null) return deliverer;
    if (options.appUrl === undefined) throw new Error("the app's URL is not known yet");
    deliverer = createDeliverer({
      ...options.delivery,
      appUrl: options.appUrl,
      secret: options.secret,
    });
    return deliverer;
  }

  function openShop(domain: string): Shop {
    const known = shops.get(domain);
    if (known !== undefined) return known;
    const shop = createShop({
      domain,
      clock,
      seed: options.seed ?? 1,
      onWebhook: (webhook) =>
        diverted === null ? currentDeliverer().send(webhook) : diverted(webhook),
    });
    shops.set(domain, shop);
    return shop;
  }

  function bucketOf(shop: Shop): CostBucket {
    const bucket = buckets.get(shop.domain) ?? createCostBucket(machineClock);
    buckets.set(shop.domain, bucket);
    return bucket;
  }

  function dropDeliverer(): void {
    deliverer?.close();
    deliverer = null;
  }

  return {
    options,
    openShop,
    shops: () => [...shops.values()],
    bucketOf,
    tokens,
    faults,
    deliverer: currentDeliverer,
    configure(change) {
      Object.assign(options, change);
      dropDeliverer();
    },
    setTime(time) {
      fixed = time === null ? null : createSettableClock(time);
    },
    send: (webhook, copies) => currentDeliverer().send(webhook, copies),
    divert(take) {
      diverted = take;
    },
    reset() {
      shops.clear();
      buckets.clear();
      tokens.clear();
      Object.assign(faults, NO_FAULTS);
      fixed = null;
      diverted = null;
      dropDeliverer();
    },
    close: dropDeliverer,
  };
}
