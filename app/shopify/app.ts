/**
 * Shopify's own library, set up for this app: managed install with token exchange, offline tokens
 * that expire, sessions in our database. It is built once by the composition file and reaches routes
 * through the load context; nothing imports it as a global.
 */
import {
  AppDistribution,
  ApiVersion,
  shopifyApp,
  LogSeverity,
} from "@shopify/shopify-app-remix/server";
import { registerInstall } from "#app/db/shops.ts";
import type { PrismaClient } from "@prisma/client";
import type { Config } from "#app/platform/config.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import { createSessionStorage } from "./session-storage.ts";

export const API_VERSION = ApiVersion.October26;

export type ShopifyHooks = {
  /** Called when a shop was authenticated anew; may be called again for the same shop. */
  afterAuth?: (shop: string) => Promise<void>;
};

export type ShopifyParts = {
  config: Pick<Config, "shopify">;
  prisma: PrismaClient;
  sealer: Sealer;
  log: Log;
  hooks?: ShopifyHooks;
};

export type Shopify = ReturnType<typeof createShopify>;

/** Throws when the app's address is no URL. */
export function createShopify({ config, prisma, sealer, log, hooks = {} }: ShopifyParts) {
  return shopifyApp({
    apiKey: config.shopify.apiKey,
    apiSecretKey: config.shopify.apiSecret,
    apiVersion: API_VERSION,
    scopes: config.shopify.scopes,
    appUrl: config.shopify.appUrl,
    authPathPrefix: "/auth",
    distribution: AppDistribution.AppStore,
    userAgentPrefix: "Ringtrue",
    sessionStorage: createSessionStorage({ prisma, sealer, log }),
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    logger: {
      level: LogSeverity.Warning,
      log: (severity, message) => logMessage(log, severity, message),
    },
    hooks: {
      afterAuth: async ({ session }) => {
        await registerInstall(prisma, session.shop, new Date());
        log.info({ shop: session.shop }, "shop authenticated");
        await hooks.afterAuth?.(session.shop);
      },
    },
  });
}

function logMessage(log: Log, severity: LogSeverity, message: string): void {
  if (severity === LogSeverity.Error) log.error({ from: "shopify" }, message);
  else log.warn({ from: "shopify" }, message);
}
