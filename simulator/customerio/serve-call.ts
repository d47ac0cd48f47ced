import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { encodeBody, sendAnswer, type Answer } from "../control/answer.ts";
import { isObject, parseJson } from "../control/json.ts";
import { readBody } from "../control/read-body.ts";
import { answerCall } from "./answer-call.ts";
import { findByCredentials } from "./authorize.ts";
import type { Call } from "./call.ts";
import { createRefuser, fitsTarget, isProcessed, planAnswer, type Fault } from "./faults.ts";
import { countKinds } from "./item-kinds.ts";
import type { RequestEntry } from "./request-log.ts";
import type { Simulation } from "./simulation.ts";

// One API request from arrival to answer: read, find out whose it is, let a planned fault befall
// it, process it, hold the answer back for the round trip, and note what happened.

const HIGHEST_BODY_BYTES = 8 * 1024 * 1024;

/** Serves one request of the simulated APIs. */
export async function serveCall(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const arrivedAt = performance.now();
  const atMs = simulation.now();
  const body = await readBody(request, HIGHEST_BODY_BYTES);
  if (body.outcome === "aborted") return;
  if (body.outcome === "too_large") return sendAnswer(response, { status: 413, body: null });

  simulation.requests.began();
  const { method = "GET" } = request;
  const path = url.pathname;
  const parsed = parseJson(body.bytes.toString("utf8"));
  const value = parsed.ok ? parsed.value : null;
  const workspace = findByCredentials(
    simulation.workspaces.values(),
    path,
    request.headers.authorization,
  );
  const siteId = workspace?.account.siteId ?? null;
  const kinds = countKinds(method, path, value);
  const target = { siteId, method, path, kinds };
  const fault = simulation.faults.take((match) => fitsTarget(match, target));
  if (fault?.name === "delay") await pause(simulation, fault.ms);

  const call: Call = {
    method,
    path,
    query: url.searchParams,
    body: value,
    bodyBytes: body.bytes.length,
    refuseItem: createRefuser(fault),
  };
  const processed = fault === null || isProcessed(fault);
  const own = !processed
    ? null
    : parsed.ok
      ? answerCall(simulation, workspace, call)
      : ({ status: 400, body: { meta: { error: "malformed JSON" } } } as const);
  const answer = fault === null ? own : (planAnswer(fault, path, simulation.now()) ?? own);

  const left = simulation.settings.roundTripMs - (performance.now() - arrivedAt);
  if (left > 0) await wait(left);
  if (fault?.name === "slow-answer") await pause(simulation, fault.ms);

  // Noted before the answer goes out: whoever has the answer finds the request in the log.
  const told = isTold(fault) && !response.destroyed ? answer : null;
  const entry: RequestEntry = {
    sequence: simulation.requests.entries.total() + 1,
    atMs,
    ...target,
    items: Object.values(kinds).reduce((sum, count) => sum + count, 0),
    bytes: body.bytes.length,
    status: told?.status ?? null,
    refused: countRefused(own),
    fault: fault?.name ?? null,
    processed,
    retryCount: Number(request.headers["x-retry-count"] ?? 0),
    ...(simulation.settings.keep === "bodies" ? { body: value } : {}),
  };
  simulation.requests.ended(entry);
  finish(simulation, response, fault, answer);
}

// So long, or until the control releases what waits: tests need no clock that way.
function pause(simulation: Simulation, ms: number | null): Promise<void> {
  if (ms !== null) return wait(ms);
  return new Promise((resolve) => simulation.waiting.add(resolve));
}

function isTold(fault: Fault | null): boolean {
  const untold = ["drop", "hang", "accept-then-drop", "accept-then-hang", "cut-answer"];
  return fault === null || !untold.includes(fault.name);
}

function countRefused(answer: Answer | null): number {
  if (answer?.status !== 207 || !isObject(answer.body)) return 0;
  const { errors } = answer.body;
  return Array.isArray(errors) ? errors.length : 0;
}

function finish(
  simulation: Simulation,
  response: ServerResponse,
  fault: Fault | null,
  answer: Answer | null,
): void {
  switch (fault?.name) {
    case "drop":
    case "accept-then-drop":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
    case "accept-then-hang":
      hold(simulation, response);
      return;
    case "cut-answer":
      cut(response, answer);
      return;
    default:
      if (answer) sendAnswer(response, answer);
  }
}

function hold(simulation: Simulation, response: ServerResponse): void {
  const end = (): void => {
    simulation.held.delete(end);
    response.socket?.destroy();
  };
  simulation.held.add(end);
  response.on("close", () => simulation.held.delete(end));
}

// Promises a whole body, sends all but the end of it and hangs up.
function cut(response: ServerResponse, answer: Answer | null): void {
  const text = encodeBody(answer?.body ?? {});
  response.writeHead(answer?.status ?? 200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(text) + 1),
  });
  response.write(text, () => response.socket?.destroy());
}
