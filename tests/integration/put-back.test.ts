// Going live, and back: what stood in the workspace before stands again.
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginUndo, countToUndo, loadUndo } from "#app/db/put-back.ts";
import { loadWorkingShop, type WorkingShop } from "#app/db/working-shop.ts";
import { startAppChores, type AppChores } from "../support/app-chores.ts";
import { sendOrder, writeProfile } from "../support/before-going-live.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

let pipeline: Pipeline;
let chores: AppChores;
beforeEach(async () => {
  pipeline = await startPipeline({ mode: "observe" });
  chores = await startAppChores(pipeline);
});
afterEach(() => pipeline.close());

const ADA = "ada@example.com";
const BOB = "bob@example.com";

const orders = (id: number, email: string | null, more: object = {}): Promise<void> =>
  sendOrder(pipeline, id, email, more);
const stands = (identifiers: object, attributes: object): Promise<void> =>
  writeProfile(pipeline, identifiers, attributes);

async function goLive(): Promise<void> {
  await pipeline.pool.query("UPDATE shop SET mode = 'live', live_since = now()");
  await pipeline.settle();
}

async function workingShop(): Promise<WorkingShop> {
  const shop = await loadWorkingShop(pipeline.pool, SHOP);
  if (!shop) throw new Error("there is a shop");
  return shop;
}

async function begin(kind: "put_back" | "clear" = "put_back", now = new Date(pipeline.now())) {
  return beginUndo(pipeline.pool, await workingShop(), kind, now);
}

function attributesOf(email: string): Record<string, unknown> | undefined {
  const { people } = pipeline.customerio.control.snapshot();
  return people.find((person) => person.email === email)?.attributes;
}

/** Ada had a profile before, and was looked at; Bob has one only since he was told. */
async function liveWithAdaAndBob(): Promise<void> {
  await stands(
    { email: ADA },
    { phone: "+4930901820", sms_consent: true, unsubscribed: true, mood: "good" },
  );
  await orders(1, ADA);
  await chores.lookUp();
  await orders(2, BOB);
  await goLive();
  expect(attributesOf(ADA)).toMatchObject({
    phone: "+14155552671",
    sms_consent: false,
    orders_count: 1,
  });
}

test("what stood before stands again, what Ringtrue added is gone, and the shop observes", async () => {
  await stands(
    { email: ADA },
    { phone: "+4930901820", sms_consent: true, unsubscribed: true, mood: "good" },
  );
  const before = attributesOf(ADA);
  await liveWithAdaAndBob();
  expect(await begin()).toEqual({ kind: "begun", total: 2 });
  expect((await workingShop()).mode).toBe("observe");
  await chores.putBack();
  expect(attributesOf(ADA)).toEqual(before);
  expect(Object.keys(attributesOf(BOB) ?? {})).toEqual(["email"]);
  const { undo } = (await loadUndo(pipeline.pool, (await workingShop()).id)) ?? {};
  expect(undo).toMatchObject({ ended: "done", total: 2 });
  expect(undo?.counts).toMatchObject({
    profiles: 2,
    valuesPutBack: 2,
    neverLookedAt: 1,
    refused: 0,
  });
  expect(undo?.counts.attributesRemoved).toBeGreaterThan(10);
});

test("afterwards everybody is as never told, and going live again tells everybody", async () => {
  await liveWithAdaAndBob();
  await begin();
  await chores.putBack();
  const told = await pipeline.pool.query(
    "SELECT FROM person WHERE told IS NOT NULL OR told_version > 0",
  );
  expect(told.rowCount).toBe(0);
  expect(await countToUndo(pipeline.pool, (await workingShop()).id)).toEqual({
    profiles: 0,
    lookedAt: 0,
  });
  await goLive();
  expect(attributesOf(ADA)).toMatchObject({ phone: "+14155552671", mood: "good" });
  expect(attributesOf(BOB)).toMatchObject({ phone: "+14155552671" });
});

test("an answer that was lost is asked for again, with a later second, and the end is the same", async () => {
  await liveWithAdaAndBob();
  await begin();
  pipeline.customerio.control.plan({ fault: "accept-then-drop", path: "/api/v2/batch", times: 1 });
  expect(await chores.putBack()).toMatchObject({ isDone: false });
  expect((await chores.putBack()).detail).toBe("done: 2 of 2 profiles");
  expect(attributesOf(ADA)).toMatchObject({ phone: "+4930901820", sms_consent: true });
  expect(attributesOf(ADA)).not.toHaveProperty("orders_count");
});

test("a profile that Customer.io refuses stays known as told, and is counted", async () => {
  await liveWithAdaAndBob();
  await begin();
  pipeline.customerio.control.plan({ fault: "partial", items: [0], times: 1 });
  await chores.putBack();
  const { id } = await workingShop();
  expect((await loadUndo(pipeline.pool, id))?.undo.counts).toMatchObject({
    profiles: 1,
    refused: 1,
  });
  expect((await countToUndo(pipeline.pool, id)).profiles).toBe(1);
});

test("clearing removes what Ringtrue wrote and puts nothing back", async () => {
  await liveWithAdaAndBob();
  expect(await begin("clear")).toMatchObject({ kind: "begun" });
  await chores.putBack();
  expect(attributesOf(ADA)).toEqual({ email: ADA, mood: "good", unsubscribed: true });
});

test("told to write again meanwhile, it stops, and delivery tells everybody anew", async () => {
  await liveWithAdaAndBob();
  await begin();
  await goLive();
  expect((await chores.putBack()).detail).toContain("stopped, the mode was changed");
  expect(attributesOf(ADA)).toMatchObject({ phone: "+14155552671" });
});

test("it is refused while under way, with nothing told, and thirty days after going live", async () => {
  expect(await begin()).toEqual({ kind: "nothing_told" });
  await liveWithAdaAndBob();
  const late = new Date(pipeline.now() + 31 * 86_400_000);
  expect(await begin("put_back", late)).toMatchObject({ kind: "too_late" });
  expect((await workingShop()).mode).toBe("live");
  expect(await begin("clear", late)).toMatchObject({ kind: "begun" });
  expect(await begin()).toEqual({ kind: "under_way" });
});

test("an old yes is not put back to somebody who has said stop meanwhile", async () => {
  await liveWithAdaAndBob();
  await pipeline.pool.query(
    `UPDATE profile SET decision = jsonb_set(decision::jsonb, '{consent,status}', '"unsubscribed"')::json`,
  );
  await begin();
  await chores.putBack();
  expect(attributesOf(ADA)).toMatchObject({ phone: "+4930901820", sms_consent: false });
  const { undo } = (await loadUndo(pipeline.pool, (await workingShop()).id)) ?? {};
  expect(undo?.counts).toMatchObject({ valuesPutBack: 1, permissionsWithheld: 1 });
});
