/** Session tokens as Shopify's admin signs them, and the address the admin opens a page under. */
import { createHmac, randomUUID } from "node:crypto";
import { API_KEY, API_SECRET } from "./start-app.ts";

const LIFE_SECONDS = 60;

export function signSessionToken(shop: string, secret = API_SECRET): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: API_KEY,
    sub: "42",
    exp: now + LIFE_SECONDS,
    nbf: now - 1,
    iat: now - 1,
    jti: randomUUID(),
    sid: "session",
  };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** Path and query under which the admin of this shop would frame the page. */
export function adminAddress(path: string, shop: string, token = signSessionToken(shop)): string {
  const query = new URLSearchParams({ embedded: "1", shop, host: hostOf(shop), id_token: token });
  return `${path}?${query.toString()}`;
}

export function hostOf(shop: string): string {
  return Buffer.from(`admin.shopify.com/store/${shop.split(".")[0]}`)
    .toString("base64")
    .replace(/=+$/, "");
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
