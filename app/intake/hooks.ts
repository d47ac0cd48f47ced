// The door for what Twilio and Customer.io send: texts, delivery reports, preferences. Like the
// webhooks' door it stores what is signed as it came and says 200 only when it is durable; what it
// says is read later. Customer.io holds everything else back for an hour after a refusal, so a
// signature is refused only when the secret it fails has just been read.

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

import type { Inbox, InboxRow } from "../db/inbox.ts";
import { createFaultReports, type FaultLog } from "../queue/fault-reports.ts";
import type { Wakeups } from "../queue/wakeups.ts";
import { createAdmission, type Admitted } from "./admission.ts";
import { accept, acceptWithTwiml, askAgain, refuse, type RefusalStatus } from "./answers.ts";
import { createGroupCommit } from "./group-commit.ts";
import { hookAt } from "./hook-entrance.ts";
import { newHookCounts, type HookCounts } from "./hook-counts.ts";
import { hookId } from "./hook-id.ts";
import { readProof, type HookProof } from "./hook-proof.ts";
import { readWhole } from "./read-whole.ts";
import type { SecretsReader } from "./shop-secrets.ts";
import { storeGroup } from "./store-group.ts";

export type HookDoor = {
  /** Answers a request whose path (without its query) begins with `/hooks/`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): void;
  counts(): HookCounts;
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

/** A request that was let in and has no answer yet, until `answered`. */
type Visit = Admitted & {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly proof: HookProof;
  readonly impatience: NodeJS.Timeout;
  answered: boolean;
};

type Filed = InboxRow & { readonly visit: Visit; readonly bytes: number };

const BODY_BYTES_MAX = 1024 * 1024;
/** Customer.io hangs up after four seconds. */
const WAIT_MS_MAX = 3_500;
const ADMISSION = { requestsMax: 500, bytesMax: 32 * 1024 * 1024, waitMsMax: WAIT_MS_MAX };
const GROUP = { entriesMax: 64, bytesMax: 4 * 1024 * 1024 };
/** A secret read as lately as this is not read again because a signature fails it. */
const JUST_READ_MS = 1_000;
const CHECK_EVERY_MS = 50;

export function createHookDoor(options: HookDoorOptions): HookDoor {
  const { inbox, secrets, wakeups, publicUrl, now = Date.now } = options;
  const admission = createAdmission<Visit>(ADMISSION);
  const reportFault = createFaultReports(options.log, "hooks could not be stored");
  const counts = newHookCounts();
  let closing = false;

  const groups = createGroupCommit<Filed>(
    {
      store: async (group) => (await storeGroup(inbox, group, reportFault)).failed,
      settle(group, failed) {
        for (const filed of group) {
          if (failed.has(filed)) giveUp(filed.visit);
          else acknowledge(filed.visit);
        }
        const stored = group.filter((filed) => !failed.has(filed));
        for (const shop of new Set(stored.map((filed) => filed.shop))) {
          wakeups.wake("merge", shop, "urgent");
        }
      },
      isWithdrawn: (filed) => filed.visit.answered,
    },
    GROUP,
  );

  function handle(request: IncomingMessage, response: ServerResponse, path: string): void {
    const entrance = hookAt(path);
    if (entrance === undefined) return turnAway(response, 404, "no such hook");
    if (request.method !== "POST") return turnAway(response, 405, "POST only");
    const proof = readProof(entrance, request, publicUrl, now());
    if (proof === null) return turnAway(response, 401, "signature missing or too old");
    const length = request.headers["content-length"];
    const declared = length === undefined ? BODY_BYTES_MAX : Number(length);
    if (declared > BODY_BYTES_MAX) return turnAway(response, 413, "body too large");
    const visit: Visit = {
      admittedAt: performance.now(),
      heldBytes: declared,
      request,
      response,
      proof,
      impatience: setTimeout(() => giveUp(visit), WAIT_MS_MAX),
      answered: false,
    };
    if (closing || !admission.enter(visit)) {
      clearTimeout(visit.impatience);
      counts.overloaded += 1;
      return askAgain(response, closing);
    }
    attend(visit).catch((error: unknown) => {
      reportFault(error);
      giveUp(visit);
    });
  }

  async function attend(visit: Visit): Promise<void> {
    const body = await readWhole(visit.request, BODY_BYTES_MAX);
    if (body === "gone") return void leave(visit);
    if (body === "too_large") return decline(visit, 413, "body too large");
    if (!(await isGenuine(visit.proof, body))) return decline(visit, 401, "signature wrong");
    if (visit.answered) return;
    const { shop, topic, signedAt } = visit.proof;
    groups.add({
      shop,
      topic,
      webhookId: hookId(topic, body, signedAt),
      eventId: null,
      apiVersion: null,
      triggeredAt: signedAt === null ? null : new Date(signedAt).toISOString(),
      body,
      visit,
      bytes: body.length,
    });
  }

  async function isGenuine({ shop, isBy }: HookProof, body: Buffer): Promise<boolean> {
    if (isBy(await secrets.read(shop), body)) return true;
    return isBy(await secrets.read(shop, JUST_READ_MS), body);
  }

  function acknowledge(visit: Visit): void {
    if (!leave(visit)) return;
    counts.acknowledged += 1;
    if (visit.proof.topic === "twilio/message") acceptWithTwiml(visit.response, closing);
    else accept(visit.response, closing);
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
    counts.refused += 1;
    refuse(response, status, reason);
  }

  /** False when the visit is over already. */
  function leave(visit: Visit): boolean {
    if (visit.answered) return false;
    visit.answered = true;
    clearTimeout(visit.impatience);
    admission.leave(visit);
    return true;
  }

  async function close(): Promise<void> {
    closing = true;
    while (admission.requests() > 0) {
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
    await groups.drained();
  }

  return { handle, counts: () => ({ ...counts }), close };
}
