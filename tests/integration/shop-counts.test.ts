// The numbers of a shop are counted as things happen: they say what a full count would, and nobody counts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFunnel } from "#app/db/funnel.ts";
import { countDay, expireDays, readDays } from "#app/db/shop-days.ts";
import { startPipeline, type Pipeline, SHOP } from "../support/pipeline.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

const ADA = { id: 7, email: "ada@example.com", phone: "+14155552671" };
const TICKED = { buyer_accepts_sms_marketing: true, sms_marketing_phone: ADA.phone };

async function today() {
  return (await readDays(pipeline.pool, 1, 1, pipeline.now()))[0]?.counts;
}

test("a shopper's way through a day is counted, and who is erased leaves the funnel", async () => {
  const { pool } = pipeline;
  const at = new Date(pipeline.now() - 60_000).toISOString();
  const when = { created_at: at, updated_at: at };
  const order = {
    id: 1,
    ...when,
    email: ADA.email,
    customer: ADA,
    line_items: [],
    phone: ADA.phone,
  };
  await pipeline.send({ topic: "orders/create", body: order });
  await pipeline.send({ topic: "orders/create", body: "{" });
  await pipeline.settle();
  expect(await readFunnel(pool, 1)).toMatchObject({ valid_number: 1, eligible: 0 });

  const checkout = {
    token: "c1",
    ...when,
    email: ADA.email,
    customer: ADA,
    line_items: [],
    ...TICKED,
  };
  await pipeline.send({ topic: "checkouts/create", body: checkout });
  await pipeline.settle();
  expect(await readFunnel(pool, 1)).toMatchObject({ valid_number: 0, eligible: 1 });

  const sms_marketing_consent = {
    state: "unsubscribed",
    consent_updated_at: new Date(pipeline.now()),
  };
  await pipeline.send({
    topic: "customers_marketing_consent/update",
    body: { id: ADA.id, phone: ADA.phone, sms_marketing_consent },
  });
  await pipeline.settle();
  expect(await readFunnel(pool, 1)).toMatchObject({ valid_number: 1, eligible: 0 });
  expect(await today()).toMatchObject({
    messages_understood: 3,
    dead_letters: 1,
    people_new: 1,
    consents_given: 1,
    stops: 1,
    became_eligible: 1,
    lost_eligibility: 1,
    told_people: 3,
  });

  const redact = {
    shop_domain: SHOP,
    customer: { id: ADA.id, email: ADA.email },
    orders_to_redact: [1],
  };
  await pipeline.send({ topic: "customers/redact", body: redact });
  await pipeline.merge(SHOP);
  expect(Object.values(await readFunnel(pool, 1)).every((people) => people === 0)).toBe(true);
});

test("days without anything are there as zeros, and old ones go", async () => {
  const { pool } = pipeline;
  const now = Date.parse("2026-11-16T23:59:59Z");
  await countDay(pool, 2, now, { stops: 2 });
  await countDay(pool, 2, now - 2 * 86_400_000, { stops: 1 });
  const days = await readDays(pool, 2, 3, now);
  expect(days.map(({ day, counts }) => [day, counts.stops])).toEqual([
    ["2026-11-14", 1],
    ["2026-11-15", 0],
    ["2026-11-16", 2],
  ]);
  await countDay(pool, 1, Date.now() - 401 * 86_400_000, { stops: 5 });
  await countDay(pool, 1, Date.now() - 399 * 86_400_000, { stops: 6 });
  expect(await expireDays(pool, 400)).toBe(1);
});
