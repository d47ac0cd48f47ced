// Feedback out (SEMANTICS §9): what a stop is written to, what it must not be, and that nothing is in
// its way. Over real HTTP, a real database, the simulated workspace and the simulated Shopify.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { replayLetters } from "#app/db/letter-replay.ts";
import { listLetters } from "#app/db/letters.ts";
import type { Customer } from "../../simulator/shopify/model.ts";
import { perform } from "../../simulator/shopify/verbs.ts";
import { sendCustomerio, sendTwilio } from "../support/hooks.ts";
import { SHOP } from "../support/pipeline.ts";
import { SENDERS, startStopStage, type StopStage } from "../support/stop-stage.ts";

const NUMBER = "+14155552671";
const OTHER = "+14155552672";
const EMAIL = "ada@example.com";
const ALL = SENDERS.map((sender) => `sms ${sender}`).toSorted();

let stage: StopStage;
let ada: Customer;

beforeAll(async () => {
  stage = await startStopStage();
});
beforeEach(async () => {
  stage.shopify.openShop(SHOP);
  ada = await subscribe("Ada Byron", EMAIL, NUMBER);
  expect(profile()).toMatchObject({ sms_eligible: true });
});
afterEach(async () => {
  await stage.pipeline.pool.query(
    `TRUNCATE message, pending, dead_letter, identity, observation, person, profile, person_number,
              number_said, consent_entry, outbox, told, delivery, delivery_state, feedback`,
  );
  await stage.pipeline.pool.query("UPDATE shop SET mode = 'live'");
  stage.pipeline.customerio.control.reset();
  stage.shopify.reset();
  Object.assign(stage.shopify.faults, { refuseTokens: 0, throttle: 0, unavailable: 0 });
  stage.shopify.divert((webhook) => stage.told.push(webhook));
  stage.shopify.openShop(SHOP);
  stage.told.length = 0;
  stage.written.length = 0;
  await stage.install();
});
afterAll(() => stage?.close());

/** A customer of Shopify's who agreed there, known everywhere. */
async function subscribe(name: string, email: string, phone: string): Promise<Customer> {
  const shop = stage.shopify.openShop(SHOP);
  const id = perform(shop, { verb: "createCustomer", args: { name, email, phone } });
  perform(shop, { verb: "subscribeSms", args: { customer: Number(id) } });
  await stage.hear();
  await stage.settle();
  const customer = shop.customers.get(Number(id));
  if (!customer) throw new Error("a customer was just made");
  return customer;
}

function person(email = EMAIL) {
  return stage.pipeline.customerio.control.snapshot().people.find((one) => one.email === email);
}
const profile = (email?: string) => person(email)?.attributes;
const optOuts = (email?: string) => person(email)?.optOuts;

let texts = 0;
async function text(words: string, fields: Record<string, string> = {}): Promise<void> {
  const MessageSid = `SM${(texts += 1)}`;
  const message = { MessageSid, SmsStatus: "received", From: NUMBER, To: SENDERS[0] ?? "" };
  const answer = await sendTwilio(stage.pipeline, { ...message, Body: words, ...fields });
  expect(answer.status).toBe(200);
}

async function prefer(subscribed: boolean): Promise<void> {
  const body = { email: EMAIL, channel: "sms", subscribed, at: new Date().toISOString() };
  await stage.keep("preference/change", body);
}

async function details(): Promise<{ kind: string; state: string; detail: string }[]> {
  const { rows } = await stage.pipeline.pool.query<{ kind: string; state: string; detail: string }>(
    "SELECT kind, state, detail FROM feedback ORDER BY id",
  );
  return rows;
}

async function makeDue(): Promise<void> {
  await stage.pipeline.pool.query("UPDATE feedback SET due_at = now() WHERE state = 'pending'");
}

test("a texted STOP ends Shopify's record at its own time, and is left to the sender that heard it", async () => {
  const { phone } = ada;
  await text("STOP");
  await stage.settle();
  expect(profile()).toMatchObject({ sms_consent_status: "unsubscribed" });
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
  expect(ada.phone).toBe(phone);
  const { rows } = await stage.pipeline.pool.query<{ at: Date }>("SELECT at FROM feedback");
  expect(ada.sms?.updatedAt?.getTime()).toBe(
    Math.floor((rows[0]?.at.getTime() ?? 0) / 1000) * 1000,
  );
  expect(optOuts()).toEqual([]);
});

