import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixOptions from "./remix.config.js";

/** `shopify app dev` tells where its tunnel ends; without it the development server stays on this machine. */
const appUrl = new URL(process.env["SHOPIFY_APP_URL"] ?? "http://localhost");
const local = appUrl.hostname === "localhost";

export default defineConfig({
  plugins: [remix(remixOptions)],
  server: {
    port: Number(process.env["PORT"] ?? 3000),
    allowedHosts: [appUrl.hostname],
    cors: { preflightContinue: true },
    hmr: local
      ? { protocol: "ws", host: "localhost", port: 64999 }
      : {
          protocol: "wss",
          host: appUrl.hostname,
          port: Number(process.env["FRONTEND_PORT"] ?? 8002),
          clientPort: 443,
        },
  },
  esbuild: { jsx: "automatic" },
  optimizeDeps: { include: ["@shopify/polaris", "@shopify/shopify-app-remix/react"] },
  build: { assetsInlineLimit: 0 },
});
