// The simulated outside world as one process: Customer.io and Shopify, each on a loopback port,
// and what Twilio and Customer.io send the app by themselves, each with a control API.
// Prints one JSON line with their addresses when both listen, and stops on SIGINT or SIGTERM.
//
//   node simulator/main.ts [--app-url http://127.0.0.1:3000] [--customerio-port N] [--shopify-port N]
//     [--site-id S] [--cio-api-key K] [--cio-app-key A] [--cio-signing-key W] [--twilio-auth-token T]
//     [--reporting-port N] [--twilio-port N] [--public-url https://…]
//
// The app's key and secret are read from SHOPIFY_API_KEY and SHOPIFY_API_SECRET, as the app reads them.
import { parseArgs } from "node:util";
import { startReporter } from "./customerio/reporting/start-reporter.ts";
import { startCustomerio } from "./customerio/start-customerio.ts";
import { startShopify } from "./shopify/start-shopify.ts";
import { startTwilio } from "./twilio/start-twilio.ts";

const { values } = parseArgs({
  options: {
    "app-url": { type: "string" },
    "customerio-port": { type: "string", default: "0" },
    "shopify-port": { type: "string", default: "0" },
    "site-id": { type: "string", default: "simulated-site" },
    "cio-api-key": { type: "string", default: "simulated-key" },
    "cio-app-key": { type: "string", default: "simulated-app-key" },
    "cio-signing-key": { type: "string", default: "simulated-signing-key" },
    "twilio-auth-token": { type: "string", default: "simulated-auth-token" },
    "reporting-port": { type: "string", default: "0" },
    "twilio-port": { type: "string", default: "0" },
    "public-url": { type: "string" },
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

const appUrl = values["app-url"] ?? "http://127.0.0.1:3000";
const reporting = await startReporter({
  port: Number(values["reporting-port"]),
  signingKey: values["cio-signing-key"],
  appUrl,
});
const twilio = await startTwilio({
  port: Number(values["twilio-port"]),
  authToken: values["twilio-auth-token"],
  appUrl,
  ...(values["public-url"] === undefined ? {} : { publicUrl: values["public-url"] }),
});

const addresses = {
  customerio: customerio.url,
  shopify: shopify.url,
  reporting: reporting.url,
  twilio: twilio.url,
};
process.stdout.write(`${JSON.stringify(addresses)}\n`);

async function stop(): Promise<void> {
  await Promise.all([customerio, shopify, reporting, twilio].map((running) => running.close()));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
