// How long a stop takes from the door to every place it has to reach: the person's attributes, the
// lists of two senders, and Shopify's record; while another shop's backlog is at work in the same
// worker. Said in words no carrier knows, because that stop goes everywhere.

import { createHmac, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { openInbox } from "#app/db/inbox.ts";
import { createPrisma } from "#app/db/prisma.ts";
import { createSecretsReader, loadShopSecrets } from "#app/intake/shop-secrets.ts";
import { createLog } from "#app/platform/log.ts";
import { openQueueBackend } from "#app/queue/backend.ts";
import { createWakeups } from "#app/queue/wakeups.ts";
import { startWeb } from "#app/web.ts";

import { startCustomerio } from "../../simulator/customerio/start-customerio.ts";
import type { RunningCustomerio } from "../../simulator/customerio/start-customerio.ts";
import { loadSchema } from "../../simulator/shopify/admin/schema.ts";
import type { Customer } from "../../simulator/shopify/model.ts";
import { startShopify, type RunningShopify } from "../../simulator/shopify/start-shopify.ts";
import { perform } from "../../simulator/shopify/verbs.ts";
import { createLibrary, installApp } from "../../tests/support/shopify-library.ts";
import type { BenchResult } from "../bench-result.ts";
import { benchSealer, fillInbox, SHOP } from "./bench-shop.ts";
import { withRig, type Rig } from "./rig.ts";
import { makeCrowd } from "./webhooks.ts";

const QUIET_SHOP = "stops.myshopify.com";
const APP = { apiKey: "bench", secret: "a-secret-of-the-bench" };
const SIGNING_KEY = "a-signing-key";
const SENDERS = ["+15005550006", "24365"];
const STOPS = 21;
const BACKLOG = 60_000;
const PEOPLE = 20_000;
const ROUND_TRIP_MS = 50;
const PROMISED_S = 2;
const POLL_MS = 10;
const WITHIN_MS = 120_000;

type Stage = { rig: Rig; customerio: RunningCustomerio; shopify: RunningShopify; webUrl: string };

/** About a minute. */
export async function run(): Promise<BenchResult[]> {
  return withRig(async (rig) => {
    loadSchema();
    const customerio = await startCustomerio({
      ...{ siteId: "bench", apiKey: "bench", appKey: "bench", roundTripMs: ROUND_TRIP_MS },
      settings: { keep: "last" },
    });
    const web = await openDoor(rig);
    const shopify = await startShopify({ ...APP, appUrl: web.url });
    const prisma = createPrisma(rig.databaseUrl);
    const library = createLibrary(APP, prisma, benchSealer());
    try {
      await addQuietShop(rig);
      const shop = shopify.shopify.openShop(QUIET_SHOP);
      await installApp(library, shopify.shopify, APP, QUIET_SHOP);
      const urls = [customerio.url, shopify.url];
      await rig.start("./stops-worker.ts", [rig.databaseUrl, "", ...urls, APP.apiKey, APP.secret]);
      const stage = { rig, customerio, shopify, webUrl: web.url };
      const customers = await meetPeople(stage, shop);
      const { webhooks } = makeCrowd(BACKLOG, PEOPLE);
      await fillInbox(rig.pool, SHOP, webhooks);
      return [await measure(stage, customers)];
    } finally {
      await prisma.$disconnect();
      await web.close();
      await shopify.close();
      await customerio.close();
    }
  });
}

async function measure(stage: Stage, customers: readonly Customer[]): Promise<BenchResult> {
  const seconds: number[] = [];
  for (const customer of customers) {
    const saidAt = performance.now();
    await sayStop(stage.webUrl, customer);
    await until(() => isStoppedEverywhere(stage, customer));
    seconds.push((performance.now() - saidAt) / 1_000);
  }
  const { rows } = await stage.rig.pool.query("SELECT FROM pending WHERE shop = $1 LIMIT 1", [
    SHOP,
  ]);
  if (rows.length === 0) throw new Error("the backlog was done before the stops: the run is void");
  if (process.env["BENCH_VERBOSE"] === "1") process.stderr.write(`${JSON.stringify(seconds)}\n`);
  const value = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? Infinity;
  const unit = "s, the median";
  const ratio = value / PROMISED_S;
  return { name: "stop-everywhere", value, unit, baseline: PROMISED_S, ratio, target: "<= 1" };
}

/** Customers who agreed at Shopify, and are told as eligible. */
async function meetPeople(
  { customerio }: Stage,
  shop: Parameters<typeof perform>[0],
): Promise<Customer[]> {
  const customers = Array.from({ length: STOPS }, (_, place) => {
    const phone = `+1415555${2_000 + place}`;
    const args = { name: `Shopper ${place}`, email: emailOf(place), phone };
    const id = Number(perform(shop, { verb: "createCustomer", args }));
    perform(shop, { verb: "subscribeSms", args: { customer: id } });
    const customer = shop.customers.get(id);
    if (!customer) throw new Error("a customer was just made");
    return customer;
  });
  const isEligible = ({ email }: Customer): boolean =>
    personAt(customerio, email)?.attributes.get("sms_eligible")?.value === true;
  await until(() => customers.every(isEligible));
  return customers;
}

function emailOf(place: number): string {
  return `stops${place}@example.com`;
}

/** Looked up, never searched for: the simulator must not be kept from answering. */
function personAt({ control }: RunningCustomerio, email: string | null) {
  return control.workspace().index.email.get(email ?? "");
}

function isStoppedEverywhere({ customerio }: Stage, { email, sms }: Customer): boolean {
  if (sms?.state !== "unsubscribed") return false;
  const person = personAt(customerio, email);
  return (
    person?.attributes.get("sms_consent_status")?.value === "unsubscribed" &&
    SENDERS.every((sender) => person.optOuts.has(`sms ${sender}`))
  );
}

async function sayStop(webUrl: string, { phone, id }: Customer): Promise<void> {
  const text = JSON.stringify({ id: `T${id}`, from: phone, body: "please stop texting me" });
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac("sha256", SIGNING_KEY).update(`v0:${timestamp}:${text}`);
  const answer = await fetch(`${webUrl}/hooks/customerio/${QUIET_SHOP}/reply`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CIO-Timestamp": String(timestamp),
      "X-CIO-Signature": signature.digest("hex"),
    },
    body: text,
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`the door answered ${answer.status}`);
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error("not so in time: the run is void");
    await pause(POLL_MS);
  }
}

