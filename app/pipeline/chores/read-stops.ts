/**
 * Reads in the stops that others hold, before anything is written (SEMANTICS §8, §10.1): the senders'
 * opt-out lists, who is unsubscribed from everything, what the merchant's own forms noted, and
 * Shopify's unsubscribed. They come in as messages like everything that is heard. Once all are kept
 * that is noted, and delivery goes on when what was kept is understood.
 *
 * It is read once for a connection, and again for going live a day or more later: meanwhile what
 * changes is heard by webhooks and by looking at the opt-out lists.
 */
import type pg from "pg";
import { z } from "zod";
import type { Connection } from "#app/core/settings/connection.ts";
import type { AppApi } from "#app/customerio/app-api.ts";
import { loadCursor } from "#app/db/chore.ts";
import { keepOwnMessages, type OwnMessage } from "#app/db/own-messages.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import { countUrgent, digestOfConnection, noteStopsRead } from "#app/db/stops.ts";
import { areStopsRead } from "#app/db/stops-read.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import type { OpenAdminApi } from "#app/shopify/admin-api.ts";
import { afterTrouble, type Trouble } from "./app-trouble.ts";
import type { ChoreOutcome, ChoreRun } from "./create-chores.ts";
import { firstRound, lastLook, readOptOuts, roundFrom, URGENT_MAX } from "./opt-out-rounds.ts";
import { POLL_OPT_OUTS } from "./poll-opt-outs.ts";
import {
  filterOf,
  messagesOfFound,
  messagesOfShopify,
  SEARCHES,
  type Occasion,
  type Search,
} from "./stops-elsewhere.ts";

export type ReadStopsPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  wakeups: Wakeups;
  now: () => number;
  /** Null without an App API key. */
  openAppApi: (connection: Connection) => AppApi | null;
  openAdmin: OpenAdminApi;
  /** What is known of the workspace itself is found out on the way. */
  knowWorkspace: (shop: WorkingShop, connection: Connection) => Promise<void>;
};

export const READ_STOPS = "read-stops";

const PLACES = ["opt-outs", ...SEARCHES, "shopify"] as const;

const cursorSchema = z.object({
  /** The connection it began with. */
  of: z.string(),
  at: z.number(),
  place: z.number().int().min(0),
  start: z.string().nullable(),
  round: z.unknown(),
  kept: z.number(),
  /** Places this workspace knows nothing of. */
  unknown: z.array(z.string()),
});

type Cursor = z.output<typeof cursorSchema>;
type Reading = { ports: ReadStopsPorts; shop: WorkingShop; api: AppApi | null; cursor: Cursor };

/** Whoever wants to write asks at once. */
const LOOK_AGAIN_MS = 10 * 60_000;
const SLICE_MS = 3_000;
const CROWDED_MS = 1_000;

export function createReadStops(ports: ReadStopsPorts): ChoreRun {
  const { sealer, now, wakeups } = ports;
  return async (shop, stored, isOver) => {
    const connection = openConnection(sealer, shop.credentials ?? "");
    await ports.knowWorkspace(shop, connection);
    const of = digestOfConnection(shop, connection);
    if (areStopsRead(shop, of))
      return { cursor: null, againInMs: LOOK_AGAIN_MS, detail: "read", isDone: false };
    const startedAt = now();
    const read = cursorSchema.safeParse(stored);
    const cursor =
      read.success && read.data.of === of
        ? read.data
        : begin(of, startedAt, lastLook(await loadCursor(ports.pool, shop.id, POLL_OPT_OUTS)));
    const reading = { ports, shop, api: ports.openAppApi(connection), cursor };
    const outcome = await readOn(reading, () => isOver() || now() - startedAt > SLICE_MS);
    wakeups.wake("merge", shop.domain, "urgent");
    if (outcome.isDone) wakeups.wake("deliver", shop.domain, "new");
    return outcome;
  };
}

function begin(of: string, at: number, lookedAt: number | null): Cursor {
  const round = firstRound(at, lookedAt);
  return { of, at, place: 0, start: null, round, kept: 0, unknown: [] };
}

