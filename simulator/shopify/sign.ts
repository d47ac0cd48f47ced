// The headers of one delivery. The signature covers the raw body and nothing else.
import { createHmac } from "node:crypto";
import type { Webhook } from "./model.ts";

export type HeaderFamily = "x-shopify" | "shopify" | "both";

export function signBody(body: Buffer, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

/** The classic `X-Shopify-*` headers, the `Shopify-*` ones of next-generation events, or both. */
export function signHeaders(
  webhook: Webhook,
  secret: string,
  family: HeaderFamily,
): Record<string, string> {
  const values: [string, string][] = [
    ["Topic", webhook.topic],
    ["Hmac-Sha256", signBody(webhook.body, secret)],
    ["Shop-Domain", webhook.shop],
    ["API-Version", webhook.apiVersion],
    ["Webhook-Id", webhook.webhookId],
    ["Event-Id", webhook.eventId],
    ["Triggered-At", webhook.triggeredAt],
  ];
  const prefixes =
    family === "x-shopify"
      ? ["X-Shopify-"]
      : family === "shopify"
        ? ["shopify-"]
        : ["X-Shopify-", "shopify-"];
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "User-Agent": "Shopify-Captain-Hook",
  };
  for (const prefix of prefixes) for (const [name, value] of values) headers[prefix + name] = value;
  return headers;
}

const COMPLIANCE = new Set(["customers/data_request", "customers/redact", "shop/redact"]);

/** Where the app listens for a topic. */
export function pathFor(topic: string): string {
  return COMPLIANCE.has(topic) ? "/webhooks/compliance" : `/webhooks/${topic}`;
}
