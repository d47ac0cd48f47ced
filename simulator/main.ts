// The simulated outside world as one process: Customer.io and Shopify, each on a loopback port.
// Prints one JSON line with their addresses when both listen, and stops on SIGINT or SIGTERM.
//
//   node simulator/main.ts [--app-url http://127.0.0.1:3000] [--customerio-port N] [--shopify-port N]
//     [--site-id S] [--cio-api-key K] [--cio-app-key A]
//
// The app's key and secret are read from SHOPIFY_API_KEY and SHOPIFY_API_SECRET, as the app reads them.
import { parseArgs } from "node:util";
import { startCustomerio } from "./customerio/start-customerio.ts";
import { startShopify } from "./shopify/start-shopify.ts";

const { values } = parseArgs({
  options: {
    "app-url": { type: "string" },
    "customerio-port": { type: "string", default: "0" },
    "shopify-port": { type: "string", default: "0" },
    "site-id": { type: "string", default: "simulated-site" },
    "cio-api-key": { type: "string", default: "simulated-key" },
    "cio-app-key": { type: "string", default: "simulated-app-key" },
  },
});

const customerio = await startCustomerio({
  port: Number(values["customerio-port"]),
  siteId: values["site-id"],
  apiKey: values["cio-api-key"],
  appKey: values["cio-app-key"],
});
const shopify = await startShopify({
  port: Number(values["shopify-port"]),
  apiKey: process.env["SHOPIFY_API_KEY"] ?? "simulated-api-key",
  secret: process.env["SHOPIFY_API_SECRET"] ?? "simulated-api-secret",
  ...(values["app-url"] === undefined ? {} : { appUrl: values["app-url"] }),
});

process.stdout.write(`${JSON.stringify({ customerio: customerio.url, shopify: shopify.url })}\n`);

async function stop(): Promise<void> {
  await Promise.all([customerio.close(), shopify.close()]);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
