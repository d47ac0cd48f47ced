// Shopify's own library on the simulated Shopify: as the app sets it up, with a session as an install
// leaves it, and every request it makes sent to the simulator instead of the shop's domain.
import { createHmac } from "node:crypto";
import type { PrismaClient } from "@prisma/client";
import { Session } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import type { Sealer } from "#app/platform/crypto.ts";
import { createShopify, type Shopify } from "#app/shopify/app.ts";
import type { Shopify as SimulatedShopify } from "../../simulator/shopify/shopify.ts";
import { silentLog } from "./silent-log.ts";

export type AppKeys = { apiKey: string; secret: string };

export function createLibrary(
  { apiKey, secret }: AppKeys,
  prisma: PrismaClient,
  sealer: Sealer,
): Shopify {
  const appUrl = "https://ringtrue.example";
  const shopify = { apiKey, apiSecret: secret, apiSecretPrevious: null, appUrl, scopes: [] };
  return createShopify({ config: { shopify }, prisma, sealer, log: silentLog });
}

/** The library asks whatever fetch it was given last. `onBody` hears what it sends. */
export function sendToSimulator(url: string, onBody: (body: string) => void = () => {}): void {
  setAbstractFetchFunc(async (input, init) => {
    const request = new Request(input, init);
    const { hostname, pathname } = new URL(request.url);
    const body = await request.text();
    onBody(body);
    const headers = new Headers(request.headers);
    headers.set("x-shopify-shop-domain", hostname);
    const signal = init?.signal ?? null;
    return fetch(url + pathname, { method: "POST", headers, body, signal });
  });
}

export function sendToShopifyAgain(): void {
  setAbstractFetchFunc(fetch);
}

/** Exchanges a session token for an offline one, and keeps it where the library looks for it. */
export async function installApp(
  library: Shopify,
  simulated: SimulatedShopify,
  keys: AppKeys,
  shop: string,
): Promise<void> {
  const { body } = simulated.tokens.grant(shop, tokenExchange(keys, shop));
  await library.sessionStorage.storeSession(
    new Session({
      ...{ id: `offline_${shop}`, shop, state: "", isOnline: false, scope: "" },
      accessToken: String(body["access_token"]),
      refreshToken: String(body["refresh_token"]),
      expires: new Date(Date.now() + 3_600_000),
    }),
  );
}

function tokenExchange({ apiKey, secret }: AppKeys, shop: string): Record<string, string> {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const exp = Math.floor(Date.now() / 1_000) + 60;
  const claims = { aud: apiKey, dest: `https://${shop}`, exp };
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  const signature = createHmac("sha256", secret).update(unsigned).digest("base64url");
  return {
    client_id: apiKey,
    client_secret: secret,
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: `${unsigned}.${signature}`,
    expiring: "1",
  };
}
