// One simulated shop: its records, the names a scenario gave them, and the one way out, `emit`.
import type { Clock } from "./clock.ts";
import { createIdentifiers, type Identifiers } from "./identifiers.ts";
import type { Checkout, Customer, Order, Webhook } from "./model.ts";
import type { JsonObject } from "../control/json.ts";
import { headerTime } from "./times.ts";

export const API_VERSION = "2026-10";

export type Shop = {
  domain: string;
  id: number;
  name: string;
  phone: string;
  country: string;
  clock: Clock;
  identifiers: Identifiers;
  customers: Map<number, Customer>;
  checkouts: Map<string, Checkout>;
  orders: Map<number, Order>;
  /** Names given by a scenario (`as`) to records: a customer's or order's id, a checkout's token. */
  names: Map<string, number | string>;
  scopes: string[];
  installed: boolean;
  emit(topic: string, body: JsonObject, eventId: string): void;
};

export type ShopOptions = {
  domain: string;
  clock: Clock;
  seed?: number;
  onWebhook(webhook: Webhook): void;
  /** How a body becomes bytes; JSON as it is unless a benchmark wants another size. */
  serialize?(body: JsonObject): Buffer;
};

export function createShop(options: ShopOptions): Shop {
  const identifiers = createIdentifiers(options.domain, options.seed ?? 1);
  const serialize = options.serialize ?? ((body: JsonObject) => Buffer.from(JSON.stringify(body)));
  return {
    domain: options.domain,
    id: 68_120_443_971,
    name: "Northwind Toys",
    phone: "+14155559310",
    country: "US",
    clock: options.clock,
    identifiers,
    customers: new Map(),
    checkouts: new Map(),
    orders: new Map(),
    names: new Map(),
    scopes: ["read_customers", "read_fulfillments", "read_orders", "write_customers"],
    installed: true,
    emit(topic, body, eventId) {
      options.onWebhook({
        shop: options.domain,
        topic,
        body: serialize(body),
        webhookId: identifiers.uuid("webhook"),
        eventId,
        triggeredAt: headerTime(options.clock.now()),
        apiVersion: API_VERSION,
      });
    },
  };
}

/** A new merchant or shopper action: all webhooks it causes carry this event id. */
export function startAction(shop: Shop): string {
  return shop.identifiers.uuid("event");
}