test("START said before Shopify tells the STOP back still stands", async () => {
  await text("STOP");
  await stage.settle();
  expect(stage.told).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await text("START");
  await stage.settle();
  await stage.hear();
  await stage.settle();
  expect(profile()).toMatchObject({ sms_eligible: true, sms_consent_status: "subscribed" });
  expect(optOuts()).toEqual([]);
});

test("a STOP that Shopify tells back is no second stop: nothing more is written anywhere", async () => {
  await text("STOP");
  await stage.settle();
  await stage.hear();
  await stage.settle();
  expect(stage.written).toHaveLength(1);
  expect(optOuts()).toEqual([]);
});

test("a stop in words no carrier knows is written to every sender's list", async () => {
  await text("please don't text me");
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("'wrong number' is written to every sender's list and to Shopify", async () => {
  await text("wrong number");
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
  expect(ada).toMatchObject({ phone: NUMBER, sms: { state: "unsubscribed" } });
});

test("a Shopify unsubscribe is written to every sender's list, and not to Shopify", async () => {
  perform(stage.shopify.openShop(SHOP), { verb: "unsubscribeSms", args: { customer: ada.id } });
  await stage.hear();
  await stage.settle();
  expect(profile()).toMatchObject({ sms_consent_status: "unsubscribed" });
  expect(optOuts()).toEqual(ALL);
  expect(stage.written).toEqual([]);
});

test("a preference switched off reaches both, and switched on again takes back only our entries", async () => {
  const who = { kind: "email", value: EMAIL } as const;
  const [first = ""] = SENDERS;
  stage.pipeline.customerio.control.optOut(who, { channel: "sms", from: first });
  const timestamp = Math.floor(stage.pipeline.now() / 1_000);
  const data = { identifiers: { email: EMAIL }, content: { channels: { sms: false } } };
  const metric = "cio_subscription_preferences_changed";
  const report = { metric, object_type: "customer", event_id: "E1", timestamp, data };
  await sendCustomerio(stage.pipeline, report);
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
  await prefer(true);
  await stage.settle();
  expect(optOuts()).toEqual([`sms ${first}`]);
});

test("a stop that is told many times is written once", async () => {
  const message = {
    MessageSid: "SM-same",
    SmsStatus: "received",
    From: NUMBER,
    To: "+1",
    Body: "no more texts",
  };
  for (let time = 0; time < 3; time += 1) await sendTwilio(stage.pipeline, message);
  await stage.settle();
  await sendTwilio(stage.pipeline, message);
  await stage.settle();
  expect(stage.written).toHaveLength(1);
  expect(await details()).toHaveLength(2);
  const puts = stage.pipeline.customerio.control
    .requests()
    .filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(1);
});

test("a customer who has another number in Shopify is not touched", async () => {
  const shop = stage.shopify.openShop(SHOP);
  perform(shop, { verb: "editCustomer", args: { customer: ada.id, phone: OTHER } });
  await text("STOP");
  await stage.settle();
  expect(ada).toMatchObject({ phone: OTHER, sms: { state: "subscribed" } });
  expect(stage.written).toEqual([]);
});

test("what Ringtrue itself wrote to Shopify stops nobody else who has the number", async () => {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const body = {
    ...{ id: 9, token: "bo-checkout", email: "bo@example.com", created_at: at, updated_at: at },
    ...{ sms_marketing_phone: NUMBER, buyer_accepts_sms_marketing: true, line_items: [] },
  };
  await stage.pipeline.send({ topic: "checkouts/create", body });
  await stage.settle();
  await prefer(false);
  await stage.settle();
  await stage.hear();
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
  expect(profile("bo@example.com")).toMatchObject({ sms_consent_status: "subscribed" });
  expect(optOuts("bo@example.com")).toEqual([]);
});

test("a record in Shopify that is later than the stop is left for a person to judge", async () => {
  await prefer(false);
  stage.shopify.setTime(new Date(Date.now() + 60_000));
  perform(stage.shopify.openShop(SHOP), { verb: "subscribeSms", args: { customer: ada.id } });
  stage.shopify.setTime(null);
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "subscribed" });
  expect(await details()).toContainEqual({
    ...{ kind: "shopify", state: "done", detail: "says_subscribed_since" },
  });
});

