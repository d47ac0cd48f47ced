// Two persons who turn out to be one: what the profile that goes on was told before counts as told,
// whoever told it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
beforeEach(async () => {
  pipeline = await startPipeline();
});
afterEach(() => pipeline.close());

const MAYA = "maya@example.com";
const NUMBER = "+14155552671";
const AT = "2026-11-20T10:00:00Z";
const CUSTOMER = { id: 77, email: null, phone: null, created_at: AT, updated_at: AT };
const TICKED = {
  ...{ token: "t1", cart_token: "c1", email: MAYA, phone: NUMBER, created_at: AT, updated_at: AT },
  ...{ buyer_accepts_sms_marketing: true, sms_marketing_phone: NUMBER, line_items: [] },
};
const JOINS = { ...CUSTOMER, email: MAYA, updated_at: "2026-11-20T11:00:00Z" };

async function hear(topic: string, body: object): Promise<void> {
  expect(await pipeline.send({ topic, body })).toBe(200);
  await pipeline.merge(SHOP);
}

function consentsTold(): unknown[] {
  const { events } = pipeline.customerio.control.snapshot();
  const changes = events.filter(({ name }) => name === "sms_consent_changed");
  return changes.map(({ data }) => [data["status_before"], data["status"]]);
}

test("a consent told of one of two persons is no news when they turn out to be one", async () => {
  await hear("customers/create", CUSTOMER);
  await pipeline.settle();
  await hear("checkouts/create", TICKED);
  await pipeline.settle();
  expect(consentsTold()).toEqual([["not_subscribed", "subscribed"]]);
  await hear("customers/update", JOINS);
  await pipeline.settle();
  expect(consentsTold()).toEqual([["not_subscribed", "subscribed"]]);
});

test("nor when they turn out to be one while the answer to it is on its way", async () => {
  await hear("customers/create", CUSTOMER);
  await pipeline.settle();
  await hear("checkouts/create", TICKED);
  pipeline.customerio.control.plan({ fault: "slow-answer", kind: "identify" });
  const delivering = pipeline.deliver(SHOP);
  await expect.poll(() => pipeline.customerio.control.faults()[0]?.applied).toBe(1);
  await hear("customers/update", JOINS);
  pipeline.customerio.control.release();
  await delivering;
  await pipeline.settle();
  const { rows } = await pipeline.pool.query(
    "SELECT name FROM outbox WHERE state = 'pending' AND kind = 'event'",
  );
  expect(rows).toEqual([]);
  expect(consentsTold()).toEqual([["not_subscribed", "subscribed"]]);
});

test("a stop that is heard with what joins them is told, as a change of what was told before", async () => {
  await hear("customers/create", { ...CUSTOMER, phone: NUMBER });
  await pipeline.settle();
  await hear("checkouts/create", TICKED);
  await pipeline.settle();
  const consent = { state: "unsubscribed", opt_in_level: "single_opt_in" };
  const record = { ...consent, consent_updated_at: "2026-11-20T11:30:00Z" };
  const update = { ...JOINS, phone: NUMBER, sms_marketing_consent: record };
  expect(await pipeline.send({ topic: "customers/update", body: update })).toBe(200);
  const said = { id: 77, phone: NUMBER, sms_marketing_consent: record };
  await hear("customers_marketing_consent/update", said);
  await pipeline.settle();
  expect(consentsTold()).toEqual([
    ["not_subscribed", "subscribed"],
    ["subscribed", "unsubscribed"],
  ]);
});
