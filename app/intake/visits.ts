// The life of a visit, the same at every door: let in while there is room, stored with the others that
// came meanwhile, answered when that is durable, and told to come again when it is not or when it takes
// too long. A door adds how it reads a request and what it believes. Waking the worker comes after
// the answers.

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

import { laneOf } from "../core/topics.ts";
import type { Inbox, InboxRow } from "../db/inbox.ts";
import type { Wakeups } from "../queue/wakeups.ts";
import { createAdmission, type Admitted } from "./admission.ts";
import { askAgain, refuse, type RefusalStatus } from "./answers.ts";
import { createGroupCommit } from "./group-commit.ts";
import { storeGroup } from "./store-group.ts";
import { newVisitCounts, type VisitCounts } from "./visit-counts.ts";

/** A request that was let in and has no answer yet, until `answered`. */
export type Visit = Admitted & {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  answered: boolean;
};

export type Filed<Guest extends Visit> = InboxRow & {
  readonly visit: Guest;
  readonly bytes: number;
};

export type VisitLimits = {
  groupRowsMax: number;
  groupBytesMax: number;
  requestsMax: number;
  bytesMax: number;
  waitMsMax: number;
};

export type VisitOptions<Guest extends Visit> = {
  inbox: Inbox;
  wakeups: Pick<Wakeups, "wake">;
  limits: VisitLimits;
  reportFault: (error: unknown) => void;
  /** Says 200; `last` asks the sender to leave the connection. */
  accept: (guest: Guest, last: boolean) => void;
};

export type Visits<Guest extends Visit> = {
  /** Lets the guest in; otherwise answers 503 and returns false. */
  enter(guest: Guest): boolean;
  /** Changes the bytes the guest holds; otherwise answers 503, and the visit is over. */
  hold(guest: Guest, bytes: number): void;
  /** Stores the row with the next group, and answers the guest by what became of it. */
  file(filed: Filed<Guest>): void;
  acknowledge(guest: Guest): void;
  giveUp(guest: Guest): void;
  decline(guest: Guest, status: RefusalStatus, reason: string): void;
  /** Ends a visit without an answer; false when it is over already. */
  leave(guest: Guest): boolean;
  /** Refuses who was never let in. */
  turnAway(response: ServerResponse, status: RefusalStatus, reason: string): void;
  counts(): VisitCounts;
  /** Guests that have no answer yet. */
  waiting(): number;
  /** Refuses who still comes, and resolves when all that were let in have their answer. */
  close(): Promise<void>;
};

const CHECK_EVERY_MS = 50;

export function createVisits<Guest extends Visit>(options: VisitOptions<Guest>): Visits<Guest> {
  const { inbox, wakeups, limits, reportFault } = options;
  const admission = createAdmission<Guest>(limits);
  const counts = newVisitCounts();
  let closing = false;

  const groups = createGroupCommit<Filed<Guest>>(
    {
      async store(group) {
        const { failed, repeated } = await storeGroup(inbox, group, reportFault);
        counts.groups += 1;
        counts.repeated += repeated;
        counts.stored += group.length - failed.size - repeated;
        return failed;
      },
      settle(group, failed) {
        for (const filed of group) {
          if (failed.has(filed)) giveUp(filed.visit);
          else acknowledge(filed.visit);
        }
        wakeFor(group, failed);
      },
      isWithdrawn: (filed) => filed.visit.answered,
    },
    { entriesMax: limits.groupRowsMax, bytesMax: limits.groupBytesMax },
  );

  const overdueCheck = setInterval(() => {
    for (const guest of admission.overdue(performance.now())) giveUp(guest);
    // Those who hung up in the middle of a body. Looked for here, because a listener on every
    // request would cost the others more.
    for (const guest of admission.all()) {
      if (guest.request.destroyed && !guest.request.complete) leave(guest);
    }
  }, CHECK_EVERY_MS);
  overdueCheck.unref();

  function enter(guest: Guest): boolean {
    if (!closing && admission.enter(guest)) return true;
    counts.overloaded += 1;
    askAgain(guest.response, closing);
    return false;
  }

  function hold(guest: Guest, bytes: number): void {
    if (admission.hold(guest, bytes)) return;
    leave(guest);
    counts.overloaded += 1;
    askAgain(guest.response, closing);
  }

  function acknowledge(guest: Guest): void {
    if (!leave(guest)) return;
    counts.acknowledged += 1;
    options.accept(guest, closing);
  }

  function giveUp(guest: Guest): void {
    if (!leave(guest)) return;
    counts.failed += 1;
    askAgain(guest.response, closing || !guest.request.complete);
  }

  function decline(guest: Guest, status: RefusalStatus, reason: string): void {
    if (leave(guest)) turnAway(guest.response, status, reason);
  }

  function turnAway(response: ServerResponse, status: RefusalStatus, reason: string): void {
    counts.refused[status] += 1;
    refuse(response, status, reason);
  }

  function leave(guest: Guest): boolean {
    if (guest.answered) return false;
    guest.answered = true;
    admission.leave(guest);
    return true;
  }

  function wakeFor(group: readonly Filed<Guest>[], failed: ReadonlySet<Filed<Guest>>): void {
    let shop = "";
    let lane = -1;
    for (const filed of group) {
      if (failed.has(filed)) continue;
      const filedLane = laneOf(filed.topic);
      if (filed.shop === shop && filedLane === lane) continue;
      ({ shop } = filed);
      lane = filedLane;
      wakeups.wake("merge", shop, lane === 0 ? "urgent" : "new");
    }
  }

  async function close(): Promise<void> {
    closing = true;
    while (admission.requests() > 0) {
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
    await groups.drained();
    clearInterval(overdueCheck);
  }

  return {
    enter,
    hold,
    file: (filed) => groups.add(filed),
    acknowledge,
    giveUp,
    decline,
    leave,
    turnAway,
    counts: () => ({ ...counts, refused: { ...counts.refused } }),
    waiting: () => admission.requests(),
    close,
  };
}
