// What Ringtrue hears from Customer.io's App API, through the whole pipeline and the simulated
// workspace: stops read in before the first write, and opt-out lists looked at from then on.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startWorkspaceChores, type WorkspaceChores } from "../support/workspace-chores.ts";

const ANN = "ann@example.com";
const ANNS = "+14155552671";
const BEN = "ben@example.com";
const SENDER = "+18885550123";

let stage: WorkspaceChores;

beforeEach(async () => {
  stage = await startWorkspaceChores();
});
afterEach(() => stage.close());

describe("before the first write", () => {
  test("nothing is written until the stops are read in and understood, and then at once", async () => {
    await stage.profile(ANN, { sms_unsubscribe: true });
    await stage.tick(ANN, ANNS);
    await stage.pipeline.merge(stage.shop);
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(ANN)).not.toHaveProperty("sms_eligible");
    await stage.chores();
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(ANN)).not.toHaveProperty("sms_eligible");
    await stage.pipeline.merge(stage.shop);
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(ANN)).toMatchObject({
      phone: ANNS,
      sms_eligible: false,
      sms_ineligible_reason: "opted_out",
    });
  });

  test("each place a workspace holds a no is read: senders' lists, unsubscribed, merchants' own attributes", async () => {
    const people = ["a@x.com", "b@x.com", "c@x.com", "d@x.com", "e@x.com"] as const;
    const [listed, everywhere, one, other, nothing] = people;
    await stage.profile(listed, {});
    await stage.profile(everywhere, { unsubscribed: true });
    await stage.profile(one, { sms_unsubscribe: "true" });
    await stage.profile(other, { sms_unsubscribed: true });
    await stage.profile(nothing, { sms_unsubscribed: false });
    stage.optOut(listed, SENDER);
    for (const [index, email] of people.entries()) await stage.tick(email, `+1415555267${index}`);
    await stage.settle();
    const reasons = await Promise.all(
      people.map(async (email) => (await stage.told(email))["sms_ineligible_reason"]),
    );
    expect(reasons).toEqual([
      "opted_out",
      "unsubscribed_everywhere",
      "opted_out",
      "opted_out",
      undefined,
    ]);
  });

  test("somebody heard of only later is stopped by what was read in before", async () => {
    await stage.profile(ANN, { sms_unsubscribed: true });
    await stage.settle();
    await stage.order(ANN, ANNS);
    await stage.settle();
    expect(await stage.told(ANN)).toMatchObject({ sms_ineligible_reason: "opted_out" });
  });

  test("another App API key is read with anew before the next write", async () => {
    await stage.settle();
    await stage.connectAnew({ app_key: "another-app-key" });
    await stage.tick(ANN, ANNS);
    await stage.pipeline.merge(stage.shop);
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(ANN)).toEqual({});
    await stage.chores();
    expect(await stage.choreOf("read-stops")).toMatchObject({ detail: "failed" });
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(ANN)).toEqual({});
    await stage.connectAnew({ app_key: "app-key" });
    await stage.settle();
    expect(await stage.told(ANN)).toMatchObject({ phone: ANNS });
  });

  test("Shopify's unsubscribed are read in with their own time: a later tick stands", async () => {
    const at = new Date(stage.pipeline.now() - 86_400_000);
    stage.shopify = [
      { customer: "71", phone: ANNS, at },
      { customer: "72", phone: "+14155552672", at },
    ];
    await stage.settle();
    await stage.order(BEN, "+14155552672", 72);
    await stage.tick(ANN, ANNS);
    await stage.settle();
    expect(await stage.told(BEN)).toMatchObject({ sms_ineligible_reason: "opted_out" });
    expect(await stage.told(ANN)).toMatchObject({ sms_eligible: true });
  });

  test("without an App API key Shopify's are read before the first write all the same", async () => {
    await stage.connectAnew({ app_key: null });
    await stage.install();
    const at = new Date(stage.pipeline.now() - 86_400_000);
    stage.shopify = [{ customer: "72", phone: ANNS, at }];
    await stage.order(BEN, ANNS, 72);
    await stage.pipeline.merge(stage.shop);
    await stage.pipeline.deliver(stage.shop);
    expect(await stage.told(BEN)).toEqual({});
    await stage.settle();
    expect(await stage.told(BEN)).toMatchObject({ sms_ineligible_reason: "opted_out" });
  });

  test("without an App API key and an install there is nothing to wait for", async () => {
    await stage.connectAnew({ app_key: null });
    await stage.tick(ANN, ANNS);
    await stage.pipeline.settle(stage.shop);
    expect(await stage.told(ANN)).toMatchObject({ sms_eligible: true });
  });

  test("a reading cut off by an error goes on, and keeps nothing twice", async () => {
    for (const email of [ANN, BEN]) {
      await stage.profile(email, { unsubscribed: true });
      stage.optOut(email, SENDER);
    }
    stage.pipeline.customerio.control.plan({
      fault: "fail",
      path: "/v1/customers",
      status: 500,
      times: 2,
    });
    await stage.settle();
    expect(await stage.messages()).toEqual({ "customerio/opt-out": 2, "preference/change": 2 });
  });
});