test("a Shopify that fails holds up neither Customer.io's lists nor delivery, and is told when it is back", async () => {
  stage.shopify.faults.unavailable = Infinity;
  await prefer(false);
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
  expect(profile()).toMatchObject({ sms_consent_status: "unsubscribed" });
  expect(ada.sms).toMatchObject({ state: "subscribed" });
  stage.shopify.faults.unavailable = 0;
  await makeDue();
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("a Customer.io whose App API fails does not hold Shopify up", async () => {
  const { control } = stage.pipeline.customerio;
  control.plan({ fault: "fail", path: "/v1/customers", times: "forever" });
  await prefer(false);
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
  expect(optOuts()).toEqual([]);
  control.clearFaults();
  await makeDue();
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
});

test("a throttled Shopify is asked again later", async () => {
  stage.shopify.faults.throttle = 1;
  await text("STOP");
  await stage.settle();
  expect(await details()).toMatchObject([
    { kind: "shopify", state: "pending", detail: "throttled" },
  ]);
  await makeDue();
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("without a session what is for Shopify is kept, and told once there is one", async () => {
  await stage.pipeline.pool.query("TRUNCATE session");
  await text("STOP");
  await stage.settle();
  expect(await details()).toMatchObject([{ state: "pending", detail: "no_session" }]);
  await stage.install();
  await makeDue();
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("a token that is about to expire is refreshed first", async () => {
  await stage.pipeline.pool.query("UPDATE session SET expires = now() + interval '1 minute'");
  stage.shopify.tokens.expireAll();
  await text("STOP");
  await stage.settle();
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("what Shopify refuses for good is a dead letter, and a replay tells it again", async () => {
  // By Shopify's clock the stop lies an hour ahead, which it refuses.
  const shopify = new Date(Date.now() - 3_600_000);
  await text("STOP");
  stage.shopify.setTime(shopify);
  await stage.settle();
  expect(await details()).toMatchObject([
    { state: "pending", detail: expect.stringContaining("INVALID") },
  ]);
  stage.pipeline.advance(300_000);
  await makeDue();
  await stage.feedback(SHOP);
  const { pool } = stage.pipeline;
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM shop");
  const shop = { id: rows[0]?.id ?? 0, domain: SHOP };
  const [letter] = await listLetters(pool, shop, { limit: 9, open: true }, new Date());
  expect(letter).toMatchObject({ kind: "outbox", topic: "feedback/shopify", reason: "refused" });
  stage.shopify.setTime(null);
  const which = { ids: [letter?.id ?? 0] };
  expect(await replayLetters(pool, shop, which, new Date())).toMatchObject({ refused: [] });
  await stage.feedback(SHOP);
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
});

test("while a shop observes nothing is written; what still stands is, when it goes live", async () => {
  const { pool } = stage.pipeline;
  const bo = await subscribe("Bo Diddley", "bo@example.com", OTHER);
  await pool.query("UPDATE shop SET mode = 'observe'");
  await prefer(false);
  await text("no more texts", { From: OTHER });
  await stage.pipeline.merge(SHOP);
  stage.pipeline.advance(2_000);
  await text("START", { From: OTHER });
  await stage.pipeline.merge(SHOP);
  await stage.feedback(SHOP);
  expect([optOuts(), optOuts("bo@example.com")]).toEqual([[], []]);
  expect(stage.written).toEqual([]);
  await pool.query("UPDATE shop SET mode = 'live'");
  await stage.settle();
  expect(optOuts()).toEqual(ALL);
  expect(ada.sms).toMatchObject({ state: "unsubscribed" });
  expect(optOuts("bo@example.com")).toEqual([]);
  expect(bo.sms).toMatchObject({ state: "subscribed" });
});

test("in mode test only people on the test list are written of", async () => {
  await stage.pipeline.pool.query("UPDATE shop SET mode = 'test'");
  await prefer(false);
  await stage.pipeline.merge(SHOP);
  await stage.feedback(SHOP);
  expect(optOuts()).toEqual([]);
  expect(stage.written).toEqual([]);
  expect(await details()).toMatchObject([
    { state: "pending", detail: "not_on_test_list" },
    { state: "pending", detail: "not_on_test_list" },
  ]);
});

test("somebody who is in nobody's workspace has nothing there to be stopped", async () => {
  await prefer(false);
  stage.pipeline.customerio.control.reset();
  await stage.pipeline.merge(SHOP);
  await stage.pipeline.pool.query("UPDATE person SET told_version = version");
  await stage.feedback(SHOP);
  expect(await details()).toContainEqual({
    ...{ kind: "customerio", state: "done", detail: "not_in_the_workspace" },
  });
});
