/**
 * Rounds of looking at all pages of the opt-out lists: begun, gone on with, ended. Only a round that
 * saw every page may say that an entry is gone.
 */
import type pg from "pg";
import { z } from "zod";
import type { AppApi } from "#app/customerio/app-api.ts";
import { forgetGone } from "#app/db/opt-outs-seen.ts";
import { countUrgent } from "#app/db/stops.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Trouble } from "./app-trouble.ts";
import { keepOptOutPage, type Round } from "./opt-out-page.ts";

const roundSchema = z.object({
  at: z.number(),
  before: z.number().nullable(),
  start: z.string().nullable(),
  kept: z.number(),
  nobodys: z.number(),
});

/** Where a round stands; it goes on with the page named by `start`. */
export type OptOutRound = z.output<typeof roundSchema>;

export type RoundOutcome =
  | { kind: "done" | "paused" | "crowded"; round: OptOutRound }
  | { kind: "trouble"; trouble: Trouble; round: OptOutRound };

const PAGE = 1_000;
/** More messages than this are not put before what may come in. */
export const URGENT_MAX = 2_000;

/** Goes on with a round that was left, or begins one. `cursor` is as it was stored. */
export function roundFrom(cursor: unknown, now: number): OptOutRound {
  const read = roundSchema.safeParse(cursor);
  if (read.success && read.data.start !== "") return read.data;
  return firstRound(now, lastLook(cursor));
}

/** `before`: when the lists were last looked at as a whole. */
export function firstRound(at: number, before: number | null): OptOutRound {
  return { at, before, start: null, kept: 0, nobodys: 0 };
}

/** When the last round began that came to its end, by where the rounds stand; null for none. */
export function lastLook(cursor: unknown): number | null {
  const read = roundSchema.safeParse(cursor);
  if (!read.success) return null;
  return read.data.start === "" ? read.data.at : read.data.before;
}

/** What is kept of a round that is done, for the one after it. */
export function closed(round: OptOutRound): OptOutRound {
  return { ...round, start: "" };
}

export async function readOptOuts(
  ports: { pool: pg.Pool; api: AppApi },
  shop: WorkingShop,
  round: OptOutRound,
  isOver: () => boolean,
): Promise<RoundOutcome> {
  const { pool, api } = ports;
  const named: Round = round;
  while (!isOver()) {
    if ((await countUrgent(pool, shop.domain, URGENT_MAX)) >= URGENT_MAX)
      return { kind: "crowded", round };
    const page = await api.listOptOuts({ start: round.start, limit: PAGE });
    if (page.kind !== "ok") return { kind: "trouble", trouble: page, round };
    const read = await keepOptOutPage(ports, shop, page.value.people, named, isOver);
    if ("kind" in read) return { kind: "trouble", trouble: read, round };
    round.kept += read.kept;
    round.nobodys += read.nobodys;
    if (!read.isDone) return { kind: "paused", round };
    if (page.value.next === null) {
      await forgetGone(pool, shop.id, new Date(round.at));
      return { kind: "done", round };
    }
    round.start = page.value.next;
  }
  return { kind: "paused", round };
}
