// The front door for Shopify's webhooks, in front of everything else the server does. It checks the
// signature over the raw bytes, stores them as they came, and says 200 only when they are durable;
// whenever that is not certain it says 503, and the repeat is recognized by its key. It parses no
// body, reads no session and calls nobody. Waking the worker comes after the answer.

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

import type { Inbox } from "../db/inbox.ts";
import { createFaultReports, type FaultLog } from "../queue/fault-reports.ts";
import type { Wakeups } from "../queue/wakeups.ts";
import { accept } from "./answers.ts";
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
import { createVerifier, type Secrets } from "./signature.ts";
import type { VisitCounts } from "./visit-counts.ts";
import { createVisits, type Visit, type VisitLimits } from "./visits.ts";

export type WebhookDoor = {
  /** Answers a request whose path (without its query) begins with `/webhooks/`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): void;
  counts(): WebhookCounts;
  /** Requests that were let in and have no answer yet. */
  waiting(): number;
  /** Refuses what still comes, and resolves when all that was let in has its answer. */
  close(): Promise<void>;
};

/** `stubs`: kept as dead letters, because they were too large. */
export type WebhookCounts = VisitCounts & { stubs: number };

export type WebhookDoorOptions = {
  inbox: Inbox;
  secrets: Secrets;
  wakeups: Pick<Wakeups, "wake">;
  log: FaultLog;
  limits?: VisitLimits;
};

/** Shopify hangs up after five seconds and repeats: an answer at four comes in time. */
export const WEBHOOK_LIMITS: VisitLimits = {
  groupRowsMax: 256,
  groupBytesMax: 4 * 1024 * 1024,
  requestsMax: 2_000,
  bytesMax: 32 * 1024 * 1024,
  waitMsMax: 4_000,
};

type Guest = Visit & {
  readonly entrance: Entrance;
  readonly signature: string;
  readonly body: Body;
};

export function createWebhookDoor(options: WebhookDoorOptions): WebhookDoor {
  const { inbox, wakeups, limits = WEBHOOK_LIMITS } = options;
  const verifier = createVerifier(options.secrets);
  const reportFault = createFaultReports(options.log, "webhooks could not be stored");
  const visits = createVisits<Guest>({
    ...{ inbox, wakeups, limits, reportFault },
    accept: ({ response }, last) => accept(response, last),
  });
  const stubs = { kept: 0, repeated: 0 };

  function handle(request: IncomingMessage, response: ServerResponse, path: string): void {
    const entrance = entranceAt(path);
    if (entrance === undefined) return visits.turnAway(response, 404, "no such topic");
    if (request.method !== "POST") return visits.turnAway(response, 405, "POST only");
    const signature = readSignature(request.headers);
    if (signature === null) return visits.turnAway(response, 401, "signature missing");
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > STREAMED_BYTES_MAX) return visits.turnAway(response, 413, "body too large");
    const guest: Guest = {
      admittedAt: performance.now(),
      heldBytes: declared > KEPT_BYTES_MAX ? STUB_BYTES : declared,
      request,
      response,
      entrance,
      signature,
      body: newBody(),
      answered: false,
    };
    if (visits.enter(guest)) listen(guest);
  }

  function listen(guest: Guest): void {
    guest.request.on("data", (chunk: Buffer) => hear(guest, chunk));
    guest.request.on("end", () => file(guest));
  }

  function hear(guest: Guest, chunk: Buffer): void {
    if (guest.answered) return;
    if (!takeChunk(guest.body, chunk, verifier)) {
      return visits.decline(guest, 413, "body too large");
    }
    const held = heldBytes(guest.body);
    const isReserved = guest.body.running === null && held <= guest.heldBytes;
    // Without a declared length there is no telling before the body comes.
    if (!isReserved) visits.hold(guest, held);
  }

  function file(guest: Guest): void {
    if (guest.answered) return;
    const { running, size } = guest.body;
    const body = joinBody(guest.body);
    const isSigned =
      running === null ? verifier.verify(body, guest.signature) : running.matches(guest.signature);
    if (!isSigned) return visits.decline(guest, 401, "signature wrong");
    const reading = readEnvelope(guest.request.headers, guest.entrance);
    if (!reading.ok) return visits.decline(guest, 400, reading.problem);
    if (running === null) visits.file({ ...reading.envelope, body, visit: guest, bytes: size });
    else void fileStub(guest, reading.envelope, body);
  }

  async function fileStub(guest: Guest, row: Envelope, head: Buffer): Promise<void> {
    try {
      const fresh = await inbox.keepStub({ row, size: guest.body.size, head });
      stubs.kept += fresh;
      stubs.repeated += 1 - fresh;
      visits.acknowledge(guest);
    } catch (error) {
      reportFault(error);
      visits.giveUp(guest);
    }
  }

  function counts(): WebhookCounts {
    const all = visits.counts();
    return { ...all, repeated: all.repeated + stubs.repeated, stubs: stubs.kept };
  }

  return { handle, counts, waiting: visits.waiting, close: visits.close };
}
