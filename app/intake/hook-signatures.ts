// How Twilio and Customer.io sign what they send. Twilio signs the address it was given and the
// fields of the form; Customer.io signs the raw body and the time, so that an old one cannot be sent
// again by somebody who saw it.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Customer.io's clock and ours may differ by this much, its way here included. */
const AGE_MS_MAX = 5 * 60 * 1000;

export type CustomerioSigned = {
  signature: string;
  /** As it stands in the header: it is part of what is signed. */
  timestamp: string;
  /** Milliseconds since 1970. */
  signedAt: number;
};

/** Null when a header is missing or malformed, or when the time is too far from now. */
export function readCustomerioSigned(
  headers: IncomingHttpHeaders,
  now: number,
): CustomerioSigned | null {
  const signature = headers["x-cio-signature"];
  const timestamp = headers["x-cio-timestamp"];
  if (typeof signature !== "string" || typeof timestamp !== "string") return null;
  if (!/^\d{1,12}$/.test(timestamp)) return null;
  const signedAt = Number(timestamp) * 1000;
  return Math.abs(now - signedAt) <= AGE_MS_MAX ? { signature, timestamp, signedAt } : null;
}

/** Lower-case hex of HMAC-SHA256 over `v0:<timestamp>:<raw body>`. */
export function isCustomerioSignature(
  key: string,
  { signature, timestamp }: CustomerioSigned,
  body: Buffer,
): boolean {
  const hmac = createHmac("sha256", key).update(`v0:${timestamp}:`).update(body);
  return isSame(hmac.digest("hex"), signature);
}

/**
 * Base64 of HMAC-SHA1 over the address and the form's fields, sorted by name, each as its name and
 * value without anything between. Twilio is not of one mind whether the address has its port, so
 * both ways count.
 * @param url the address Twilio was given, with its query
 */
export function isTwilioSignature(
  token: string,
  signature: string,
  url: string,
  body: Buffer,
): boolean {
  const fields = fieldsInOrder(new URLSearchParams(body.toString("utf8")));
  return withAndWithoutPort(url).some((address) =>
    isSame(
      createHmac("sha1", token)
        .update(address + fields)
        .digest("base64"),
      signature,
    ),
  );
}

/** A repeated field counts with each of its different values once, in their order. */
function fieldsInOrder(form: URLSearchParams): string {
  return [...new Set(form.keys())]
    .toSorted()
    .flatMap((name) => [...new Set(form.getAll(name))].toSorted().map((value) => name + value))
    .join("");
}

const ORIGIN = /^(https?):\/\/([^/:]+)(:\d+)?/;

function withAndWithoutPort(url: string): string[] {
  const [origin, scheme, host, port] = ORIGIN.exec(url) ?? [];
  if (origin === undefined) return [url];
  const rest = url.slice(origin.length);
  const standard = scheme === "https" ? ":443" : ":80";
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${port ?? standard}${rest}`];
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected, "latin1"), Buffer.from(given, "latin1")];
  return a.length === b.length && timingSafeEqual(a, b);
}
