// The front door for Shopify's webhooks, in front of everything else the server does. It checks the
// signature over the raw bytes, stores them as they came, and says 200 only when they are durable;
// whenever that is not certain it says 503, and the repeat is recognized by its key. It parses no
// body, reads no session and calls nobody. Waking the worker comes after the answer.

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

import { TOPICS } from "../core/topics.ts";
import type { Inbox, InboxRow } from "../db/inbox.ts";
import { createFaultReports, type FaultLog } from "../queue/fault-reports.ts";
import type { Wakeups } from "../queue/wakeups.ts";
import { createAdmission, type Admitted } from "./admission.ts";
import { accept, askAgain, refuse, type RefusalStatus } from "./answers.ts";
import {
  heldBytes,
  joinBody,
  KEPT_BYTES_MAX,
  newBody,
  STREAMED_BYTES_MAX,
  STUB_BYTES,
  takeChunk,
  type Body,
} from "./body.ts";
import {
  entranceAt,
  readEnvelope,
  readSignature,
  type Entrance,
  type Envelope,
} from "./envelope.ts";
import { createGroupCommit } from "./group-commit.ts";
import { createVerifier, type Secrets } from "./signature.ts";
import { storeGroup } from "./store-group.ts";
import { newWebhookCounts, type WebhookCounts } from "./webhook-counts.ts";

export type WebhookDoor = {
  /** Answers a request whose path (without its query) begins with `/webhooks/`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): void;
  counts(): WebhookCounts;
  /** Requests that were let in and have no answer yet. */
  waiting(): number;
  /** Refuses what still comes, and resolves when all that was let in has its answer. */
  close(): Promise<void>;
};

export type WebhookLimits = {
  groupRowsMax: number;
  groupBytesMax: number;
  requestsMax: number;
  bytesMax: number;
  waitMsMax: number;
};

export type WebhookDoorOptions = {
  inbox: Inbox;
  secrets: Secrets;
  wakeups: Pick<Wakeups, "wake">;
  log: FaultLog;
  limits?: WebhookLimits;
};

/** Shopify hangs up after five seconds and repeats: an answer at four comes in time. */
export const WEBHOOK_LIMITS: WebhookLimits = {
  groupRowsMax: 256,
  groupBytesMax: 4 * 1024 * 1024,
  requestsMax: 2_000,
  bytesMax: 32 * 1024 * 1024,
  waitMsMax: 4_000,
};

/** A request that was let in and has no answer yet, until `answered`. */
type Visit = Admitted & {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entrance: Entrance;
  readonly signature: string;
  readonly body: Body;
  answered: boolean;
};

type Filed = InboxRow & Envelope & { readonly visit: Visit; readonly bytes: number };

const CHECK_EVERY_MS = 50;

export function createWebhookDoor(options: WebhookDoorOptions): WebhookDoor {
  const { inbox, wakeups, limits = WEBHOOK_LIMITS } = options;
  const verifier = createVerifier(options.secrets);
  const admission = createAdmission<Visit>(limits);
  const reportFault = createFaultReports(options.log, "webhooks could not be stored");
  const counts = newWebhookCounts();
  let closing = false;

  const groups = createGroupCommit<Filed>(
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
    for (const visit of admission.overdue(performance.now())) giveUp(visit);
    // Those who hung up in the middle of a body. Looked for here, because a listener on every
    // request would cost the others more.
    for (const visit of admission.all()) {
      if (visit.request.destroyed && !visit.request.complete) leave(visit);
    }
  }, CHECK_EVERY_MS);
  overdueCheck.unref();

  function handle(request: IncomingMessage, response: ServerResponse, path: string): void {
    const entrance = entranceAt(path);
    if (entrance === undefined) return turnAway(response, 404, "no such topic");
    if (request.method !== "POST") return turnAway(response, 405, "POST only");
    const signature = readSignature(request.headers);
    if (signature === null) return turnAway(response, 401, "signature missing");
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > STREAMED_BYTES_MAX) return turnAway(response, 413, "body too large");
    const visit: Visit = {
      admittedAt: performance.now(),
      heldBytes: declared > KEPT_BYTES_MAX ? STUB_BYTES : declared,
      request,
      response,
      entrance,
      signature,
      body: newBody(),
      answered: false,
    };
    if (closing || !admission.enter(visit)) {
      counts.overloaded += 1;
      return askAgain(response, closing);
    }
    listen(visit);
  }

  function listen(visit: Visit): void {
    visit.request.on("data", (chunk: Buffer) => hear(visit, chunk));
    visit.request.on("end", () => file(visit));
  }

  function hear(visit: Visit, chunk: Buffer): void {
    if (visit.answered) return;
    if (!takeChunk(visit.body, chunk, verifier)) return decline(visit, 413, "body too large");
    const held = heldBytes(visit.body);
    const isReserved = visit.body.running === null && held <= visit.heldBytes;
    if (isReserved || admission.hold(visit, held)) return;
    // Without a declared length there is no telling before the body comes.
    leave(visit);
    counts.overloaded += 1;
    askAgain(visit.response, closing);
  }

  function file(visit: Visit): void {
    if (visit.answered) return;
    const { running, size } = visit.body;
    const body = joinBody(visit.body);
    const isSigned =
      running === null ? verifier.verify(body, visit.signature) : running.matches(visit.signature);
    if (!isSigned) return decline(visit, 401, "signature wrong");
    const reading = readEnvelope(visit.request.headers, visit.entrance);
    if (!reading.ok) return decline(visit, 400, reading.problem);
    if (running === null) groups.add({ ...reading.envelope, body, visit, bytes: size });
    else void fileStub(visit, reading.envelope, body);
  }

  async function fileStub(visit: Visit, row: Envelope, head: Buffer): Promise<void> {
    try {
      const fresh = await inbox.keepStub({ row, size: visit.body.size, head });
      counts.stubs += fresh;
      counts.repeated += 1 - fresh;
      acknowledge(visit);
    } catch (error) {
      reportFault(error);
      giveUp(visit);
    }
  }

  function acknowledge(visit: Visit): void {
    if (!leave(visit)) return;
    counts.acknowledged += 1;
    accept(visit.response, closing);
  }

  function giveUp(visit: Visit): void {
    if (!leave(visit)) return;
    counts.failed += 1;
    askAgain(visit.response, closing || !visit.request.complete);
  }

  function decline(visit: Visit, status: RefusalStatus, reason: string): void {
    if (leave(visit)) turnAway(visit.response, status, reason);
  }

  function turnAway(response: ServerResponse, status: RefusalStatus, reason: string): void {
    counts.refused[status] += 1;
    refuse(response, status, reason);
  }

  /** False when the visit is over already. */
  function leave(visit: Visit): boolean {
    if (visit.answered) return false;
    visit.answered = true;
    admission.leave(visit);
    return true;
  }

  function wakeFor(group: readonly Filed[], failed: ReadonlySet<Filed>): void {
    let shop = "";
    let lane = -1;
    for (const filed of group) {
      if (failed.has(filed)) continue;
      const filedLane = TOPICS[filed.topic].lane;
      if (filed.shop === shop && filedLane === lane) continue;
      ({ shop } = filed);
      lane = filedLane;
      wakeups.wake("merge", shop, lane === 0 ? "urgent" : "new");
    }
  }

  async function close(): Promise<void> {
    closing = true;
    while (admission.requests() > 0) await everyoneLeft();
    await groups.drained();
    clearInterval(overdueCheck);
  }

  function everyoneLeft(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  }

  return {
    handle,
    counts: () => ({ ...counts, refused: { ...counts.refused } }),
    waiting: () => admission.requests(),
    close,
  };
}
