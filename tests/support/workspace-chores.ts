// A shop whose connection has an App API key, with the chores that read its workspace: run by hand,
// like the rest of the pipeline, so that nothing happens while a test isn't looking.
import { expect } from "vitest";
import { readConnection, type Connection } from "#app/core/settings/connection.ts";
import { readAccount } from "#app/customerio/account.ts";
import { createAppApi } from "#app/customerio/app-api.ts";
import { ensureChores } from "#app/db/chore.ts";
import { sealConnection } from "#app/db/shop-connection.ts";
import { createChores } from "#app/pipeline/chores/create-chores.ts";
import { createKnowWorkspace } from "#app/pipeline/chores/know-workspace.ts";
import { createPollOptOuts, POLL_OPT_OUTS } from "#app/pipeline/chores/poll-opt-outs.ts";
import { createReadStops, READ_STOPS } from "#app/pipeline/chores/read-stops.ts";
import type { CustomerUnsubscribed, OpenAdminApi } from "#app/shopify/admin-api.ts";
import { setOptOut } from "../../simulator/customerio/opt-outs.ts";
import { findPerson } from "../../simulator/customerio/workspace.ts";
import { sealer } from "./connected-shop.ts";
import { sendTwilio, TOKEN } from "./hooks.ts";
import { startPipeline, type Pipeline } from "./pipeline.ts";
import { silentLog } from "./silent-log.ts";

const SITE = "site-with-app";
const KEY = "key-with-app";
const APP_KEY = "app-key";
const DOMAIN = "two.myshopify.com";
const FIVE_MINUTES = 300_000;

