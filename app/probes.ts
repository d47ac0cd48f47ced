/**
 * What a platform asks of every process, whatever its role: whether it lives, whether it can work, and
 * its metrics. Metrics name shops, so they are for the machine's own network: whatever came through a
 * proxy, as everything public does, finds no such page.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Registry } from "prom-client";

export type ProbePorts = { isReady: () => Promise<boolean>; metrics: Registry };

export type Probes = {
  /** True when the path is one of theirs; then the answer is given, or on its way. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean | Promise<true>;
  /** From now on `/readyz` says no. */
  close(): void;
};

export function createProbes({ isReady, metrics }: ProbePorts): Probes {
  let closing = false;

  async function answerReadyz(response: ServerResponse): Promise<true> {
    const ready = !closing && (await isReady());
    answerText(response, ready ? 200 : 503, ready ? "ready" : "not ready");
    return true;
  }

  async function answerMetrics(response: ServerResponse): Promise<true> {
    const text = await metrics.metrics();
    response.writeHead(200, { "Content-Type": metrics.contentType }).end(text);
    return true;
  }

  return {
    handle(request, response, path) {
      if (path === "/healthz") {
        answerText(response, 200, "ok");
        return true;
      }
      if (path === "/readyz") return answerReadyz(response);
      if (path !== "/metrics") return false;
      if (!isForwarded(request)) return answerMetrics(response);
      answerText(response, 404, "not found");
      return true;
    },
    close() {
      closing = true;
    },
  };
}

function isForwarded({ headers }: IncomingMessage): boolean {
  return headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
}

export function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

export function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}
