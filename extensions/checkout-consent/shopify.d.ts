import "@shopify/ui-extensions";

declare module "./src/Checkout.tsx" {
  const shopify: import("@shopify/ui-extensions/purchase.checkout.contact.render-after").Api;
  const globalThis: { shopify: typeof shopify };
}
