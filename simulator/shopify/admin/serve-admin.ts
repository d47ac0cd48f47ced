// The HTTP face of Shopify's admin: the token endpoint and Admin GraphQL of one API version.
// The shop is the Host, as with the real thing; a test that talks to 127.0.0.1 names it in
// `X-Shopify-Shop-Domain`, or leaves it to the access token.
import type { IncomingMessage } from "node:http";
import type { Answer } from "../../control/answer.ts";
import { isObject, parseJson } from "../../control/json.ts";
import { API_VERSION, type Shop } from "../shop.ts";
import type { Faults, Shopify } from "../shopify.ts";
import { answerGraphql } from "./graphql.ts";

function take(faults: Faults, name: keyof Faults): boolean {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}

function namedShop(shopify: Shopify, request: IncomingMessage): Shop | null {
  const named = String(
    request.headers["x-shopify-shop-domain"] ?? request.headers.host ?? "",
  ).replace(/:\d+$/, "");
  const shops = shopify.shops();
  return (
    shops.find((shop) => shop.domain === named) ?? (shops.length === 1 ? (shops[0] ?? null) : null)
  );
}

function readForm(request: IncomingMessage, text: string): Record<string, unknown> | null {
  if (String(request.headers["content-type"]).includes("x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  const parsed = parseJson(text);
  return parsed.ok && isObject(parsed.value) ? parsed.value : null;
}

function grantToken(shopify: Shopify, request: IncomingMessage, text: string): Answer {
  const shop = namedShop(shopify, request);
  const form = readForm(request, text);
  if (shop === null) return { status: 404, body: { errors: "Not Found" } };
  if (form === null)
    return {
      status: 400,
      body: { error: "invalid_request", error_description: "The body cannot be read." },
    };
  if (take(shopify.faults, "refuseTokens")) {
    return {
      status: 400,
      body: { error: "invalid_grant", error_description: "The token has been revoked." },
    };
  }
  return shopify.tokens.grant(shop.domain, form);
}

const UNAUTHORIZED: Answer = {
  status: 401,
  body: { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
};

async function graphql(shopify: Shopify, request: IncomingMessage, text: string): Promise<Answer> {
  const domain = shopify.tokens.shopOf(String(request.headers["x-shopify-access-token"] ?? ""));
  const shop = shopify.shops().find((one) => one.domain === domain);
  if (shop === undefined || !shop.installed) return UNAUTHORIZED;
  const parsed = parseJson(text);
  if (!parsed.ok) return { status: 400, body: { errors: "Bad Request" } };
  const throttle = take(shopify.faults, "throttle");
  return {
    status: 200,
    headers: { "x-shopify-api-version": API_VERSION },
    body: await answerGraphql(shop, shopify.bucketOf(shop), throttle, parsed.value),
  };
}

/** Answers an admin request, or null when the path is none of the admin's. */
export async function serveAdmin(
  shopify: Shopify,
  request: IncomingMessage,
  text: string,
): Promise<Answer | null> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (!path.startsWith("/admin/")) return null;
  if (request.method !== "POST") return { status: 404, body: { errors: "Not Found" } };
  if (take(shopify.faults, "unavailable"))
    return { status: 503, body: { errors: "Service Unavailable" } };
  if (path === "/admin/oauth/access_token") return grantToken(shopify, request, text);
  if (path === `/admin/api/${API_VERSION}/graphql.json`)
    return await graphql(shopify, request, text);
  return { status: 404, body: { errors: "Not Found" } };
}