async function addQuietShop({ pool }: Rig): Promise<void> {
  const keys = { site_id: "bench", api_key: "bench", app_key: "bench", signing_key: SIGNING_KEY };
  await pool.query(
    `INSERT INTO shop (domain, mode, salt, credentials, settings, live_since)
     VALUES ($1, 'live', $2, $3, $4, now())`,
    [QUIET_SHOP, randomBytes(32), benchSealer().seal(JSON.stringify(keys)), { senders: SENDERS }],
  );
}

/** The doors, as a web process has them. */
async function openDoor({ databaseUrl, pool }: Rig) {
  const log = createLog({ level: "error", format: "json" }, process.stderr);
  const backend = await openQueueBackend({ databaseUrl, redisUrl: null, log });
  const wakeups = createWakeups(backend);
  const [inbox, hookInbox] = [openInbox({ url: databaseUrl }), openInbox({ url: databaseUrl })];
  const sealer = benchSealer();
  const secrets = createSecretsReader((shop) => loadShopSecrets({ pool, sealer }, shop));
  const web = await startWeb({
    config: {
      ...{ host: "127.0.0.1", port: 0, environment: "production" },
      shopify: {
        ...{ apiKey: APP.apiKey, apiSecret: APP.secret, apiSecretPrevious: null },
        ...{ appUrl: "https://ringtrue.example", scopes: [] },
      },
    },
    ...{ log, inbox, wakeups },
    hooks: { inbox: hookInbox, secrets },
    isReady: () => Promise.resolve(true),
  });
  return {
    url: `http://127.0.0.1:${web.port}`,
    async close(): Promise<void> {
      await web.close();
      await Promise.all([inbox.close(), hookInbox.close()]);
      await wakeups.close();
      await backend.close();
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
}
