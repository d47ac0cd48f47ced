import type { ServerResponse } from "node:http";

// What a simulated service answers, as a value: it can be inspected, replaced by a fault, held
// back for a round trip, and only then be sent.

export type Answer = {
  status: number;
  /** An object is sent as JSON, a string as it is, `null` as no body at all. */
  body: object | string | null;
  headers?: Record<string, string>;
};

/** Sends an answer, unless the client has gone meanwhile. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const text = encodeBody(answer.body);
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
    ...(answer.body === null ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    ...answer.headers,
  });
  response.end(text);
}

/** The bytes of an answer's body as text; JSON ends with a newline, as the real service's does. */
export function encodeBody(body: Answer["body"]): string {
  if (body === null) return "";
  return typeof body === "string" ? body : `${JSON.stringify(body)}\n`;
}
