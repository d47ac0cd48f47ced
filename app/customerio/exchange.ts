/**
 * One request to Customer.io and whatever comes of it, as a value. customerio-node makes the request,
 * but is not asked to read the answer: it loses the status of one that is not JSON (every proxy's 413
 * or 502), and follows redirects for ever.
 */
import type { Exchange } from "./answer.ts";
import type { Silence } from "./answer-table.ts";

type Request = {
  uri: string;
  method: string;
  headers: Record<string, string | number>;
  body?: string | FormData | null;
};

/** Gives up after `timeoutMs`, whether headers or the body are missing. */
export async function exchange(request: Request, timeoutMs: number): Promise<Exchange> {
  const { uri, method, headers, body = null } = request;
  const signal = AbortSignal.timeout(timeoutMs);
  const fields = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  let response: Response;
  try {
    response = await fetch(uri, { method, headers: fields, body, redirect: "manual", signal });
  } catch (fault) {
    return { silence: silenceOf(fault) };
  }
  const { status } = response;
  const retryAfter = response.headers.get("retry-after");
  try {
    return { status, body: await response.text(), retryAfter };
  } catch (fault) {
    // A refusal is one whatever else it would have said.
    if (status < 200 || status > 299) return { status, body: "", retryAfter };
    return { silence: isTimeout(fault) ? "timeout" : "unreadable" };
  }
}

const SILENCES: Readonly<Record<string, Silence>> = {
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
};

/** What fetch rejects with: a timeout, or a TypeError whose cause has the system's code. */
export function silenceOf(fault: unknown): Silence {
  if (isTimeout(fault)) return "timeout";
  if (!(fault instanceof TypeError)) throw fault;
  const { cause } = fault;
  if (!(cause instanceof Error) || !("code" in cause)) return "network";
  return SILENCES[String(cause.code)] ?? "network";
}

function isTimeout(fault: unknown): boolean {
  return fault instanceof Error && fault.name === "TimeoutError";
}
