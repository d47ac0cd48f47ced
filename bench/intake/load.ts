// The load generator: a process of its own, 256 keep-alive connections, signed bodies of 3 KB, each
// with its own webhook id. It speaks HTTP over plain sockets, because it shares two cores with what
// it measures: a client that works as hard as the server would hide the differences.

import { createHmac, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

import {
  BENCH_SHOP,
  BENCH_TOPIC,
  BODY_BYTES,
  type LoadPlan,
  type LoadReport,
} from "./load-plan.ts";

const LAST_ANSWERS_MS = 5_000;

type Line = { socket: Socket; dueAt: number; heard: string };

process.on("disconnect", () => process.exit(0));
process.on("message", (plan: LoadPlan) => {
  void run(plan).then((report) => process.send?.(report));
});

async function run(plan: LoadPlan): Promise<LoadReport> {
  const requests = makeRequests(plan.secret);
  const runId = randomBytes(6).toString("hex");
  const latencies: number[] = [];
  const idle: Line[] = [];
  const overdue: number[] = [];
  let sent = 0;
  let refused = 0;
  let from = Number.POSITIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const lines = await Promise.all(
    Array.from({ length: plan.connections }, () => openLine(plan.port, answered)),
  );

  function send(line: Line, dueAt: number): void {
    const request = requests[sent % requests.length];
    if (request === undefined) return;
    sent += 1;
    line.dueAt = dueAt;
    line.socket.cork();
    line.socket.write(`${request.head}X-Shopify-Webhook-Id: ${runId}-${sent}\r\n\r\n`, "latin1");
    line.socket.write(request.body);
    line.socket.uncork();
  }

  function answered(line: Line, status: string): void {
    const now = performance.now();
    // A rate counts answers; on a timetable, every request that was due counts with its delay.
    const counted = plan.mode.kind === "closed" ? now : line.dueAt;
    if (counted >= from && counted <= until) {
      if (status === "200") latencies.push(now - line.dueAt);
      else refused += 1;
    }
    if (plan.mode.kind === "closed") {
      if (now <= until) send(line, now);
      return;
    }
    const dueAt = overdue.shift();
    if (dueAt === undefined) idle.push(line);
    else send(line, dueAt);
  }

  const startedAt = performance.now();
  from = startedAt + plan.warmUpMs;
  until = from + plan.measuredMs;
  if (plan.mode.kind === "closed") for (const line of lines) send(line, startedAt);
  else idle.push(...lines);
  await keepTimetable(plan, startedAt, until, {
    due(dueAt) {
      const line = idle.pop();
      if (line === undefined) overdue.push(dueAt);
      else send(line, dueAt);
    },
    isOver: () => plan.mode.kind === "closed" || idle.length === lines.length,
  });
  for (const line of lines) line.socket.destroy();
  latencies.sort((a, b) => a - b);
  return {
    perSecond: latencies.length / (plan.measuredMs / 1_000),
    accepted: latencies.length,
    // What was due and never answered counts as refused: leaving it out would flatter.
    refused:
      refused + (plan.mode.kind === "open" ? lines.length - idle.length + overdue.length : 0),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** Calls `due` for every scheduled time as it comes; ends when all is answered, or gives up on it. */
function keepTimetable(
  { mode }: LoadPlan,
  startedAt: number,
  until: number,
  calls: { due(at: number): void; isOver(): boolean },
): Promise<void> {
  const gapMs = mode.kind === "open" ? 1_000 / mode.perSecond : Number.POSITIVE_INFINITY;
  let next = startedAt;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      for (; mode.kind === "open" && next <= now && next < until; next += gapMs) calls.due(next);
      if (now < until || (!calls.isOver() && now < until + LAST_ANSWERS_MS)) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

async function openLine(
  port: number,
  answered: (line: Line, status: string) => void,
): Promise<Line> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const line: Line = { socket, dueAt: 0, heard: "" };
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    line.heard += text;
    if (!isWhole(line.heard)) return;
    const status = line.heard.slice(9, 12);
    line.heard = "";
    answered(line, status);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return line;
}

function isWhole(heard: string): boolean {
  const end = heard.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /content-length: *(\d+)/i.exec(heard);
  if (length !== null) return heard.length >= end + 4 + Number(length[1]);
  return !/transfer-encoding: *chunked/i.test(heard) || heard.endsWith("0\r\n\r\n");
}

function makeRequests(secret: string): { head: string; body: Buffer }[] {
  return Array.from({ length: 64 }, (_, index) => {
    const body = makeBody(index);
    const signature = createHmac("sha256", secret).update(body).digest("base64");
    const head = [
      `POST /webhooks/${BENCH_TOPIC} HTTP/1.1`,
      "Host: 127.0.0.1",
      "User-Agent: Shopify-Captain-Hook",
      "Accept: */*",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      `X-Shopify-Topic: ${BENCH_TOPIC}`,
      `X-Shopify-Hmac-Sha256: ${signature}`,
      `X-Shopify-Shop-Domain: ${BENCH_SHOP}`,
      "X-Shopify-API-Version: 2026-10",
      "X-Shopify-Event-Id: 98880550-7158-44d4-b7cd-2c97c8a091b5",
      "X-Shopify-Triggered-At: 2026-11-20T10:00:00.000000000Z",
      "",
    ].join("\r\n");
    return { head, body };
  });
}

/** JSON that compresses about as well as a customer does. */
function makeBody(index: number): Buffer {
  const customer = {
    id: 7_000_000 + index,
    email: `shopper${index}@example.com`,
    phone: "+14155552671",
  };
  const start = `${JSON.stringify(customer).slice(0, -1)},"note":"`;
  const filler = randomBytes(BODY_BYTES).toString("base64").replace(/[+/=]/g, " ");
  const text = (start + filler.replaceAll(/[A-M]/g, "e")).slice(0, BODY_BYTES - 2);
  return Buffer.from(`${text}"}`);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
