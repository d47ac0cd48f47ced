// A Customer.io that costs next to nothing, so that it measures who calls it: takes identifies one by
// one (Track v1) and in batches (v2), keeps the last number told of each email, and answers every call
// 50 ms after it came. A process of its own; both sides of a comparison talk to one like it.

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type StandInReport = {
  calls: number;
  /** People identified by each call, in order. */
  peoplePerCall: number[];
  /** Email → the phone told last. */
  told: Record<string, string | null>;
  /** Date.now() when the first call that identified anybody came. */
  firstCalledAt: number;
  /** Date.now() when the last call that identified anybody was answered. */
  lastAnsweredAt: number;
};

const ROUND_TRIP_MS = 50;

const told = new Map<string, string | null>();
/** Email → Date.now() when it was first told of. */
const heardAt = new Map<string, number>();
let peoplePerCall: number[] = [];
let calls = 0;
let firstCalledAt = 0;
let lastAnsweredAt = 0;

type Identify = { action?: string; identifiers?: { email?: string }; attributes?: Attributes };
type Attributes = { email?: string; phone?: string | null };

function take(url: string, body: string): number {
  // A question, not a telling.
  if (body === "") return 0;
  const said: Attributes & { batch?: Identify[] } = JSON.parse(body);
  if (!url.endsWith("/batch")) return note(said.email, said);
  let people = 0;
  for (const { action, identifiers, attributes } of said.batch ?? []) {
    if (action === "identify" && attributes) people += note(identifiers?.email, attributes);
  }
  return people;
}

function note(email: string | undefined, { phone }: Attributes): number {
  if (email === undefined) return 0;
  told.set(email, phone ?? null);
  if (!heardAt.has(email)) heardAt.set(email, Date.now());
  return 1;
}

function answer(response: ServerResponse, people: number): void {
  if (people > 0) lastAnsweredAt = Date.now();
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 2 }).end("{}");
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const people = take(request.url ?? "", Buffer.concat(chunks).toString());
    calls += 1;
    if (people > 0) {
      peoplePerCall.push(people);
      firstCalledAt ||= Date.now();
    }
    setTimeout(answer, ROUND_TRIP_MS, response, people);
  });
});
server.keepAliveTimeout = 60_000;

process.on("disconnect", () => process.exit(0));
process.on("message", (order: "report" | "forget" | { heard: string }) => {
  if (typeof order === "object") {
    process.send?.(heardAt.get(order.heard) ?? null);
    return;
  }
  const report: StandInReport = {
    calls,
    peoplePerCall,
    told: Object.fromEntries(told),
    firstCalledAt,
    lastAnsweredAt,
  };
  if (order === "forget") {
    told.clear();
    peoplePerCall = [];
    calls = 0;
    firstCalledAt = 0;
    lastAnsweredAt = 0;
  }
  process.send?.(report);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
