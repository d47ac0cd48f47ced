// What the core proves of a fold over everything at once holds for what the database keeps and folds
// bit by bit: the same people, the same numbers and consents, the same attributes.
import { hash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STAGES } from "#app/core/profile/stage.ts";
import { laneOf } from "#app/core/topics.ts";
import type { Message } from "#app/core/testing/hear.ts";
import { decideOfAll, numbersSaidIn, observationsOf, shuffle } from "#app/core/testing/hear.ts";
import { AFTERWARDS, messageFrom } from "#app/core/testing/histories.ts";
import { readFunnel } from "#app/db/funnel.ts";
import { buyer, createTeller, DAY, START, ticked } from "#app/core/testing/tell.ts";
import { propertySeed } from "../../scripts/test/property-runs.ts";
import { SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

const AS_OF = AFTERWARDS + 86_400_000;
const RUNS = 80;

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
  pipeline.freeze();
  pipeline.advance(AS_OF - Date.now());
});
afterAll(() => pipeline.close());

const history = fc.array(
  fc.array(fc.nat(1_000_000), { maxLength: 24 }).map((tape) => messageFrom(tape)),
  { minLength: 2, maxLength: 16 },
);

test(
  "heard in any order, in any batches and twice, the pipeline decides what the core decides",
  { timeout: 240_000 },
  async () => {
    const law = fc.asyncProperty(history, fc.nat(1_000), fc.nat(8), async (told, seed, size) => {
      await forgetEverything();
      const arriving = shuffle([...told, ...told], seed);
      for (let from = 0; from < arriving.length; from += size + 1) {
        await arrive(arriving.slice(from, from + size + 1), from);
        await pipeline.merge(SHOP);
      }
      expect(await readPeople()).toEqual(decide(told));
      expect(await readFunnel(pipeline.pool, 1)).toEqual(await countEverybody());
    });
    await fc.assert(law, { numRuns: RUNS, ...propertySeed() });
  },
);

/** As the doors keep them, with the times they came. */
async function arrive(messages: readonly Message[], from: number): Promise<void> {
  for (const [index, { topic, body, triggeredAt, receivedAt }] of messages.entries()) {
    const triggered = triggeredAt === null ? null : new Date(triggeredAt).toISOString();
    await pipeline.pool.query(
      `WITH kept AS (
         INSERT INTO message (shop, topic, webhook_id, triggered_at, received_at, body)
         VALUES ($1, $2, $3, $4, $5, convert_to($6, 'UTF8')) RETURNING shop, id)
       INSERT INTO pending (shop, lane, id, size) SELECT shop, $7, id, 1 FROM kept`,
      [SHOP, topic, `${from + index}`, triggered, new Date(receivedAt), body, laneOf(topic)],
    );
  }
}

async function forgetEverything(): Promise<void> {
  await pipeline.pool.query(
    `TRUNCATE message, pending, dead_letter, identity, observation, person, profile, person_number,
              number_said, consent_entry, outbox, feedback, text_sent, text_failed, shop_funnel, shop_day`,
  );
}

async function readPeople(): Promise<Map<string, unknown>> {
  const { rows } = await pipeline.pool.query<{ anchor: string; attributes: unknown }>(
    `SELECT p.anchor, d.attributes FROM person p
     JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id
     WHERE p.merged_into IS NULL AND p.address IS NOT NULL ORDER BY p.anchor`,
  );
  return new Map(rows.map(({ anchor, attributes }) => [anchor, attributes]));
}

/** The shop's funnel, counted from everybody there is. */
async function countEverybody(): Promise<Record<string, number>> {
  const { rows } = await pipeline.pool.query<{
    stage: number;
    attributes: { sms_eligible?: boolean };
  }>(
    `SELECT p.stage, d.attributes FROM person p
     JOIN profile d ON d.shop_id = p.shop_id AND d.person_id = p.id WHERE p.merged_into IS NULL`,
  );
  const counted = Object.fromEntries(STAGES.map((name) => [name, 0]));
  for (const { stage, attributes } of rows) {
    const name = STAGES[stage] ?? "";
    expect(name === "eligible").toBe(attributes.sms_eligible === true);
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

/** Named by their content as merge names them, because the name is what breaks a tie. */
function nameOf({ id }: { id: string }): string {
  return hash("sha256", id, "hex").slice(0, 32);
}

/** Whoever can be told of; the others may or may not have a row. */
function decide(told: readonly Message[]): Map<string, unknown> {
  const named = <Named extends { id: string }>(one: Named): Named => ({ ...one, id: nameOf(one) });
  const observations = observationsOf(told).map(named);
  const decided = decideOfAll(observations, { asOf: AS_OF }, numbersSaidIn(told).map(named));
  const people = [...decided].filter(([, { address }]) => address !== null);
  return new Map(
    people.map(([anchor, { attributes }]): [string, unknown] => [anchor, attributes]).sort(),
  );
}

test("a stop that turns out to have been said earlier ends nothing that was agreed to since", async () => {
  await forgetEverything();
  const { checkout, consent } = createTeller(() => ({}));
  const [number, customer] = ["+14155552671", { customer: buyer(1), email: "ada@example.com" }];
  // The sender's clock runs ahead, so the stop counts from its first receipt.
  const ahead = consent(1, START + 9 * DAY, "unsubscribed", number);
  const [later, earlier] = [5, 1].map((day) => ({ ...ahead, receivedAt: START + day * DAY }));
  const tick = checkout("c1", START + 3 * DAY, { ...customer, phone: number, ...ticked(number) });
  for (const [from, message] of [tick, later, earlier].entries()) {
    if (message) await arrive([message], from);
    await pipeline.merge(SHOP);
  }
  expect((await readPeople()).get("customer:1")).toMatchObject({ sms_eligible: true });
});