test("which workspace it is becomes known where it could not be asked when connecting", async () => {
  await stage.chores();
  const { rows } = await stage.pipeline.pool.query(
    "SELECT environment_id FROM shop WHERE domain = $1",
    [stage.shop],
  );
  expect(rows).toEqual([{ environment_id: "us:7" }]);
});

describe("the opt-out lists", () => {
  beforeEach(() => stage.settle());

  test("an entry is a stop of the person and blocks at the carrier until START", async () => {
    await stage.profile(ANN, {});
    await stage.tick(ANN, ANNS);
    await stage.settle();
    expect(await stage.told(ANN)).toMatchObject({ sms_eligible: true });
    stage.optOut(ANN, SENDER);
    await stage.poll();
    expect(await stage.told(ANN)).toMatchObject({
      sms_eligible: false,
      sms_ineligible_reason: "opted_out",
    });
    await stage.tick(ANN, ANNS);
    await stage.settle();
    expect(await stage.told(ANN)).toMatchObject({ sms_ineligible_reason: "carrier_opted_out" });
  });

  test("an entry seen again is the same stop: it never outlives a START", async () => {
    await stage.tick(ANN, ANNS);
    await stage.settle();
    stage.optOut(ANN, SENDER);
    await stage.poll();
    await stage.text(ANNS, "START");
    await stage.poll();
    await stage.poll();
    expect(await stage.told(ANN)).toMatchObject({ sms_eligible: true });
    expect(await stage.messages()).toMatchObject({ "customerio/opt-out": 1 });
  });

  test("an entry that was gone and is there again is a new stop", async () => {
    await stage.tick(ANN, ANNS);
    await stage.settle();
    stage.optOut(ANN, SENDER);
    await stage.poll();
    stage.optOut(ANN, SENDER, false);
    await stage.text(ANNS, "START");
    await stage.poll();
    expect(await stage.told(ANN)).toMatchObject({ sms_eligible: true });
    stage.optOut(ANN, SENDER);
    await stage.poll();
    expect(await stage.told(ANN)).toMatchObject({ sms_ineligible_reason: "opted_out" });
  });

  test("an entry stops everybody who has the number", async () => {
    await stage.tick(ANN, ANNS);
    await stage.tick(BEN, ANNS);
    await stage.settle();
    stage.optOut(ANN, SENDER);
    await stage.poll();
    expect(await stage.told(BEN)).toMatchObject({ sms_ineligible_reason: "opted_out" });
  });

  test("what Ringtrue wrote into the lists itself is no news", async () => {
    await stage.tick(ANN, ANNS);
    await stage.settle();
    await stage.wroteOptOut(ANN);
    stage.optOut(ANN, SENDER);
    await stage.poll();
    await stage.poll();
    expect(await stage.messages()).not.toHaveProperty("customerio/opt-out");
  });

  test("an opt-out of WhatsApp says nothing about texts", async () => {
    await stage.tick(ANN, ANNS);
    await stage.settle();
    stage.optOut(ANN, SENDER, true, "whatsapp");
    await stage.poll();
    expect(await stage.messages()).not.toHaveProperty("customerio/opt-out");
  });
});
