/**
 * What Customer.io can answer to a batch. What each answer means stands in answer-table.ts; here an
 * exchange is read by it. Transient trouble belongs to the workspace, not to the item: everything
 * waits, so that nothing overtakes.
 */
import { rowFor, type Heard, type Silence } from "./answer-table.ts";

export type ItemRefused = { index: number; reason: string; field: string };

export type Answer =
  /** Taken, all but the items named. */
  | { kind: "taken"; status: number; refused: ItemRefused[] }
  /** Some item of the request spoils all of it, nobody says which. */
  | { kind: "refused"; status: number; reason: string; heard: Heard; detail: string }
  /** Try the same again later. `retryAfterMs` is what the workspace asked for, if it did. */
  | {
      kind: "later";
      status: number | null;
      reason: string;
      heard: Heard;
      retryAfterMs: number | null;
    }
  /** The shop's connection is wrong: its owner has to mend it. */
  | { kind: "stopped"; status: number | null; reason: string; heard: Heard };

/** What came back over the wire, or why nothing did. */
export type Exchange =
  | { status: number; body: string; retryAfter: string | null }
  | { silence: Silence };

/** `items` is how many were sent, `nowMs` dates a Retry-After that is a date. */
export function readAnswer(exchange: Exchange, items: number, nowMs: number): Answer {
  if ("silence" in exchange) return meaning(exchange.silence, null, "", null);
  const { status, body } = exchange;
  const retryAfterMs = readRetryAfter(exchange.retryAfter, nowMs);
  if (rowFor(status).so !== "settle") return meaning(status, status, codesIn(body), retryAfterMs);
  const refused = refusedItems(body);
  if (refused === "unreadable") return meaning("unreadable", status, "", null);
  if (refused.some(({ index }) => index < 0 || index >= items)) {
    return meaning("refused_without_place", status, codesIn(body), null);
  }
  return { kind: "taken", status, refused };
}

function meaning(
  on: number | Silence,
  status: number | null,
  detail: string,
  retryAfterMs: number | null,
): Answer {
  const { so, reason, heard } = rowFor(on);
  switch (so) {
    case "settle":
      return { kind: "taken", status: status ?? 200, refused: [] };
    case "dead letter":
      return { kind: "refused", status: status ?? 400, reason, heard, detail };
    case "pause":
      return { kind: "later", status, reason, heard, retryAfterMs };
    case "stop":
      return { kind: "stopped", status, reason, heard };
  }
}

/**
 * The items that failed are named in the body of an answer that calls itself a success. An error that
 * names no item gets the index -1.
 */
function refusedItems(text: string): ItemRefused[] | "unreadable" {
  if (text.trim() === "") return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (fault) {
    if (fault instanceof SyntaxError) return "unreadable";
    throw fault;
  }
  if (typeof body !== "object" || body === null) return "unreadable";
  if (!("errors" in body) || !Array.isArray(body.errors)) return [];
  return body.errors.map((error: unknown) => {
    const said: Record<string, unknown> =
      typeof error === "object" && error !== null ? { ...error } : {};
    const index = said["batch_index"];
    return {
      index: Number.isInteger(index) ? Number(index) : -1,
      reason: codeOf(said["reason"]) ?? "refused",
      field: codeOf(said["field"]) ?? "",
    };
  });
}

const CODE = /^[\w.[\]-]{1,60}$/;

/** A message may repeat what was sent, and that is personal; a code does not. */
function codeOf(said: unknown): string | null {
  return typeof said === "string" && CODE.test(said) ? said : null;
}

function codesIn(body: string): string {
  const codes = body.matchAll(/"(?:reason|field)"\s*:\s*"([\w.[\]-]{1,60})"/g);
  return [...codes]
    .slice(0, 6)
    .map((match) => match[1])
    .join(" ");
}

const RETRY_AFTER_MAX_MS = 3_600_000;
const SECONDS = /^\d+(?:\.\d+)?$/;
/** All three forms of an HTTP date begin with a day's name. */
const DATE = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;

/** Seconds or an HTTP date; what is neither says nothing. At most an hour is believed. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  const said = header?.trim() ?? "";
  let waitMs = Number.NaN;
  if (SECONDS.test(said)) waitMs = Number(said) * 1000;
  else if (DATE.test(said)) waitMs = Date.parse(said) - nowMs;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(0, waitMs), RETRY_AFTER_MAX_MS);
}
