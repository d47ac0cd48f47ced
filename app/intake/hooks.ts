// The door for what Twilio and Customer.io send: texts, delivery reports, preferences. Like the
// webhooks' door it stores what is signed as it came and says 200 only when it is durable; what it
// says is read later. Customer.io holds everything else back for an hour after a refusal, so a
// signature is refused only when the secret it fails has just been read.

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

import type { Inbox } from "../db/inbox.ts";
import { createFaultReports, type FaultLog } from "../queue/fault-reports.ts";
import type { Wakeups } from "../queue/wakeups.ts";
import { accept, acceptWithTwiml } from "./answers.ts";
import { hookAt } from "./hook-entrance.ts";
import { fileHook } from "./hook-file.ts";
import { readProof, type HookProof } from "./hook-proof.ts";
import { readWhole } from "./read-whole.ts";
import type { SecretsReader } from "./shop-secrets.ts";
import type { VisitCounts } from "./visit-counts.ts";
import { createVisits, type Visit, type VisitLimits } from "./visits.ts";

export type HookDoor = {
  /** Answers a request whose path (without its query) begins with `/hooks/`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): void;
  counts(): VisitCounts;
  /** Refuses what still comes, and resolves when all that was let in has its answer. */
  close(): Promise<void>;
};

export type HookDoorOptions = {
  inbox: Inbox;
  secrets: SecretsReader;
  wakeups: Pick<Wakeups, "wake">;
  log: FaultLog;
  /** The origin under which Twilio reaches this server: its signature covers it. */
  publicUrl: string;
  /** Milliseconds since 1970. */
  now?: () => number;
};

type Guest = Visit & { readonly proof: HookProof };

const BODY_BYTES_MAX = 1024 * 1024;
const LIMITS: VisitLimits = {
  groupRowsMax: 64,
  groupBytesMax: 4 * 1024 * 1024,
  requestsMax: 500,
  bytesMax: 32 * 1024 * 1024,
  /** Customer.io hangs up after four seconds. */
  waitMsMax: 3_500,
};
/** A secret read as lately as this is not read again because a signature fails it. */
const JUST_READ_MS = 1_000;

export function createHookDoor(options: HookDoorOptions): HookDoor {
  const { inbox, secrets, wakeups, publicUrl, now = Date.now } = options;
  const reportFault = createFaultReports(options.log, "hooks could not be stored");
  const visits = createVisits<Guest>({
    ...{ inbox, wakeups, limits: LIMITS, reportFault },
    accept({ proof, response }, last) {
      if (proof.kind === "twilio") acceptWithTwiml(response, last);
      else accept(response, last);
    },
  });

  function handle(request: IncomingMessage, response: ServerResponse, path: string): void {
    const entrance = hookAt(path);
    if (entrance === undefined) return visits.turnAway(response, 404, "no such hook");
    if (request.method !== "POST") return visits.turnAway(response, 405, "POST only");
    const proof = readProof(entrance, request, publicUrl, now());
    if (proof === null) return visits.turnAway(response, 401, "signature missing or too old");
    const length = request.headers["content-length"];
    const declared = length === undefined ? BODY_BYTES_MAX : Number(length);
    if (declared > BODY_BYTES_MAX) return visits.turnAway(response, 413, "body too large");
    const guest: Guest = {
      admittedAt: performance.now(),
      heldBytes: declared,
      request,
      response,
      proof,
      answered: false,
    };
    if (!visits.enter(guest)) return;
    attend(guest).catch((error: unknown) => {
      reportFault(error);
      visits.giveUp(guest);
    });
  }

  async function attend(guest: Guest): Promise<void> {
    const body = await readWhole(guest.request, BODY_BYTES_MAX);
    if (body === "gone") return void visits.leave(guest);
    if (body === "too_large") return visits.decline(guest, 413, "body too large");
    if (!(await isGenuine(guest.proof, body))) return visits.decline(guest, 401, "signature wrong");
    if (guest.answered) return;
    const { shop, kind, signedAt } = guest.proof;
    visits.file({
      shop,
      ...fileHook(kind, body, signedAt),
      eventId: null,
      apiVersion: null,
      triggeredAt: signedAt === null ? null : new Date(signedAt).toISOString(),
      body,
      visit: guest,
      bytes: body.length,
    });
  }

  async function isGenuine({ shop, isBy }: HookProof, body: Buffer): Promise<boolean> {
    if (isBy(await secrets.read(shop), body)) return true;
    return isBy(await secrets.read(shop, JUST_READ_MS), body);
  }

  return { handle, counts: visits.counts, close: visits.close };
}
