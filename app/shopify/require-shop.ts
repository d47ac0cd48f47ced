/**
 * The one way a page learns whose it is: from the session token that Shopify signed. A shop whose
 * session is older than its row (restored data, a row removed by hand) gets its row back here.
 */
import type { AppLoadContext } from "@remix-run/node";
import { findShop, registerInstall, type Shop } from "#app/db/shops.ts";

/** Throws Shopify's own Responses (bounce page, 401, 410), which Remix must be left to answer. */
export async function requireShop(context: AppLoadContext, request: Request): Promise<Shop> {
  const { session } = await context.shopify.authenticate.admin(request);
  const known = await findShop(context.prisma, session.shop);
  if (known) return known;
  await registerInstall(context.prisma, session.shop, new Date());
  const made = await findShop(context.prisma, session.shop);
  if (!made) throw new Error("a shop that was just registered cannot be found");
  return made;
}
