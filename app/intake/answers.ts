// What a webhook is answered. The sender reads nothing but the status; the text is for whoever
// looks at a failing subscription. A body that was not read to its end is drained by Node, so that
// the sender gets to read the answer.

import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

export type RefusalStatus = 400 | 401 | 404 | 405 | 413;

const ACCEPTED: OutgoingHttpHeaders = { "Content-Length": 0 };
const ACCEPTED_LAST: OutgoingHttpHeaders = { "Content-Length": 0, Connection: "close" };
const RETRY_AFTER_S = 5;
const TWIML = "<Response/>";

/** Stored, or there before. `last` asks the sender to leave the connection. */
export function accept(response: ServerResponse, last: boolean): void {
  response.writeHead(200, last ? ACCEPTED_LAST : ACCEPTED).end();
}

/** The same for Twilio, which reads what it is told to do: nothing. */
export function acceptWithTwiml(response: ServerResponse, last: boolean): void {
  response.writeHead(200, {
    "Content-Type": "text/xml",
    "Content-Length": TWIML.length,
    ...(last ? { Connection: "close" } : {}),
  });
  response.end(TWIML);
}

/** Not wanted, and no repeat will change that. */
export function refuse(response: ServerResponse, status: RefusalStatus, reason: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(reason),
    ...(status === 405 ? { Allow: "POST" } : {}),
  });
  response.end(reason);
}

/** Not durable, as far as anybody knows: to be sent again. */
export function askAgain(response: ServerResponse, last: boolean): void {
  response.writeHead(503, {
    "Content-Length": 0,
    "Retry-After": RETRY_AFTER_S,
    ...(last ? { Connection: "close" } : {}),
  });
  response.end();
}
