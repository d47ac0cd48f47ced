// The whole of a small body.

import type { IncomingMessage } from "node:http";

/** The body, or why there is none: it is larger than `bytesMax`, or its sender went away. */
export type WholeBody = Buffer | "too_large" | "gone";

/** Never rejects. What comes beyond `bytesMax` is let by without being kept. */
export function readWhole(request: IncomingMessage, bytesMax: number): Promise<WholeBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytesMax) chunks.push(chunk);
      else resolve("too_large");
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("close", () => resolve("gone"));
    request.on("error", () => resolve("gone"));
  });
}
