import { expect, test } from "vitest";

import type { HookTopic } from "./hook-entrance.ts";
import { hookId } from "./hook-id.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const NOON = Date.UTC(2026, 10, 21, 12);

function idOf(topic: HookTopic, body: string, signedAt: number | null = NOON): string {
  return hookId(topic, Buffer.from(body), signedAt);
}

test("a message of Twilio's is known by its name and what became of it", () => {
  const id = (form: string) => idOf("twilio/message", form, null);
  expect(id("MessageSid=SM1&SmsStatus=received&Body=STOP")).toBe("SM1:received");
  expect(id("MessageSid=SM1&MessageStatus=failed&SmsStatus=sent")).toBe("SM1:failed");
  expect(id("MessageSid=SM1")).toBe("SM1:");
});

test("a report is known by its event, whatever else stands in it", () => {
  expect(idOf("customerio/report", '{"event_id": "01E4", "metric": "sent"}')).toBe("01E4");
  expect(idOf("customerio/report", '{"event_id": "01E4"}', NOON + 1)).toBe("01E4");
});

test("a reply is known by the id the template gives it, without losing a digit", () => {
  expect(idOf("customerio/reply", '{"id": "r-1"}')).toBe("r-1");
  expect(idOf("customerio/reply", '{"id": 9007199254740993}')).toBe("9007199254740993");
});

test("without a name a reply is known by its words and when they were signed", () => {
  const stop = '{"from": "+14155552671", "body": "STOP"}';
  expect(idOf("customerio/reply", stop)).toMatch(DIGEST);
  expect(idOf("customerio/reply", stop)).toBe(idOf("customerio/reply", stop));
  expect(idOf("customerio/reply", stop, NOON + 1_000)).not.toBe(idOf("customerio/reply", stop));
  expect(idOf("customerio/reply", '{"id": "null"}')).toMatch(DIGEST);
});

test("without a name everything else is known by its bytes", () => {
  for (const [topic, body] of [
    ["twilio/message", "Body=STOP"],
    ["twilio/message", `MessageSid=${"S".repeat(121)}`],
    ["twilio/message", "MessageSid=a+b"],
    ["customerio/report", ""],
    ["customerio/report", "hello"],
    ["customerio/report", "[]"],
    ["customerio/report", "null"],
    ["customerio/report", '{"event_id": {"a": 1}}'],
    ["customerio/report", '{"event_id": "a b"}'],
    ["customerio/report", "[".repeat(20_000)],
  ] as const) {
    expect(idOf(topic, body), body.slice(0, 40)).toMatch(DIGEST);
    expect(idOf(topic, body, NOON + 1)).toBe(idOf(topic, body));
    expect(idOf(topic, `${body} `)).not.toBe(idOf(topic, body));
  }
});
