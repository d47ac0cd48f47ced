// Plays every cell of the fault matrix on one worker, all at the same time: what a workspace suffers is
// its own, and one shop suffers nothing: the others must end as it does. Everybody's first chapter waits
// in the inbox before the worker starts, so that the requests a fault strikes carry several items.
//
// Time is waited for as production waits, but for one thing: the minute before a merge is moved on.
import type pg from "pg";
import { isTopic } from "#app/core/topics.ts";
import { openInbox, type Inbox, type InboxRow } from "#app/db/inbox.ts";
import type { Rule } from "../../simulator/control/fault-rules.ts";
import type { Fault, FaultMatch } from "../../simulator/customerio/faults.ts";
import {
  startCustomerio,
  type RunningCustomerio,
} from "../../simulator/customerio/start-customerio.ts";
import type { Webhook } from "../../simulator/shopify/model.ts";
import { createRandom } from "../../simulator/shopify/random.ts";
import { choosePort } from "./app-process.ts";
import { cloneDatabase } from "./clone-database.ts";
import { installShop } from "./connected-shop.ts";
import { judgeShop, type Sent, type ShopEnd } from "./judge-shop.ts";
import { CELLS, planOf, type Cell } from "./matrix-faults.ts";
import { chapters, MERGES } from "./matrix-shoppers.ts";
import { watchShops, type Watch } from "./quiet.ts";
import { startRedis } from "./redis.ts";
import type { Services } from "./services.ts";
import { startWorker } from "./site.ts";

export type MatrixRun = { services: Services; queue: "postgres" | "redis" };

/** By the cell's shop, and the one of the shop that suffers nothing under CALM. */
export type MatrixEnd = Map<string, ShopEnd>;

export const CALM = "calm.myshopify.com";

/** For each chapter. A quiet machine needs a few seconds, and most of them for who is not answered. */
const WITHIN_MS = 240_000;
/** Rows of one statement: a power of two. */
const AT_ONCE = 256;

type Player = { shop: string; cell: Cell | null };

const PLAYERS: readonly Player[] = [
  { shop: CALM, cell: null },
  ...CELLS.map((cell) => ({ shop: cell.shop, cell })),
];

type Books = ReadonlyMap<string, Map<string, Sent>>;

type Rig = {
  pool: pg.Pool;
  watch: Watch;
  /** One after the other: the inbox has one connection. */
  listen: (books: Books, webhooks: readonly Webhook[]) => Promise<void>;
};

export async function playMatrix(run: MatrixRun): Promise<MatrixEnd> {
  const closings: (() => Promise<unknown>)[] = [];
  try {
    return await play(run, closings);
  } finally {
    for (const close of closings.toReversed()) await close();
  }
}

async function play(
  { services, queue }: MatrixRun,
  closings: (() => Promise<unknown>)[],
): Promise<MatrixEnd> {
  const { url: databaseUrl, pool, drop } = await cloneDatabase(services);
  closings.push(drop);
  const settings = { keep: "bodies" } as const;
  const customerio = await startCustomerio({ siteId: "nobody", apiKey: "nobody", settings });
  closings.push(() => customerio.close());
  const redis = queue === "redis" ? await startRedis(services.tools.redis ?? "") : null;
  if (redis !== null) closings.push(() => redis.stop());
  const inbox = openInbox({ url: databaseUrl });
  closings.push(() => inbox.close());
  const watch = watchShops(pool);
  closings.push(() => watch.close());
  const rules = new Map<string, Rule<FaultMatch, Fault>>();
  for (const { shop, cell } of PLAYERS) {
    connectWorkspace(customerio, shop);
    await installShop(pool, { domain: shop, siteId: shop, apiKey: shop });
    if (cell !== null) rules.set(shop, customerio.control.plan(planOf(cell, shop, elsewhere())));
  }
  const sent = new Map(PLAYERS.map(({ shop }) => [shop, new Map<string, Sent>()]));
  const { first } = chapters();
  let heard: Promise<void> = hear(inbox, sent, first);
  await heard;

  const worker = startWorker({
    ...{ databaseUrl, redisUrl: redis?.url ?? null, trackUrl: customerio.url },
    port: await choosePort(),
  });
  closings.push(() => worker.stop());
  await worker.ready();
  const rig: Rig = {
    ...{ pool, watch },
    listen: (books, webhooks) => (heard = heard.then(() => hear(inbox, books, webhooks))),
  };
  const played = await Promise.all(
    [...sent].map(async ([shop, books]) => {
      const rule = rules.get(shop) ?? null;
      return { shop, books, problems: await playShop(rig, shop, books, rule) };
    }),
  );
  if (worker.fell() > 0) throw new Error(`the worker ended by itself: ${worker.lastWords()}`);
  const ends: MatrixEnd = new Map();
  for (const { shop, books, problems } of played) {
    const judged = await judgeShop({
      ...{ pool, customerio, shop, siteId: shop, sent: [...books.values()] },
    });
    ends.set(shop, { ...judged, problems: [...problems, ...judged.problems] });
  }
  return ends;

  /** The simulator under another name: to a client, another host. */
  function elsewhere(): string {
    return customerio.url.replace("127.0.0.1", "localhost");
  }
}

