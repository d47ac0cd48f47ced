// The simulated Twilio and Customer.io against the real door: what they send twice, late and in the
// wrong order arrives once, and one bad report does not hold up the others for an hour.
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeServer, listen } from "../../simulator/control/listen.ts";
import { startReporter } from "../../simulator/customerio/reporting/start-reporter.ts";
import { startTwilio } from "../../simulator/twilio/start-twilio.ts";
import { SIGNING_KEY, TOKEN } from "../support/hooks.ts";
import { PUBLIC_URL, SHOP, startPipeline, type Pipeline } from "../support/pipeline.ts";

const NUMBER = "+14155552671";
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ signingKey: SIGNING_KEY, twilioAuthToken: TOKEN });
});
afterAll(() => pipeline.close());

async function keptOf(topics: string): Promise<number> {
  const { rows } = await pipeline.pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM message WHERE topic LIKE $1",
    [topics],
  );
  return rows[0]?.count ?? 0;
}

function ask(url: string, name: string, body: object): Promise<Response> {
  return fetch(`${url}/${name}`, { method: "POST", body: JSON.stringify(body) });
}

test("every text and status of a Twilio account is taken once, in any order", async () => {
  const { url, twilio, close } = await startTwilio({
    ...{ authToken: TOKEN, appUrl: pipeline.url, publicUrl: PUBLIC_URL },
    ...{ duplicates: 0.5, shuffleWindow: 4, msPerSecond: 1 },
  });
  const sid = twilio.receive(SHOP, { from: NUMBER, body: "Stop" });
  for (const status of ["queued", "sent", "delivered"]) twilio.report(SHOP, { to: NUMBER, status });
  await ask(`${url}/_control/twilio`, "inbound", { shop: SHOP, from: NUMBER, body: "Start" });
  expect((await ask(`${url}/_control/twilio`, "inbound", { shop: SHOP })).status).toBe(422);
  await twilio.idle();
  expect(twilio.sent().every(({ attempts }) => attempts.join() === "200")).toBe(true);
  expect(twilio.sent().length).toBeGreaterThan(5);
  expect(twilio.sent()[0]?.fields).toMatchObject({ MessageSid: sid, OptOutType: "STOP" });
  expect(await keptOf("twilio/%")).toBe(5);
  await close();
});

test("every report of a workspace is taken once, also of a kind and shape nobody knows", async () => {
  const { url, reporter, close } = await startReporter({
    ...{ signingKey: SIGNING_KEY, appUrl: pipeline.url, duplicates: 0.5, shuffleWindow: 3 },
    now: () => pipeline.now(),
  });
  const data = { recipient: NUMBER, delivery_id: "D1" };
  for (const metric of ["sent", "delivered", "clicked", "unheard_of"])
    reporter.report(SHOP, { object: "sms", metric, data });
  await ask(`${url}/_control/reporting`, "reply", { shop: SHOP, body: "no JSON at all" });
  await reporter.idle();
  expect(reporter.sent().every(({ attempts }) => attempts.join() === "200")).toBe(true);
  expect(await keptOf("customerio/%")).toBe(5);
  await close();
});

test("a report that is refused holds up those behind it, for an hour unless it is sent now", async () => {
  const answers = [500, 200];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on("end", () => response.writeHead(answers.shift() ?? 200).end());
  });
  const appUrl = `http://127.0.0.1:${await listen(server, 0)}`;
  const { url, reporter, close } = await startReporter({ signingKey: SIGNING_KEY, appUrl });
  for (const metric of ["sent", "delivered"]) {
    reporter.report(SHOP, { object: "sms", metric, data: {} });
  }
  await expect.poll(() => reporter.sent()[0]?.attempts).toEqual(["500"]);
  expect(reporter.sent()[1]?.attempts).toEqual([]);
  await ask(`${url}/_control/reporting`, "now", {});
  await reporter.idle();
  expect(reporter.sent().map(({ attempts }) => attempts)).toEqual([["500", "200"], ["200"]]);
  expect(bodies.map((body) => JSON.parse(body).metric)).toEqual(["sent", "sent", "delivered"]);
  await close();
  await closeServer(server);
});
