/**
 * Remix's options, in the place a Remix developer looks for them. The Vite plugin does not read this
 * file by itself: vite.config.ts hands it over.
 *
 * v3_singleFetch stays off: Shopify's library answers a stale session token with a thrown 401 and a
 * retry header, which single fetch would wrap into a 202.
 *
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  serverModuleFormat: "esm",
  ignoredRouteFiles: ["**/.*", "**/*.test.{ts,tsx}"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: true,
    v3_routeConfig: true,
    v3_singleFetch: false,
  },
};
