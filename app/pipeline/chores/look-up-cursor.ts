/**
 * Where looking at people stands. Who was looked at is known from what was kept of them; this only
 * spares reading the whole list each time.
 */
import { z } from "zod";
import type { Place } from "#app/db/profile-seen.ts";

const cursorSchema = z.object({
  /** The attribute names that were looked for: when they change, everybody is looked at anew. */
  names: z.array(z.string()),
  /** Who was looked at before this is looked at again. */
  fresh: z.iso.datetime(),
  /** Changes before this belong to the walk. */
  recent: z.iso.datetime(),
  /** Where the walk through everybody is, from the newest change to the oldest; null when it is over. */
  walk: z.object({ urgent: z.boolean(), changedAt: z.iso.datetime(), id: z.number() }).nullable(),
  walkedAt: z.iso.datetime(),
});

export type LookUpCursor = z.output<typeof cursorSchema>;

/** Above everybody. */
export const TOP: Place = {
  urgent: true,
  changedAt: new Date("9999-01-01T00:00:00Z"),
  id: Number.MAX_SAFE_INTEGER,
};

const DAY_MS = 86_400_000;
/** What others write to a profile goes on changing until it is told. */
const FRESH_MS = 7 * DAY_MS;

/** The cursor to go on with: as it was kept, or a new walk when that is due. */
export function readCursor(kept: unknown, names: readonly string[], nowMs: number): LookUpCursor {
  const parsed = cursorSchema.safeParse(kept);
  const now = new Date(nowMs).toISOString();
  if (!parsed.success || !isSame(parsed.data.names, names)) {
    const fresh = parsed.success ? now : new Date(nowMs - FRESH_MS).toISOString();
    const cursor = { names: [...names], fresh, recent: now, walk: null, walkedAt: now };
    return beginWalk(cursor, nowMs);
  }
  const cursor = parsed.data;
  const isDue = cursor.walk === null && nowMs - Date.parse(cursor.walkedAt) >= DAY_MS;
  return isDue ? beginWalk(cursor, nowMs) : cursor;
}

export function beginWalk(cursor: LookUpCursor, nowMs: number): LookUpCursor {
  const stale = new Date(nowMs - FRESH_MS).toISOString();
  if (stale > cursor.fresh) cursor.fresh = stale;
  cursor.walk = { ...TOP, changedAt: TOP.changedAt.toISOString() };
  cursor.walkedAt = new Date(nowMs).toISOString();
  return cursor;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
