// Shopify's token endpoint: session token in, expiring offline token out; refresh tokens rotate,
// and the old one may be used again until its replacement has been used.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";

export type TokenAnswer = { status: number; body: Record<string, string | number> };

export type Tokens = {
  /** Answers `POST /admin/oauth/access_token` for a shop. */
  grant(shop: string, request: Record<string, unknown>): TokenAnswer;
  /** The shop an access token is valid for now, or null. */
  shopOf(accessToken: string): string | null;
  /** Makes every access token expire at once. */
  expireAll(): void;
  clear(): void;
};

export type TokenOptions = {
  /** The app's key and secret, read at each request since a secret can be rotated. */
  app(): { apiKey: string; secret: string };
  clock: Clock;
  scopesOf(shop: string): string[];
  /** Seconds an access token lives; Shopify's 3600. */
  lifetime?: number;
};

type Family = { shop: string; current: string; previous: string | null };

const REFRESH_LIFETIME = 7_776_000;
const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

function refuse(error: string, description: string, status = 400): TokenAnswer {
  return { status, body: { error, error_description: description } };
}

/** Why a session token is not acceptable for this app and shop, or null. */
function findFault(token: unknown, options: TokenOptions, shop: string): string | null {
  if (typeof token !== "string") return "no subject_token";
  const [header = "", payload = "", signature = ""] = token.split(".");
  const expected = createHmac("sha256", options.app().secret)
    .update(`${header}.${payload}`)
    .digest();
  const given = Buffer.from(signature, "base64url");
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected))
    return "bad signature";
  const claims: { aud?: unknown; exp?: unknown; dest?: unknown } = JSON.parse(
    Buffer.from(payload, "base64url").toString(),
  );
  if (claims.aud !== options.app().apiKey) return "wrong audience";
  if (claims.dest !== `https://${shop}`) return "wrong shop";
  if (typeof claims.exp !== "number" || claims.exp * 1000 < options.clock.now().getTime() - 10_000)
    return "expired";
  return null;
}

export function createTokens(options: TokenOptions): Tokens {
  const lifetime = options.lifetime ?? 3600;
  const access = new Map<string, { shop: string; expires: number }>();
  const families = new Map<string, Family>();

  function issue(shop: string, family: Family | null): TokenAnswer {
    const accessToken = `shpat_${randomBytes(16).toString("hex")}`;
    access.set(accessToken, { shop, expires: options.clock.now().getTime() + lifetime * 1000 });
    const scope = options.scopesOf(shop).join(",");
    if (family === null) return { status: 200, body: { access_token: accessToken, scope } };
    return {
      status: 200,
      body: {
        access_token: accessToken,
        scope,
        expires_in: lifetime,
        refresh_token: family.current,
        refresh_token_expires_in: REFRESH_LIFETIME,
      },
    };
  }

  function rotate(family: Family): void {
    if (family.previous !== null) families.delete(family.previous);
    family.previous = family.current;
    family.current = `shprt_${randomBytes(16).toString("hex")}`;
    families.set(family.current, family);
  }

  function exchange(shop: string, request: Record<string, unknown>): TokenAnswer {
    const fault = findFault(request["subject_token"], options, shop);
    if (fault !== null) return refuse("invalid_subject_token", fault);
    if (request["expiring"] !== "1" && request["expiring"] !== 1) return issue(shop, null);
    const family: Family = {
      shop,
      current: `shprt_${randomBytes(16).toString("hex")}`,
      previous: null,
    };
    families.set(family.current, family);
    return issue(shop, family);
  }

  function refresh(shop: string, request: Record<string, unknown>): TokenAnswer {
    const token = String(request["refresh_token"]);
    const family = families.get(token);
    if (family === undefined || family.shop !== shop)
      return refuse("invalid_grant", "The refresh token is not valid.");
    if (token === family.current) rotate(family);
    return issue(shop, family);
  }

  return {
    grant(shop, request) {
      const { apiKey, secret } = options.app();
      if (request["client_id"] !== apiKey || request["client_secret"] !== secret) {
        return refuse("invalid_client", "Client authentication failed.", 401);
      }
      if (request["grant_type"] === TOKEN_EXCHANGE) return exchange(shop, request);
      if (request["grant_type"] === "refresh_token") return refresh(shop, request);
      return refuse("unsupported_grant_type", "The grant type is not supported.");
    },
    shopOf(accessToken) {
      const found = access.get(accessToken);
      return found !== undefined && found.expires > options.clock.now().getTime()
        ? found.shop
        : null;
    },
    expireAll: () => access.clear(),
    clear() {
      access.clear();
      families.clear();
    },
  };
}