function connectWorkspace({ control }: RunningCustomerio, shop: string): void {
  const [siteId, apiKey] = [shop, shop];
  control.addWorkspace({ siteId, apiKey, appKey: null, region: "us", environmentId: 1 });
}

/** Answers what went wrong on the way. */
async function playShop(
  { pool, watch, listen }: Rig,
  shop: string,
  books: Map<string, Sent>,
  rule: Rule<FaultMatch, Fault> | null,
): Promise<string[]> {
  const problems: string[] = [];
  const isQuiet = async (after: string): Promise<boolean> => {
    const undone = await watch.quiet(shop, WITHIN_MS);
    if (undone !== null) problems.push(`not done after ${after}: ${JSON.stringify(undone)}`);
    return undone === null;
  };
  if (await isQuiet("the first chapter")) {
    await listen(new Map([[shop, books]]), chapters().second);
    if (await isQuiet("the second chapter")) {
      const merges = await bringMergesOn(pool, shop);
      if (merges !== MERGES) problems.push(`${merges} merges wait of ${MERGES}`);
      if (await isQuiet("the merges")) problems.push(...strikesMissed(rule));
    }
  }
  return problems;
}

/** Keeps the webhooks of several shops as web does, in no order and every fifth of them twice. */
async function hear(inbox: Inbox, books: Books, webhooks: readonly Webhook[]): Promise<void> {
  const random = createRandom(webhooks.length);
  const rows: InboxRow[] = [];
  for (const [shop, book] of books) {
    for (const { topic, ...webhook } of webhooks) {
      if (!isTopic(topic)) throw new Error(`${topic} is not heard`);
      const copies = random.below(5) === 0 ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) rows.push({ ...webhook, topic, shop });
      const { webhookId } = webhook;
      book.set(webhookId, { webhookId, state: "acknowledged", acknowledgements: copies });
    }
  }
  const arriving = random.shuffle(rows);
  for (let from = 0; from < arriving.length; from += AT_ONCE) {
    await inbox.keep(arriving.slice(from, from + AT_ONCE));
  }
}

/** Lets the minute pass that a merge waits, for all of the shop's at once; answers how many wait. */
async function bringMergesOn(pool: pg.Pool, shop: string): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE outbox SET due_at = now() FROM shop s
     WHERE s.id = outbox.shop_id AND s.domain = $1 AND outbox.kind = 'merge' AND outbox.state = 'pending'`,
    [shop],
  );
  return rowCount ?? 0;
}

/** A fault that never struck proves nothing. */
function strikesMissed(rule: Rule<FaultMatch, Fault> | null): string[] {
  if (rule === null || rule.applied === rule.times) return [];
  return [`the fault struck ${rule.applied} times of ${rule.times}`];
}
