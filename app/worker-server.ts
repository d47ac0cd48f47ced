/**
 * A worker without a web role still answers its platform: `/healthz`, `/readyz` and `/metrics`, nothing
 * else. It has a port of its own, not `PORT`: web and workers may share an environment and a machine,
 * and whoever starts first must never keep the doors of the shop closed.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "./platform/log.ts";
import type { ProbePorts } from "./probes.ts";
import { answerText, createProbes, pathOf } from "./probes.ts";

export type WorkerServer = { port: number; close(): Promise<void> };

const REQUEST_TIMEOUT_MS = 10_000;

/** Null when the port is taken: the work matters more than being asked about it. */
export async function startWorkerServer(
  options: ProbePorts & { host: string; port: number; log: Log },
): Promise<WorkerServer | null> {
  const { host, port: asked, log } = options;
  const probes = createProbes(options);
  const server = createServer((request, response) => {
    answer(probes, request, response).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      if (response.headersSent) response.destroy();
      else answerText(response, 500, "something went wrong here");
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  const isListening = await new Promise<boolean>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(asked, host, () => resolve(true));
  });
  if (!isListening) {
    log.warn({ port: asked }, "the port is taken: this worker answers no probes");
    return null;
  }
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      probes.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function answer(
  probes: ReturnType<typeof createProbes>,
  request: Parameters<typeof probes.handle>[0],
  response: Parameters<typeof probes.handle>[1],
): Promise<void> {
  if (await probes.handle(request, response, pathOf(request.url ?? "/"))) return;
  answerText(response, 404, "not found");
}
