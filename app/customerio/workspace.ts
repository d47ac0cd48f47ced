/**
 * One Customer.io workspace, spoken to through customerio-node in batches (Track v2). The client's
 * own retry is off: retrying is decided in one place, by what the answer means.
 */
import { CustomerIORequestError, RegionEU, RegionUS, TrackClient } from "customerio-node";
import type { Connection } from "#app/core/settings/connection.ts";
import type { Answer, ItemRefused } from "./answer.ts";
import { sortAnswer } from "./answer.ts";
import type { Operation } from "./operations.ts";

export type Workspace = { send(operations: readonly Operation[]): Promise<Answer> };

const TIMEOUT_MS = 10_000;

/** `trackUrl` is an origin that replaces the region's (a proxy); null uses the region's. */
export function createWorkspace(connection: Connection, trackUrl: string | null): Workspace {
  const client = new TrackClient(connection.site_id, connection.api_key, {
    region: connection.region === "eu" ? RegionEU : RegionUS,
    ...(trackUrl === null ? {} : { url: `${trackUrl.replace(/\/+$/, "")}/api/v1` }),
    timeout: TIMEOUT_MS,
    retry: { maxRetries: 0 },
  });
  return {
    async send(operations) {
      try {
        const body: unknown = await client.batch([...operations]);
        const refused = refusedItems(body);
        return { kind: "taken", status: refused.length > 0 ? 207 : 200, refused };
      } catch (fault) {
        return answerOfFault(fault);
      }
    },
  };
}

/** customerio-node calls a partly failed batch a success; the items that failed are in its body. */
function refusedItems(body: unknown): ItemRefused[] {
  if (typeof body !== "object" || body === null || !("errors" in body)) return [];
  if (!Array.isArray(body.errors)) return [];
  return body.errors.flatMap((error: unknown) => {
    if (typeof error !== "object" || error === null || !("batch_index" in error)) return [];
    const index = Number(error.batch_index);
    const reason = "reason" in error ? String(error.reason) : "refused";
    const field = "field" in error ? String(error.field) : "";
    return Number.isInteger(index) ? [{ index, reason, field }] : [];
  });
}

/** Answers that arrived are sorted by status; what never arrived may have been done or not. */
function answerOfFault(fault: unknown): Answer {
  if (fault instanceof CustomerIORequestError) {
    const retryAfter = fault.response.headers["retry-after"] ?? null;
    return sortAnswer(fault.statusCode, reasonsIn(fault.body), retryAfter, Date.now());
  }
  if (!(fault instanceof Error) || fault.name === "MissingParamError") throw fault;
  return { kind: "later", status: null, reason: reasonOfSilence(fault), retryAfterMs: null };
}

function reasonOfSilence(fault: Error): string {
  if (fault.name === "TimeoutError") return "timeout";
  return fault instanceof TypeError ? "network" : "unreadable_answer";
}

/** Only the codes: a message may repeat what was sent, and that is personal. */
function reasonsIn(body: unknown): string {
  const codes = String(body).matchAll(/"(?:reason|field)"\s*:\s*"([\w.[\]-]{1,60})"/g);
  return [...codes]
    .slice(0, 6)
    .map((match) => match[1])
    .join(" ");
}
