import { isObject, type Json, type JsonObject } from "../control/json.ts";
import {
  FAULT_NAMES,
  type Fault,
  type FaultPlan,
  type PartialChoice,
  type RetryAfter,
} from "./faults.ts";

// Reads a planned fault as the control API takes it: one flat JSON object, so that a test writes
// it in a line. A wrong plan is refused; a test that plans nothing by mistake proves nothing.

const KNOWN = new Set(
  "fault times skip rate workspace method path kind status retryAfter body location ms items every reason field message".split(
    " ",
  ),
);
const STANDARD_STATUS = new Map([
  ["fail", 500],
  ["accept-then-fail", 500],
  ["redirect", 307],
]);

type PlanReading = { ok: true; plan: FaultPlan } | { ok: false; problem: string };

/**
 * Reads `{fault, times?: n | "forever", skip?, rate?, workspace?, method?, path?, kind?, …}`. Further
 * fields by fault: status, retryAfter (seconds, or "date:<seconds>"), body, location, ms, and for
 * `partial` items (places), every, reason, field, message.
 */
export function readFaultPlan(value: unknown): PlanReading {
  if (!isObject(value)) return { ok: false, problem: "a fault must be an object" };
  const unknown = Object.keys(value).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return { ok: false, problem: `unknown field ${unknown}` };
  const name = FAULT_NAMES.find((known) => known === value["fault"]);
  if (!name) return { ok: false, problem: `fault must be one of ${FAULT_NAMES.join(", ")}` };
  const retryAfter = readRetryAfter(value["retryAfter"]);
  if (retryAfter === "invalid")
    return { ok: false, problem: 'retryAfter must be seconds or "date:<seconds>"' };
  const times = value["times"] ?? 1;
  if (times !== "forever" && typeof times !== "number") {
    return { ok: false, problem: 'times must be a number or "forever"' };
  }
  const kind = text(value, "kind");
  const fault: Fault = {
    name,
    status: number(value, "status", STANDARD_STATUS.get(name) ?? 200),
    retryAfter,
    body: readBody(value["body"]),
    location: text(value, "location"),
    ms: typeof value["ms"] === "number" ? value["ms"] : null,
    refused: readChoice(value, kind),
    refusal: {
      reason: text(value, "reason") ?? "simulated",
      field: text(value, "field") ?? "attributes",
      message: text(value, "message") ?? "refused by a planned fault",
    },
  };
  const match = {
    siteId: text(value, "workspace"),
    method: text(value, "method"),
    path: text(value, "path"),
    kind,
  };
  return {
    ok: true,
    plan: { match, fault, times, skip: number(value, "skip", 0), rate: number(value, "rate", 1) },
  };
}

function readRetryAfter(value: Json | undefined): RetryAfter | "invalid" {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return { form: "seconds", seconds: value };
  const seconds =
    typeof value === "string" && value.startsWith("date:") ? Number(value.slice(5)) : Number.NaN;
  return Number.isFinite(seconds) ? { form: "date", seconds } : "invalid";
}

function readBody(value: Json | undefined): object | string | null {
  return typeof value === "object" || typeof value === "string" ? value : null;
}

function readChoice(value: JsonObject, kind: string | null): PartialChoice {
  const items = value["items"];
  const indexes = Array.isArray(items) ? items.map(Number) : null;
  return { indexes, kind, every: Math.max(1, number(value, "every", 1)) };
}

function text(value: JsonObject, field: string): string | null {
  const found = value[field];
  return typeof found === "string" ? found : null;
}

function number(value: JsonObject, field: string, standard: number): number {
  const found = value[field];
  return typeof found === "number" ? found : standard;
}
