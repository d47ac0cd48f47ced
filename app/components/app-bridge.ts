/**
 * App Bridge as the admin provides it, or nothing: while rendering on the server, and on a page whose
 * script did not arrive. A page without it shows everything and lacks the admin's own bars.
 */
import type { ShopifyGlobal } from "@shopify/app-bridge-react";

export function findAppBridge(): ShopifyGlobal | null {
  return "shopify" in globalThis && globalThis.shopify ? globalThis.shopify : null;
}
