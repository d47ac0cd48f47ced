import type { IncomingMessage } from "node:http";

// Reads a request body whole. A client that hangs up mid-way is an outcome, because simulated
// faults and killed workers make it an everyday one.

type Body = { outcome: "read"; bytes: Buffer } | { outcome: "too_large" } | { outcome: "aborted" };

/** Resolves with the body, or with why there is none; `limit` is in bytes. Never rejects. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    });
    request.on("end", () => {
      const first = chunks[0];
      if (size > limit) resolve({ outcome: "too_large" });
      else
        resolve({
          outcome: "read",
          bytes: chunks.length === 1 && first ? first : Buffer.concat(chunks),
        });
    });
    request.on("error", () => resolve({ outcome: "aborted" }));
    request.on("close", () => resolve({ outcome: "aborted" }));
  });
}