async function readOn(reading: Reading, isEnough: () => boolean): Promise<ChoreOutcome> {
  const { ports, shop, cursor } = reading;
  while (!isEnough()) {
    const place = PLACES[cursor.place];
    if (place === undefined) {
      await noteStopsRead(ports.pool, shop, cursor.of, new Date(ports.now()));
      return { cursor: null, againInMs: LOOK_AGAIN_MS, detail: sumUp(cursor), isDone: true };
    }
    if ((await countUrgent(ports.pool, shop.domain, URGENT_MAX)) >= URGENT_MAX)
      return { cursor, againInMs: CROWDED_MS, detail: "waits for merge", isDone: false };
    const trouble = await readPlace(reading, place, isEnough);
    if (trouble !== null) return afterTrouble(trouble, cursor);
  }
  return { cursor, againInMs: 0, detail: `reads ${PLACES[cursor.place] ?? "on"}`, isDone: false };
}

async function readPlace(
  reading: Reading,
  place: (typeof PLACES)[number],
  isEnough: () => boolean,
): Promise<Trouble | null> {
  switch (place) {
    case "opt-outs":
      return readLists(reading, isEnough);
    case "shopify":
      return readShopify(reading);
    case "unsubscribed":
    case "sms_unsubscribe":
    case "sms_unsubscribed":
      return search(reading, place);
  }
}

async function readLists(reading: Reading, isEnough: () => boolean): Promise<Trouble | null> {
  const { ports, shop, api, cursor } = reading;
  if (api === null) return leave(cursor, "opt-outs");
  const round = roundFrom(cursor.round, cursor.at);
  const outcome = await readOptOuts({ pool: ports.pool, api }, shop, round, isEnough);
  cursor.round = outcome.round;
  switch (outcome.kind) {
    case "done":
      cursor.kept += outcome.round.kept;
      return goOn(cursor);
    case "paused":
    case "crowded":
      // Whoever goes on looks at both before the next page.
      return null;
    case "trouble":
      // A workspace without texts of its own has no such list.
      return outcome.trouble.kind === "missing" ? leave(cursor, "opt-outs") : outcome.trouble;
  }
}

async function search(reading: Reading, place: Search): Promise<Trouble | null> {
  const { api, cursor } = reading;
  if (api === null) return leave(cursor, place);
  const page = await api.search(filterOf(place), cursor.start);
  // An attribute that nobody ever had may be one the workspace cannot be asked for.
  if (page.kind === "refused" && place !== "unsubscribed") return leave(cursor, place);
  if (page.kind !== "ok") return page;
  await keep(reading, messagesOfFound(place, page.value.people, occasionOf(reading)));
  return goOn(cursor, page.value.next);
}

async function readShopify(reading: Reading): Promise<Trouble | null> {
  const { ports, shop, cursor } = reading;
  const opened = await ports.openAdmin(shop);
  const page =
    opened.kind === "ok" ? await opened.value.customersUnsubscribed(cursor.start) : opened;
  switch (page.kind) {
    case "ok":
      await keep(reading, messagesOfShopify(page.value.customers, occasionOf(reading)));
      return goOn(cursor, page.value.next);
    case "later":
      return { ...page, status: null };
    case "missing":
    case "denied":
    case "refused":
      // A shop that was connected without an install has no session; its record is then heard by webhooks.
      return leave(cursor, "shopify");
  }
}

function occasionOf({ shop, cursor }: Reading): Occasion {
  return { name: `${cursor.of.slice(0, 16)} ${shop.liveSince?.getTime() ?? 0}`, at: cursor.at };
}

async function keep({ ports, shop, cursor }: Reading, messages: OwnMessage[]): Promise<void> {
  cursor.kept += await keepOwnMessages(ports.pool, shop.domain, messages);
}

/** To the next page of this place, or to the next place. */
function goOn(cursor: Cursor, next: string | null = null): null {
  cursor.start = next;
  if (next === null) cursor.place += 1;
  return null;
}

function leave(cursor: Cursor, place: string): null {
  cursor.unknown.push(place);
  return goOn(cursor);
}

function sumUp({ kept, unknown }: Cursor): string {
  return unknown.length === 0 ? `${kept} read` : `${kept} read, not known: ${unknown.join(", ")}`;
}
