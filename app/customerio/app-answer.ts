/**
 * What Customer.io's App API can answer, sorted by what the caller can do about it. An answer
 * without the documented shape teaches nothing, whatever its status: it counts as trouble that
 * passes, never as "there is nobody".
 */
import { CustomerIORequestError } from "customerio-node";
import type { z } from "zod";
import { readRetryAfter } from "./answer.ts";

export type AppAnswer<Value> =
  | { kind: "ok"; value: Value }
  /** Who or what was asked about is not there. */
  | { kind: "missing" }
  /** The App API key is not accepted. */
  | { kind: "unauthorized"; status: number }
  /** The request itself is wrong: a retry does not help. `detail` names nobody. */
  | { kind: "refused"; status: number; detail: string }
  /** Try the same again later. `retryAfterMs` is what the workspace asked for, if it did. */
  | { kind: "later"; status: number | null; reason: string; retryAfterMs: number | null };

/** Reads a body by its documented shape, and translates it. */
export function readBody<Body, Value>(
  schema: z.ZodType<Body>,
  body: unknown,
  translate: (body: Body) => Value,
): AppAnswer<Value> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return later(null, "unreadable_answer", null);
  return { kind: "ok", value: translate(parsed.data) };
}

/** Throws what is no answer of the service and no silence of it either: a fault of ours. */
export function sortFault(fault: unknown, nowMs: number): AppAnswer<never> {
  if (fault instanceof CustomerIORequestError) {
    const retryAfter = fault.response.headers["retry-after"] ?? null;
    return sortStatus(fault.statusCode, fault.body, readRetryAfter(retryAfter, nowMs));
  }
  if (!(fault instanceof Error)) throw fault;
  if (fault.name === "TimeoutError") return later(null, "timeout", null);
  return later(null, fault instanceof TypeError ? "network" : "unreadable_answer", null);
}

function sortStatus(status: number, body: unknown, retryAfterMs: number | null): AppAnswer<never> {
  if (status === 401 || status === 403) return { kind: "unauthorized", status };
  if (status === 404) return { kind: "missing" };
  if (status === 429) return later(status, "rate_limited", retryAfterMs);
  if (status >= 500) return later(status, "server_error", retryAfterMs);
  if (status === 408 || status < 400) return later(status, "unexpected", retryAfterMs);
  return { kind: "refused", status, detail: detailOf(body) };
}

function later(
  status: number | null,
  reason: string,
  retryAfterMs: number | null,
): AppAnswer<never> {
  return { kind: "later", status, reason, retryAfterMs };
}

const DETAIL_MAX = 200;

/** The service's own words, without what may be somebody's number or email. */
function detailOf(body: unknown): string {
  const details = String(body).matchAll(/"(?:detail|code|pointer|error)"\s*:\s*"([^"]{1,200})"/g);
  return [...details]
    .map(([, text = ""]) => text.replaceAll(/\S*@\S*|\+?\d[\d ()-]{4,}/g, "…"))
    .join(" ")
    .slice(0, DETAIL_MAX);
}
