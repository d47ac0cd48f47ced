/**
 * What is still to do, as gauges. They are read from the database when somebody asks, at most once in
 * a few seconds, and are the same in every process. Only shops that wait or lag have a series of their
 * own, and only so many of them: a shop that is well says nothing.
 */
import { Gauge, type Registry } from "prom-client";
import type { Backlog, ShopBacklog } from "#app/db/backlog.ts";
import type { Log } from "#app/platform/log.ts";

const READ_AT_MOST_EVERY_MS = 5_000;
const LAGS_AFTER_SECONDS = 60;
const SHOPS_MAX = 50;

export type BacklogPorts = { read: () => Promise<Backlog>; log: Log; now: () => number };

/** Registers the gauges listed in docs/operating.md. */
export function registerBacklogMetrics(registry: Registry, ports: BacklogPorts): void {
  const current = rememberBriefly(ports);
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    seriesOf: (backlog: Backlog) => [labels: Partial<Record<Label, string>>, value: number][],
  ): void => {
    const registered: Gauge<Label> = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        registered.reset();
        const backlog = await current();
        if (backlog === null) return;
        for (const [labels, value] of seriesOf(backlog)) registered.set(labels, value);
      },
    });
  };

  const readable: Gauge = new Gauge({
    name: "ringtrue_backlog_readable",
    help: "1 when the database told the backlog, 0 when it did not",
    registers: [registry],
    async collect() {
      readable.set((await current()) === null ? 0 : 1);
    },
  });
  gauge("ringtrue_pending", "What is to be done now, by list", ["list"], (backlog) => [
    [{ list: "inbox" }, sum(backlog, "inbox")],
    [{ list: "people" }, sum(backlog, "people")],
    [{ list: "events" }, sum(backlog, "events")],
    [{ list: "feedback" }, backlog.feedback],
  ]);
  gauge("ringtrue_oldest_pending_seconds", "Age of the oldest, by list", ["list"], (backlog) => [
    [{ list: "inbox" }, oldest(backlog, "inboxSince")],
    [{ list: "people" }, oldest(backlog, "peopleSince")],
    [{ list: "events" }, oldest(backlog, "eventsSince")],
    [{ list: "feedback" }, ageOf(backlog.feedbackSince, backlog)],
  ]);
  gauge("ringtrue_dead_letters", "Dead letters not replayed", [], ({ deadLetters }) => [
    [{}, deadLetters],
  ]);
  gauge("ringtrue_circuits_open", "Workspaces left alone", [], ({ circuitsOpen }) => [
    [{}, circuitsOpen],
  ]);
  gauge("ringtrue_shops", "Shops by how they are", ["state"], (backlog) => [
    [{ state: "live" }, backlog.live],
    [{ state: "paused" }, backlog.shops.filter(isPaused).length],
    [{ state: "lagging" }, lagging(backlog).length],
  ]);
  gauge("ringtrue_shop_paused", "1 while delivery waits", ["shop", "reason"], (backlog) =>
    byLag(backlog, backlog.shops.filter(isPaused)).map(({ domain, reason }) => [
      { shop: domain, reason: reason ?? "unknown" },
      1,
    ]),
  );
  gauge("ringtrue_shop_lag_seconds", "Age of the oldest, of shops that lag", ["shop"], (backlog) =>
    byLag(backlog, lagging(backlog)).map((shop) => [{ shop: shop.domain }, lagOf(shop, backlog)]),
  );
}

/** Null when it cannot be read, which the log says. */
function rememberBriefly({ read, log, now }: BacklogPorts): () => Promise<Backlog | null> {
  let reading: Promise<Backlog | null> | null = null;
  let readAt = 0;
  return () => {
    if (reading !== null && now() - readAt < READ_AT_MOST_EVERY_MS) return reading;
    readAt = now();
    reading = read().catch((fault: unknown) => {
      log.warn({ err: fault }, "the backlog could not be read");
      return null;
    });
    return reading;
  };
}

function sum({ shops }: Backlog, list: "inbox" | "people" | "events"): number {
  return shops.reduce((all, shop) => all + shop[list], 0);
}

type Since = "inboxSince" | "peopleSince" | "eventsSince";

function oldest(backlog: Backlog, since: Since): number {
  return backlog.shops.reduce((age, shop) => Math.max(age, ageOf(shop[since], backlog)), 0);
}

function ageOf(since: Date | null, { at }: Backlog): number {
  return since === null ? 0 : Math.max(0, (at.getTime() - since.getTime()) / 1000);
}

function lagOf({ inboxSince, peopleSince, eventsSince }: ShopBacklog, backlog: Backlog): number {
  return Math.max(...[inboxSince, peopleSince, eventsSince].map((since) => ageOf(since, backlog)));
}

function isPaused({ pausedUntil }: ShopBacklog): boolean {
  return pausedUntil !== null;
}

function lagging(backlog: Backlog): ShopBacklog[] {
  return backlog.shops.filter((shop) => lagOf(shop, backlog) > LAGS_AFTER_SECONDS);
}

function byLag(backlog: Backlog, shops: readonly ShopBacklog[]): ShopBacklog[] {
  const slowestFirst = shops.toSorted((a, b) => lagOf(b, backlog) - lagOf(a, backlog));
  return slowestFirst.slice(0, SHOPS_MAX);
}
