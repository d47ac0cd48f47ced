/**
 * `npm run demo`: a day in a simulated shop, told by signed webhooks and hooks to the real app, and who ended up
 * with which number and consent in a simulated Customer.io workspace, and why.
 *
 * `--once` ends when everything has arrived, with a non-zero exit and the difference otherwise.
 */
import { parseArgs } from "node:util";
import { startReporter } from "../simulator/customerio/reporting/start-reporter.ts";
import { startCustomerio } from "../simulator/customerio/start-customerio.ts";
import { DAY } from "../simulator/scenarios/day.ts";
import { expectationsFor } from "../simulator/scenarios/expectations.ts";
import { playScenario } from "../simulator/scenarios/play.ts";
import { startShopify } from "../simulator/shopify/start-shopify.ts";
import { startTwilio } from "../simulator/twilio/start-twilio.ts";
import { differences } from "./demo/differences.ts";
import { freshDatabase } from "./demo/fresh-database.ts";
import { freePort } from "./demo/free-port.ts";
import { printTable } from "./demo/print-table.ts";
import { addShop, startApp } from "./demo/start-app.ts";
import { hookTeller } from "./demo/tell-hook.ts";
import { waitUntil } from "./demo/wait-until.ts";

const { values: options } = parseArgs({ options: { once: { type: "boolean", default: false } } });
const say = (sentence: string): void => void process.stderr.write(`ringtrue: ${sentence}\n`);
const closings: (() => Promise<unknown>)[] = [];
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave(signal));

async function leave(signal: string): Promise<never> {
  interrupted = true;
  say(`${signal}: stopping`);
  await closeAll();
  process.exit(130);
}

async function closeAll(): Promise<void> {
  for (const close of closings.splice(0).toReversed()) await close();
}

/** True when the workspace ended as it should. */
async function play(): Promise<boolean> {
  say("starting the database");
  const database = await freshDatabase();
  closings.push(() => database.stop());

  say("starting the simulated Shopify, Customer.io and Twilio");
  const workspace = { siteId: "demo-site", apiKey: "demo-key", appKey: "demo-app-key" };
  const customerio = await startCustomerio({ ...workspace, port: await freePort(4100) });
  closings.push(() => customerio.close());
  const secret = "ringtrue-demo-secret";
  const appPort = await freePort(3000);
  const appUrl = `http://127.0.0.1:${appPort}`;
  const shopify = await startShopify({ apiKey: "ringtrue-demo", secret, appUrl, port: 0 });
  closings.push(() => shopify.close());

  const hooks = { signingKey: "ringtrue-demo-signing-key", authToken: "ringtrue-demo-auth-token" };
  const { twilio, close: closeTwilio } = await startTwilio({ ...hooks, appUrl, duplicates: 0.5 });
  closings.push(closeTwilio);
  const { reporter, close: closeReporter } = await startReporter({ ...hooks, appUrl });
  closings.push(closeReporter);

  say("starting the app");
  const environment = {
    DATABASE_URL: database.url,
    PORT: String(appPort),
    SHOPIFY_API_KEY: "ringtrue-demo",
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: appUrl,
    CUSTOMERIO_TRACK_URL: customerio.url,
    CUSTOMERIO_APP_URL: customerio.url,
  };
  const app = await startApp(environment, appUrl);
  closings.push(() => app.stop());
  await addShop(environment, DAY.shop, workspace, hooks, {
    default_country: DAY.country,
    quiet: {
      checkout_started_seconds: DAY.quiet.checkoutStarted,
      checkout_started_at_latest_seconds: DAY.quiet.checkoutStartedLatest,
      phone_number_updated_seconds: DAY.quiet.phoneUpdated,
    },
  });
  say(`watch the workspace fill: ${customerio.url}`);

  const shop = shopify.shopify.openShop(DAY.shop);
  say(`the day begins in ${DAY.shop}`);
  await playScenario(shopify.shopify, shop, DAY, {
    settle: async () => {
      await waitUntil("the history to arrive", () => database.isSettled(DAY.shop));
    },
    tellHook: hookTeller(DAY.shop, { twilio, reporter }),
  });
  await Promise.all([twilio.idle(), reporter.idle()]);
  const expected = expectationsFor(shop, DAY);
  const ledger = shopify.shopify.deliverer().ledger.summary();
  say(`the day is over: ${JSON.stringify(ledger)}`);

  const snapshot = () => customerio.control.snapshot();
  const arrived = await waitUntil(
    "everything to arrive in the workspace",
    async () =>
      differences(expected, snapshot()).length === 0 && (await database.isSettled(DAY.shop)),
  );
  printTable(expected, snapshot());
  const left = differences(expected, snapshot());
  for (const difference of left) process.stdout.write(`DIFFERS  ${difference}\n`);
  if (arrived) process.stdout.write(`\nAll ${expected.length} shoppers are as they should be.\n`);
  process.stdout.write(
    `\nThe workspace: ${customerio.url}\nThe app:       ${appUrl}/app (opens inside a Shopify admin)\n`,
  );
  return arrived;
}

const ok = await play();
if (options.once) {
  await closeAll();
  process.exit(ok ? 0 : 1);
}
if (!interrupted) say("everything stays up until Ctrl-C");
