/**
 * What the composition file hands to every route: the adapters it built. Routes take what they need
 * from here and build nothing themselves.
 */
import type { Pool } from "pg";
import type { PrismaClient } from "@prisma/client";
import type { Config } from "#app/platform/config.ts";
import type { Sealer } from "#app/platform/crypto.ts";
import type { Log } from "#app/platform/log.ts";
import type { Shopify } from "./app.ts";

export type AppContext = {
  config: Config;
  log: Log;
  pool: Pool;
  prisma: PrismaClient;
  sealer: Sealer;
  shopify: Shopify;
};

declare module "@remix-run/node" {
  // Remix knows its load context as an interface; this is the one way to say what is in it.
  interface AppLoadContext extends AppContext {}
}
