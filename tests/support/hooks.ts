// What Twilio and Customer.io would send, signed as their documents say; written apart from the code
// that checks it.
import { createHmac } from "node:crypto";
import { PUBLIC_URL, SHOP, type Pipeline } from "./pipeline.ts";

export const TOKEN = "a-twilio-auth-token";
export const SIGNING_KEY = "a-signing-key";

export type Answered = { status: number; type: string | null; text: string };

export type Signing = {
  shop?: string;
  /** Another secret than the shop's. */
  secret?: string;
  /** How long ago it was signed, by the pipeline's clock. */
  ageMs?: number;
  /** Sent instead of the signed body. */
  sent?: string;
};

/** A form, signed over the public address. */
export function sendTwilio(
  pipeline: Pipeline,
  fields: Record<string, string>,
  { shop = SHOP, secret = TOKEN, sent }: Signing = {},
): Promise<Answered> {
  const path = `/hooks/twilio/${shop}`;
  let signed = `${PUBLIC_URL}${path}`;
  for (const name of Object.keys(fields).toSorted()) signed += `${name}${fields[name]}`;
  const signature = createHmac("sha1", secret).update(Buffer.from(signed)).digest("base64");
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "X-Twilio-Signature": signature,
  };
  return post(`${pipeline.url}${path}`, headers, sent ?? new URLSearchParams(fields).toString());
}

/** A report, or with `what` "/reply" what a campaign hands on; text is sent as it is. */
export function sendCustomerio(
  pipeline: Pipeline,
  body: object | string,
  { shop = SHOP, secret = SIGNING_KEY, ageMs = 0, sent }: Signing = {},
  what: "" | "/reply" = "",
): Promise<Answered> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const timestamp = Math.floor((pipeline.now() - ageMs) / 1000);
  const headers = {
    "Content-Type": "application/json",
    "X-CIO-Timestamp": String(timestamp),
    "X-CIO-Signature": createHmac("sha256", secret).update(`v0:${timestamp}:${text}`).digest("hex"),
  };
  return post(`${pipeline.url}/hooks/customerio/${shop}${what}`, headers, sent ?? text);
}

export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Answered> {
  const response = await fetch(url, { method: "POST", headers, body });
  const type = response.headers.get("content-type");
  return { status: response.status, type, text: await response.text() };
}
