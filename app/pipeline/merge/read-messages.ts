/**
 * Reads a batch of messages, each by itself: one that makes no sense becomes a dead letter and
 * spoils nobody else's.
 */
import { hash } from "node:crypto";
import type { NumberTold, PrivacyOrder, TextSent, TextTold, Told } from "#app/core/hear/reader.ts";
import { understand } from "#app/core/hear/understand.ts";
import type { Instant } from "#app/core/heard.ts";
import type { NumberSaid } from "#app/core/numbers/said.ts";
import { isOwnTopic, isTopic } from "#app/core/topics.ts";
import type { DeadLetter } from "#app/db/dead-letters.ts";
import type { NewObservation } from "#app/db/observations.ts";
import type { PendingMessage } from "#app/db/pending.ts";

export type BatchRead = {
  observations: NewObservation[];
  ofNumbers: (NumberSaid & { messageId: number })[];
  sent: TextSent[];
  ofTexts: (TextTold & { messageId: number })[];
  dead: DeadLetter[];
  uninstalledAt: Instant | null;
  privacy: { order: PrivacyOrder; at: Instant; messageId: number }[];
};

/** Messages whose reading is at hand are not read again. */
export function readMessages(
  messages: readonly PendingMessage[],
  shop: string,
  readings: ReadonlyMap<number, BatchRead> = new Map(),
): BatchRead {
  const all = nothingRead();
  for (const message of messages) {
    const read = readings.get(message.id) ?? readMessage(message, shop);
    all.observations.push(...read.observations);
    all.ofNumbers.push(...read.ofNumbers);
    all.sent.push(...read.sent);
    all.ofTexts.push(...read.ofTexts);
    all.dead.push(...read.dead);
    all.privacy.push(...read.privacy);
    all.uninstalledAt = laterOf(all.uninstalledAt, read.uninstalledAt);
  }
  return all;
}

function laterOf(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function nothingRead(): BatchRead {
  return {
    ...{ observations: [], ofNumbers: [], sent: [], ofTexts: [] },
    ...{ dead: [], uninstalledAt: null, privacy: [] },
  };
}

export function readMessage(message: PendingMessage, shop: string): BatchRead {
  const read = nothingRead();
  addMessage(message, shop, read);
  return read;
}

function addMessage(message: PendingMessage, shop: string, read: BatchRead): void {
  const { topic } = message;
  const bury = (reason: string, detail: string): void => {
    read.dead.push({ kind: "inbox", reference: String(message.id), topic, reason, detail });
  };
  if (!isTopic(topic) && !isOwnTopic(topic))
    return bury("unknown_topic", "this version does not handle the topic");
  const understood = understand({
    topic,
    body: message.text,
    triggeredAt: readTime(message.triggeredAt),
    receivedAt: message.receivedAt.getTime(),
  });
  switch (understood.kind) {
    case "told":
      for (const told of understood.told) {
        read.observations.push({ ...observationOf(told), messageId: message.id });
      }
      for (const one of understood.ofNumbers ?? []) {
        read.ofNumbers.push({ ...numberSaidOf(one), messageId: message.id });
      }
      read.sent.push(...(understood.sent ?? []));
      for (const one of understood.ofTexts ?? []) {
        read.ofTexts.push({ ...one, messageId: message.id });
      }
      return;
    case "nothing":
      return;
    case "uninstalled":
      read.uninstalledAt = Math.max(read.uninstalledAt ?? 0, understood.at);
      return;
    case "privacy": {
      const { order, at } = understood;
      // The shop's name in the envelope is unsigned; the one in the body is not.
      if (order.shopDomain !== null && isOtherShop(order.shopDomain, shop)) {
        return bury("other_shop", "the body names another shop than the envelope");
      }
      read.privacy.push({ order, at, messageId: message.id });
      return;
    }
    case "refused":
      return bury(understood.reason, understood.detail);
  }
}

/** Shopify's own samples write `{shop}.myshopify.com`, which names no shop at all. */
function isOtherShop(named: string, shop: string): boolean {
  return named.toLowerCase() !== shop && !named.startsWith("{");
}

/** The header is text from outside: what is no time says nothing. */
function readTime(header: string | null): Instant | null {
  const at = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(at) ? null : at;
}

/** Named by its content: the same report has the same name however often it comes. */
export function numberSaidOf({ number, statedAt, at, says }: NumberTold): NumberSaid {
  return { number, id: digestOfContent([number, statedAt, says]), at, says };
}

function observationOf(told: Told): Omit<NewObservation, "messageId"> {
  const { document, statedAt, toldAt, triggeredAt, receivedAt, occasion, says } = told;
  const id = digestOfContent([document, statedAt, occasion, says]);
  return { document, id, toldAt, triggeredAt, receivedAt, says };
}

function digestOfContent(content: unknown[]): string {
  return hash("sha256", JSON.stringify(content), "hex").slice(0, 32);
}
