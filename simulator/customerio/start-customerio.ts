import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { sendAnswer } from "../control/answer.ts";
import { parseJson } from "../control/json.ts";
import { closeServer, listen } from "../control/listen.ts";
import { readBody } from "../control/read-body.ts";
import { answerControl, CONTROL_PREFIX } from "./control-api.ts";
import { createControl, type CustomerioControl } from "./control.ts";
import { answerPage } from "./page.ts";
import { serveCall } from "./serve-call.ts";
import type { Settings } from "./settings.ts";
import { createSimulation, resetSimulation, type Simulation } from "./simulation.ts";

// Composition: one HTTP server on the loopback that is Customer.io's Track and App API at once,
// with the control API and the page beside them.

const HIGHEST_CONTROL_BYTES = 1024 * 1024;
const IDLE_CONNECTION_MS = 120_000;

type CustomerioOptions = {
  /** 0 or absent: any free port. */
  port?: number;
  siteId: string;
  apiKey: string;
  /** Absent: this workspace answers no App API request. */
  appKey?: string;
  region?: "us" | "eu";
  environmentId?: number;
  roundTripMs?: number;
  settings?: Partial<Settings>;
  /** The seed of random faults. */
  seed?: number;
  /** The clock, in milliseconds since the epoch. */
  now?: () => number;
};

export type RunningCustomerio = {
  /** The origin of both APIs, the control API and the page; without a slash at its end. */
  url: string;
  port: number;
  control: CustomerioControl;
  /** Cuts every connection and frees the port. */
  close(): Promise<void>;
};

/** Starts a simulated Customer.io with one empty workspace. Rejects when the port is taken. */
export async function startCustomerio(options: CustomerioOptions): Promise<RunningCustomerio> {
  const { siteId, apiKey, appKey, region, environmentId, roundTripMs, settings, seed, now } =
    options;
  const simulation = createSimulation({
    accounts: [
      {
        siteId,
        apiKey,
        appKey: appKey ?? null,
        region: region ?? "us",
        environmentId: environmentId ?? 1,
      },
    ],
    settings: { ...settings, ...(roundTripMs === undefined ? {} : { roundTripMs }) },
    ...(seed === undefined ? {} : { seed }),
    ...(now === undefined ? {} : { now }),
  });
  const server = createServer((request, response) => {
    serveRequest(simulation, request, response).catch((error: unknown) => {
      // A fault of the simulator itself: named in the answer, so that the test that met it sees it.
      sendAnswer(response, { status: 500, body: { simulator: String(error) } });
    });
  });
  // An idle connection closed while a client reuses it would be a fault that nobody planned.
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    control: createControl(simulation),
    async close() {
      resetSimulation(simulation);
      await closeServer(server);
    },
  };
}

async function serveRequest(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", "http://localhost");
  const page = answerPage(method, url.pathname);
  if (page) return sendAnswer(response, page);
  if (!url.pathname.startsWith(CONTROL_PREFIX))
    return serveCall(simulation, request, response, url);

  const body = await readBody(request, HIGHEST_CONTROL_BYTES);
  if (body.outcome !== "read") return sendAnswer(response, { status: 413, body: null });
  const parsed = parseJson(body.bytes.toString("utf8"));
  if (!parsed.ok) return sendAnswer(response, { status: 400, body: { error: "malformed JSON" } });
  const path = url.pathname.slice(CONTROL_PREFIX.length).replace(/\/$/, "");
  sendAnswer(response, answerControl(simulation, method, path, url.searchParams, parsed.value));
}
