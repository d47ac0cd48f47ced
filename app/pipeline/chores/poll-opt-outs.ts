/**
 * Looks at the senders' opt-out lists every five minutes. Customer.io tells nobody of a STOP that it
 * took itself, so this is how it reaches the ledger, Shopify and the other senders.
 */
import type pg from "pg";
import type { Connection } from "#app/core/settings/connection.ts";
import type { AppApi } from "#app/customerio/app-api.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Wakeups } from "#app/queue/wakeups.ts";
import { afterTrouble } from "./app-trouble.ts";
import type { ChoreOutcome, ChoreRun } from "./create-chores.ts";
import { closed, readOptOuts, roundFrom, type OptOutRound } from "./opt-out-rounds.ts";

export type PollPorts = {
  pool: pg.Pool;
  sealer: Sealer;
  wakeups: Wakeups;
  now: () => number;
  /** Null without an App API key. */
  openAppApi: (connection: Connection) => AppApi | null;
};

export const POLL_OPT_OUTS = "poll-opt-outs";

const EVERY_MS = 5 * 60_000;
const SLICE_MS = 3_000;
const CROWDED_MS = 1_000;

export function createPollOptOuts({ pool, sealer, wakeups, now, openAppApi }: PollPorts): ChoreRun {
  return async (shop, cursor, isOver) => {
    const api = openAppApi(openConnection(sealer, shop.credentials ?? ""));
    if (api === null)
      return { cursor: null, againInMs: EVERY_MS, detail: "no App API key", isDone: false };
    const startedAt = now();
    const isEnough = (): boolean => isOver() || now() - startedAt > SLICE_MS;
    const before = roundFrom(cursor, startedAt);
    const { kept } = before;
    const outcome = await readOptOuts({ pool, api }, shop, before, isEnough);
    const { round } = outcome;
    if (round.kept > kept) wakeups.wake("merge", shop.domain, "urgent");
    switch (outcome.kind) {
      case "done":
        return ended(round);
      case "paused":
        return { cursor: round, againInMs: 0, detail: "reading", isDone: false };
      case "crowded":
        return { cursor: round, againInMs: CROWDED_MS, detail: "waits for merge", isDone: false };
      case "trouble":
        return afterTrouble(outcome.trouble, round);
    }
  };
}

function ended(round: OptOutRound): ChoreOutcome {
  const nobodys = round.nobodys > 0 ? `, ${round.nobodys} of profiles nobody can name` : "";
  const detail = `${round.kept} new${nobodys}`;
  return { cursor: closed(round), againInMs: EVERY_MS, detail, isDone: true };
}
