// One attempt to hand a webhook to the app: five seconds in all, only 2xx counts, redirects do not.
import { request, type Agent } from "node:http";

export type Attempt = { acknowledged: boolean; outcome: string };

export function attempt(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  agent: Agent,
  timeoutMs: number,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      { method: "POST", agent, headers: { ...headers, "Content-Length": String(body.byteLength) } },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.on("end", () => {
          clearTimeout(timer);
          resolve({ acknowledged: status >= 200 && status < 300, outcome: String(status) });
        });
        answer.on("error", (error) => {
          clearTimeout(timer);
          resolve({ acknowledged: false, outcome: errorCode(error) });
        });
      },
    );
    const timer = setTimeout(
      () => outgoing.destroy(Object.assign(new Error("timeout"), { code: "TIMEOUT" })),
      timeoutMs,
    );
    outgoing.on("error", (error) => {
      clearTimeout(timer);
      resolve({ acknowledged: false, outcome: errorCode(error) });
    });
    outgoing.end(body);
  });
}

function errorCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "ERROR";
}
