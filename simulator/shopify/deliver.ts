// Sends webhooks to the app as Shopify does: signed, at least once, in no promised order, each
// tried again with the same id and the same bytes until it is acknowledged or eight retries over
// four hours are used up. Tests scale that time down, and make it worse on purpose.
import { Agent } from "node:http";
import { attempt } from "./attempt.ts";
import { createLedger, type Ledger, type LedgerEntry } from "./ledger.ts";
import type { Webhook } from "./model.ts";
import { createRandom } from "./random.ts";
import { pathFor, signHeaders, type HeaderFamily } from "./sign.ts";

/** Seconds before each of the eight retries; four hours together. */
export const RETRY_SECONDS = [10, 30, 90, 300, 900, 1800, 3600, 7670] as const;

export type DeliverOptions = {
  appUrl: string;
  secret: string;
  family?: HeaderFamily;
  /** Requests in flight at once; 16. */
  concurrency?: number;
  /** For one attempt; 5000. */
  timeoutMs?: number;
  /** Real milliseconds per second of Shopify's retry schedule; 1000 is Shopify, 1 is a fast test. */
  msPerRetrySecond?: number;
  /** Share of webhooks sent twice. */
  duplicates?: number;
  /** Share of webhooks never sent. */
  drop?: number;
  /** Webhooks are shuffled within windows of this many; 1 keeps the order of sending. */
  shuffleWindow?: number;
  seed?: number;
};

export type Deliverer = {
  /** Takes a webhook for delivery; returns at once. `copies` beyond one are sent besides, under the same id. */
  send(webhook: Webhook, copies?: number): void;
  /** Sends what waits for a full shuffle window. */
  flush(): void;
  /** Flushes, then resolves when every webhook is acknowledged, failed or dropped. */
  idle(): Promise<void>;
  ledger: Ledger;
  /** Stops: waiting retries are given up. */
  close(): void;
};

type Job = { webhook: Webhook; entry: LedgerEntry; tries: number };

export function createDeliverer(options: DeliverOptions): Deliverer {
  const {
    concurrency = 16,
    timeoutMs = 5000,
    msPerRetrySecond = 1000,
    duplicates = 0,
    drop = 0,
    shuffleWindow = 1,
  } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const random = createRandom(options.seed ?? 1);
  const ledger = createLedger();
  const retries = new Set<NodeJS.Timeout>();
  let window: Job[] = [];
  let queue: Job[] = [];
  let head = 0;
  let inFlight = 0;
  let idlers: (() => void)[] = [];

  function settleIdle(): void {
    if (inFlight > 0 || head < queue.length || retries.size > 0 || window.length > 0) return;
    const waiting = idlers;
    idlers = [];
    for (const resolve of waiting) resolve();
  }

  function retryLater(job: Job): void {
    const seconds = RETRY_SECONDS[job.tries - 1];
    if (seconds === undefined) {
      if (job.entry.state === "queued") job.entry.state = "failed";
      return;
    }
    const timer = setTimeout(() => {
      retries.delete(timer);
      queue.push(job);
      pump();
    }, seconds * msPerRetrySecond);
    retries.add(timer);
  }

  async function deliver(job: Job): Promise<void> {
    const { webhook, entry } = job;
    const url = new URL(pathFor(webhook.topic), options.appUrl);
    const headers = signHeaders(webhook, options.secret, options.family ?? "x-shopify");
    const { acknowledged, outcome } = await attempt(url, headers, webhook.body, agent, timeoutMs);
    job.tries += 1;
    entry.attempts.push(outcome);
    if (acknowledged) {
      entry.acknowledgements += 1;
      entry.state = "acknowledged";
    } else retryLater(job);
    inFlight -= 1;
    pump();
  }

  function pump(): void {
    while (inFlight < concurrency) {
      const job = queue[head];
      if (job === undefined) break;
      head += 1;
      inFlight += 1;
      void deliver(job);
    }
    if (head > 1024) {
      queue = queue.slice(head);
      head = 0;
    }
    settleIdle();
  }

  function flush(): void {
    queue.push(...(shuffleWindow > 1 ? random.shuffle(window) : window));
    window = [];
    pump();
  }

  function send(webhook: Webhook, copies = 1): void {
    const entry = ledger.open(webhook);
    if (random.next() < drop) {
      entry.state = "dropped";
      return;
    }
    const extra = random.next() < duplicates ? 1 : 0;
    for (let copy = 0; copy < copies + extra; copy += 1) {
      if (copy > 0) entry.duplicates += 1;
      window.push({ webhook, entry, tries: 0 });
    }
    if (window.length >= shuffleWindow) flush();
  }

  return {
    send,
    flush,
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        flush();
      }),
    ledger,
    close() {
      for (const timer of retries) clearTimeout(timer);
      retries.clear();
      queue = [];
      head = 0;
      window = [];
      agent.destroy();
      settleIdle();
    },
  };
}
