// What the headers of a webhook say. They are unsigned: the signature covers the body alone. So
// they are bounded here, before they can join a group of other people's rows, and the path a
// message came by decides its topic. A header that names another topic than its path means that a
// subscription points at the wrong address; it is refused (400), so that the mistake shows.

import type { IncomingHttpHeaders } from "node:http";

import { COMPLIANCE_TOPICS, allTopics, isTopic, type Topic } from "../core/topics.ts";

export type Envelope = {
  /** Lower-case `*.myshopify.com`. */
  shop: string;
  topic: Topic;
  /** Unique per delivery and the same on its retries. */
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  /** As sent; read by merge. */
  triggeredAt: string | null;
};

export type EnvelopeReading = { ok: true; envelope: Envelope } | { ok: false; problem: string };

/** Where a message came in: one topic's own path, or the one the compliance topics share. */
export type Entrance = { topic: Topic | null };

type HeaderNames = {
  signature: string;
  topic: string;
  shop: string;
  webhookId: string;
  eventId: string;
  apiVersion: string;
  triggeredAt: string;
};

const CLASSIC = headerNames("x-shopify-");
const EVENTS = headerNames("shopify-");
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const SHOP_LENGTH_MAX = 255;
const SHOPS_KNOWN_MAX = 10_000;
const WEBHOOK_ID_LENGTH_MAX = 128;
const PREFIX = "/webhooks/";

const ENTRANCES: ReadonlyMap<string, Entrance> = new Map<string, Entrance>([
  ...allTopics().map((topic): [string, Entrance] => [PREFIX + topic, { topic }]),
  [`${PREFIX}compliance`, { topic: null }],
]);

/** The entrance at a path without query, or undefined where no topic lives. */
export function entranceAt(path: string): Entrance | undefined {
  return ENTRANCES.get(path);
}

/** The signature as sent, of either header family; null when there is none. */
export function readSignature(headers: IncomingHttpHeaders): string | null {
  return text(headers[CLASSIC.signature]) ?? text(headers[EVENTS.signature]);
}

/** Reads and bounds the headers of the family that carried the signature. */
export function readEnvelope(headers: IncomingHttpHeaders, entrance: Entrance): EnvelopeReading {
  const names = text(headers[CLASSIC.signature]) === null ? EVENTS : CLASSIC;
  const named = text(headers[names.topic]);
  if (named === null) return missing(names.topic);
  const topic = topicOf(named, entrance);
  if (topic === null) return { ok: false, problem: `${names.topic} is not the topic of this path` };
  const domain = text(headers[names.shop]);
  if (domain === null) return missing(names.shop);
  const shop = shopOf(domain);
  if (shop === null) return { ok: false, problem: `${names.shop} is not a myshopify.com domain` };
  const webhookId = text(headers[names.webhookId]);
  if (webhookId === null) return missing(names.webhookId);
  if (webhookId.length > WEBHOOK_ID_LENGTH_MAX) {
    return {
      ok: false,
      problem: `${names.webhookId} is longer than ${WEBHOOK_ID_LENGTH_MAX} characters`,
    };
  }
  return {
    ok: true,
    envelope: {
      shop,
      topic,
      webhookId,
      eventId: bounded(headers[names.eventId], 128),
      apiVersion: bounded(headers[names.apiVersion], 32),
      triggeredAt: bounded(headers[names.triggeredAt], 64),
    },
  };
}

function topicOf(named: string, entrance: Entrance): Topic | null {
  if (named === entrance.topic) return entrance.topic;
  const name = named.toLowerCase();
  if (entrance.topic !== null) return name === entrance.topic ? entrance.topic : null;
  return isTopic(name) && COMPLIANCE_TOPICS.some((topic) => topic === name) ? name : null;
}

// The same few shops call all day: their names are checked once, and then are one string each,
// which makes sorting a group by them cheap.
const shops = new Map<string, string>();

/** The shop's name in lower case, or null when no shop can have such a name. */
export function shopOf(domain: string): string | null {
  const known = shops.get(domain);
  if (known !== undefined) return known;
  const shop = domain.toLowerCase();
  if (shop.length > SHOP_LENGTH_MAX || !SHOP.test(shop)) return null;
  if (shops.size >= SHOPS_KNOWN_MAX) shops.clear();
  shops.set(domain, shop);
  return shop;
}

function headerNames(prefix: string): HeaderNames {
  return {
    signature: `${prefix}hmac-sha256`,
    topic: `${prefix}topic`,
    shop: `${prefix}shop-domain`,
    webhookId: `${prefix}webhook-id`,
    eventId: `${prefix}event-id`,
    apiVersion: `${prefix}api-version`,
    triggeredAt: `${prefix}triggered-at`,
  };
}

function missing(name: string): EnvelopeReading {
  return { ok: false, problem: `${name} is missing` };
}

/** What decides nothing is left out when it is out of bounds, rather than cut to a half-truth. */
function bounded(value: string | string[] | undefined, lengthMax: number): string | null {
  const given = text(value);
  return given !== null && given.length <= lengthMax ? given : null;
}

function text(value: string | string[] | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
