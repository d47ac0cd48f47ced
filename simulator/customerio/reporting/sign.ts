// Customer.io's signature of what it sends: HMAC-SHA256 over the version, the time and the raw body
// under the webhook's signing key, as lower-case hex; the time travels beside it.
import { createHmac } from "node:crypto";

export type SignedHeaders = { "X-CIO-Timestamp": string; "X-CIO-Signature": string };

/** @param seconds since 1970 */
export function signCustomerio(key: string, seconds: number, body: string): SignedHeaders {
  const signature = createHmac("sha256", key).update(`v0:${seconds}:${body}`, "utf8").digest("hex");
  return { "X-CIO-Timestamp": String(seconds), "X-CIO-Signature": signature };
}
