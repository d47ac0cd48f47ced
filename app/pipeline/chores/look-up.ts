/**
 * Looking at the profiles of people who were not told yet: what stands there now, for the preview and
 * for putting back. Whoever comes is looked at soon; everybody else from the newest change to the
 * oldest, a slice at a time. Nothing ever waits for it: who is told before being looked at is simply
 * not looked at.
 */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import { namesWritten } from "#app/core/tell/attributes.ts";
import type { AppApi } from "#app/customerio/app-api.ts";
import { PAGE, pageToLookAt, saveSeen, type Place, type ToLookAt } from "#app/db/profile-seen.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import { waitFor, type NotNow } from "./app-answers.ts";
import type { ChoreOutcome, ChoreRun } from "./create-chores.ts";
import { beginWalk, readCursor, TOP, type LookUpCursor } from "./look-up-cursor.ts";
import { lookAtProfile } from "./look-at-profile.ts";

export type AppPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  now: () => number;
  /** Null where the connection has no App API key. */
  openAppApi: (connection: Connection) => AppApi | null;
};

const SLICE_MS = 4_000;
const IDLE_MS = 5_000;
const NO_KEY_MS = 60_000;
/** A change is dated when its transaction begins, and seen when that ends. */
const OVERLAP_MS = 60_000;

type Slice = AppPorts & {
  shop: WorkingShop;
  api: AppApi;
  cursor: LookUpCursor;
  isOver: () => boolean;
};

/** How a part of the list was left: looked through, more to look at, or Customer.io said "not now". */
type Left = "through" | "more" | NotNow;

export function createLookUp(ports: AppPorts): ChoreRun {
  return async (shop, kept, isOver) => {
    const api = ports.openAppApi(openConnection(ports.sealer, shop.credentials ?? ""));
    if (api === null) {
      return { cursor: kept, againInMs: NO_KEY_MS, detail: "no App API key", isDone: false };
    }
    const names = namesWritten(shop.settings).map(({ target }) => target);
    const cursor = readCursor(kept, names, ports.now());
    const until = ports.now() + SLICE_MS;
    const slice = { ...ports, shop, api, cursor, isOver: () => isOver() || ports.now() > until };
    return outcomeOf(cursor, await lookThrough(slice));
  };
}

/** Whoever came since the last slice, then on with everybody. Moves the cursor along. */
async function lookThrough(slice: Slice): Promise<Left> {
  const { cursor, now } = slice;
  const startedAt = now();
  const recent = new Date(Date.parse(cursor.recent) - OVERLAP_MS);
  for (const urgent of [true, false]) {
    const page = await pageAt(slice, { ...TOP, urgent }, recent);
    // More than come one by one: an import, say. Everybody is walked through, the newest first.
    if (page.length === PAGE) beginWalk(cursor, startedAt);
    const left = await lookAtAll(slice, page);
    if (left !== "through") return left;
  }
  cursor.recent = new Date(startedAt).toISOString();
  return walk(slice);
}

async function walk(slice: Slice): Promise<Left> {
  const { cursor } = slice;
  while (cursor.walk) {
    const { urgent, changedAt, id } = cursor.walk;
    const page = await pageAt(slice, { urgent, changedAt: new Date(changedAt), id }, BEGINNING);
    const left = await lookAtAll(slice, page, ({ changedAt: at, id: done }) => {
      cursor.walk = { urgent, changedAt: at.toISOString(), id: done };
    });
    if (left !== "through") return left;
    if (page.length < PAGE) cursor.walk = urgent ? placeOf({ ...TOP, urgent: false }) : null;
  }
  return "through";
}

const BEGINNING = new Date(0);

function placeOf({ urgent, changedAt, id }: Place): LookUpCursor["walk"] {
  return { urgent, changedAt: changedAt.toISOString(), id };
}

function pageAt({ pool, shop, cursor }: Slice, place: Place, after: Date): Promise<ToLookAt[]> {
  return pageToLookAt(pool, shop.id, { place, after, fresh: new Date(cursor.fresh) });
}

async function lookAtAll(
  { pool, shop, api, isOver }: Slice,
  page: readonly ToLookAt[],
  passed: (person: ToLookAt) => void = () => {},
): Promise<Left> {
  for (const person of page) {
    if (person.isNew && person.address !== null) {
      if (isOver()) return "more";
      const { address, id: personId } = person;
      const seen = await lookAtProfile(api, address, shop.settings);
      if (seen.kind === "later" || seen.kind === "unauthorized") return seen;
      if (seen.kind === "ok") await saveSeen(pool, shop.id, { personId, address, ...seen.value });
    }
    passed(person);
  }
  return "through";
}

function outcomeOf(cursor: LookUpCursor, left: Left): ChoreOutcome {
  if (left === "through") {
    return { cursor, againInMs: IDLE_MS, detail: "everybody is looked at", isDone: true };
  }
  if (left === "more") return { cursor, againInMs: 0, detail: "looks at people", isDone: false };
  return { cursor, ...waitFor(left), isDone: false };
}