export type WorkspaceChores = {
  pipeline: Pipeline;
  shop: string;
  /** Shopify's unsubscribed; without a session, null, nobody can ask. */
  shopify: CustomerUnsubscribed[] | null;
  /** A profile that is in the workspace already. */
  profile(email: string, attributes: Record<string, unknown>): Promise<void>;
  optOut(email: string, from: string, isIn?: boolean, channel?: "sms" | "whatsapp"): void;
  /** A checkout with the box ticked. */
  tick(email: string, phone: string): Promise<void>;
  order(email: string, phone: string, customer?: number): Promise<void>;
  text(phone: string, words: string): Promise<void>;
  /** As though feedback had written the person's stop into the senders' lists. */
  wroteOptOut(email: string): Promise<void>;
  connectAnew(change: Partial<Connection>): Promise<void>;
  /** As when the merchant has opened the app: there is a session, and nothing is read yet. */
  install(): Promise<void>;
  /** What is due of the chores, slice by slice, at most a few of them. */
  chores(): Promise<void>;
  choreOf(name: string): Promise<Record<string, unknown> | undefined>;
  /** Five minutes later everything is done that is due. */
  poll(): Promise<void>;
  /** Chores, merge and delivery until nothing is left to do. */
  settle(): Promise<void>;
  told(email: string): Promise<Record<string, unknown>>;
  /** How many messages of Ringtrue's own are kept, by topic. */
  messages(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

export async function startWorkspaceChores(): Promise<WorkspaceChores> {
  const pipeline = await startPipeline();
  const { pool, customerio } = pipeline;
  const { control } = customerio;
  control.addWorkspace({
    ...{ siteId: SITE, apiKey: KEY, appKey: APP_KEY, region: "us", environmentId: 7 },
  });
  await pipeline.connect({ domain: DOMAIN, siteId: SITE, apiKey: KEY });
  const wakeups = { wake: () => {}, counts: () => ({ asked: 0, sent: 0, failed: 0 }) };
  const ports = {
    ...{ pool, sealer, now: pipeline.now },
    wakeups: { ...wakeups, close: () => Promise.resolve() },
    openAppApi: (connection: Connection) => createAppApi(connection, customerio.url),
    knowWorkspace: createKnowWorkspace({
      ...{ pool, log: silentLog },
      readAccount: (connection) => readAccount(connection, customerio.url),
    }),
  };
  const stage: Pick<WorkspaceChores, "shopify"> = { shopify: null };
  // The library and the API behind it are a suite of their own (stop-everywhere).
  const openAdmin: OpenAdminApi = async () => {
    const { shopify } = stage;
    if (shopify === null) return { kind: "denied", reason: "no_session" };
    const never = (): never => {
      throw new Error("reading stops asks for nothing else");
    };
    const customersUnsubscribed = async () => ({
      ...{ kind: "ok" as const, value: { customers: shopify, next: null } },
    });
    return {
      kind: "ok",
      value: { customersUnsubscribed, smsConsentOf: never, endSmsConsent: never },
    };
  };
  const runs = {
    [READ_STOPS]: createReadStops({ ...ports, openAdmin }),
    [POLL_OPT_OUTS]: createPollOptOuts(ports),
  };
  const runChores = createChores({ pool, log: silentLog, now: pipeline.now, runs });
  let documents = 0;

  async function connectAnew(change: Partial<Connection>): Promise<void> {
    const keys = { site_id: SITE, api_key: KEY, app_key: APP_KEY, twilio_auth_token: TOKEN };
    const reading = readConnection({ ...keys, ...change });
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const sealed = sealConnection(sealer, reading.connection);
    await pool.query("UPDATE shop SET credentials = $2 WHERE domain = $1", [DOMAIN, sealed]);
    await pool.query("UPDATE chore SET attempts = 0, due_at = now()");
  }
  await connectAnew({});
  await ensureChores(pool, Object.keys(runs));

  async function chores(): Promise<void> {
    for (let slice = 0; slice < 6; slice += 1) {
      await runChores(DOMAIN);
      pipeline.advance(1_000);
    }
  }

  function bodyOf(email: string, phone: string): Record<string, unknown> {
    documents += 1;
    const at = new Date(pipeline.now()).toISOString();
    const common = { email, created_at: at, updated_at: at, currency: "USD", line_items: [] };
    return { ...common, id: documents, token: `token-${documents}`, total_price: "1.00", phone };
  }

  async function settle(): Promise<void> {
    await chores();
    await pipeline.settle(DOMAIN);
    await chores();
    await pipeline.settle(DOMAIN);
  }

  function owner(email: string) {
    const person = findPerson(control.workspace(SITE), { kind: "email", value: email });
    if (!person) throw new Error(`the workspace has no ${email}`);
    return person;
  }

  return Object.assign(stage, {
    ...{ pipeline, shop: DOMAIN, connectAnew, chores, settle },
    async install() {
      await pool.query(
        `INSERT INTO session (id, shop, state, "accessToken") VALUES ('offline_' || $1, $1, '', '')`,
        [DOMAIN],
      );
      await pool.query("UPDATE shop SET stops_read_at = NULL WHERE domain = $1", [DOMAIN]);
    },
    async profile(email: string, attributes: Record<string, unknown>) {
      const item = { type: "person", action: "identify", identifiers: { email }, attributes };
      const response = await fetch(`${customerio.url}/api/v2/batch`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${SITE}:${KEY}`)}` },
        body: JSON.stringify({ batch: [item] }),
      });
      expect(response.status).toBe(200);
    },
    optOut(email: string, from: string, isIn = true, channel: "sms" | "whatsapp" = "sms") {
      setOptOut(control.workspace(SITE), owner(email), { from, channel }, isIn);
    },
    async tick(email: string, phone: string) {
      const ticked = { sms_marketing_phone: phone, buyer_accepts_sms_marketing: true };
      const body = { ...bodyOf(email, phone), ...ticked };
      expect(await pipeline.send({ topic: "checkouts/create", body, shop: DOMAIN })).toBe(200);
    },
    async order(email: string, phone: string, customer?: number) {
      const known = customer === undefined ? {} : { customer: { id: customer, email } };
      const body = { ...bodyOf(email, phone), ...known };
      expect(await pipeline.send({ topic: "orders/create", body, shop: DOMAIN })).toBe(200);
    },
    async text(phone: string, words: string) {
      documents += 1;
      const common = { MessageSid: `SM${documents}`, SmsStatus: "received", To: "+18885550123" };
      const fields = { ...common, From: phone, Body: words };
      expect(await sendTwilio(pipeline, fields, { shop: DOMAIN })).toMatchObject({ status: 200 });
    },
    async wroteOptOut(email: string) {
      await pool.query(
        `INSERT INTO feedback (shop_id, kind, reference, person_id, at, state, settled_at)
         SELECT shop_id, 'customerio', 'a stop', id, now(), 'done', $2 FROM person WHERE email = $1`,
        [email, new Date(pipeline.now())],
      );
    },
    async choreOf(name: string) {
      const { rows } = await pool.query<Record<string, unknown>>(
        "SELECT c.* FROM chore c JOIN shop s ON s.id = c.shop_id WHERE s.domain = $1 AND c.name = $2",
        [DOMAIN, name],
      );
      return rows[0];
    },
    async poll() {
      pipeline.advance(FIVE_MINUTES);
      await settle();
    },
    async told(email: string) {
      const { people } = control.snapshot(SITE);
      return people.find((person) => person.email === email)?.attributes ?? {};
    },
    async messages() {
      const { rows } = await pool.query<{ topic: string; count: number }>(
        `SELECT topic, count(*)::int AS count FROM message
         WHERE topic IN ('customerio/opt-out', 'preference/change') GROUP BY topic`,
      );
      return Object.fromEntries(rows.map(({ topic, count }) => [topic, count]));
    },
    close: () => pipeline.close(),
  });
}
