import { expect, test } from "vitest";

import type { HookKind } from "./hook-entrance.ts";
import { fileHook } from "./hook-file.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const NOON = Date.UTC(2026, 10, 21, 12);

function idOf(kind: HookKind, body: string, signedAt: number | null = NOON): string {
  return fileHook(kind, Buffer.from(body), signedAt).webhookId;
}

function topicOf(kind: HookKind, body: string): string {
  return fileHook(kind, Buffer.from(body), NOON).topic;
}

test("what may end a consent overtakes, and what became of a text waits its turn", () => {
  const sms = (metric: string, failure_message = "") =>
    JSON.stringify({ metric, object_type: "sms", data: { failure_message } });
  for (const [topic, kind, body] of [
    ["twilio/message", "twilio", "MessageSid=SM1&SmsStatus=received&Body=STOP"],
    ["twilio/message", "twilio", "MessageSid=SM1&Body="],
    ["twilio/message", "twilio", "MessageSid=SM1&MessageStatus=failed&ErrorCode=21610"],
    ["twilio/status", "twilio", "MessageSid=SM1&MessageStatus=delivered&Body=x"],
    ["twilio/status", "twilio", "MessageSid=SM1&MessageStatus=failed&ErrorCode=30006"],
    ["twilio/status", "twilio", "hello"],
    ["customerio/consent", "report", '{"metric":"unsubscribed","object_type":"customer"}'],
    ["customerio/consent", "report", '{"metric":"x","object_type_type":"customer"}'],
    ["customerio/consent", "report", sms("replied")],
    ["customerio/consent", "report", sms("failed", "Error 21610: unsubscribed")],
    ["customerio/report", "report", sms("failed", "Error 30006")],
    ["customerio/report", "report", sms("delivered")],
    ["customerio/report", "report", '{"metric":"opened","object_type":"email","data":{}}'],
    ["customerio/report", "report", '{"metric":"failed","object_type":"sms","data":null}'],
    ["customerio/report", "report", "hello"],
    ["customerio/reply", "reply", "hello"],
  ] as const)
    expect(topicOf(kind, body), body).toBe(topic);
});

test("a message of Twilio's is known by its name and what became of it", () => {
  const id = (form: string) => idOf("twilio", form, null);
  expect(id("MessageSid=SM1&SmsStatus=received&Body=STOP")).toBe("SM1:received");
  expect(id("MessageSid=SM1&MessageStatus=failed&SmsStatus=sent")).toBe("SM1:failed");
  expect(id("MessageSid=SM1")).toBe("SM1:");
});

test("a report is known by its event, whatever else stands in it", () => {
  expect(idOf("report", '{"event_id": "01E4", "metric": "sent"}')).toBe("01E4");
  expect(idOf("report", '{"event_id": "01E4"}', NOON + 1)).toBe("01E4");
});

test("a reply is known by the id the template gives it, without losing a digit", () => {
  expect(idOf("reply", '{"id": "r-1"}')).toBe("r-1");
  expect(idOf("reply", '{"id": 9007199254740993}')).toBe("9007199254740993");
});

test("without a name a reply is known by its words and when they were signed", () => {
  const stop = '{"from": "+14155552671", "body": "STOP"}';
  expect(idOf("reply", stop)).toMatch(DIGEST);
  expect(idOf("reply", stop)).toBe(idOf("reply", stop));
  expect(idOf("reply", stop, NOON + 1_000)).not.toBe(idOf("reply", stop));
  expect(idOf("reply", '{"id": "null"}')).toMatch(DIGEST);
});

test("without a name everything else is known by its bytes", () => {
  for (const [kind, body] of [
    ["twilio", "Body=STOP"],
    ["twilio", `MessageSid=${"S".repeat(121)}`],
    ["twilio", "MessageSid=a+b"],
    ["report", ""],
    ["report", "hello"],
    ["report", "[]"],
    ["report", "null"],
    ["report", '{"event_id": {"a": 1}}'],
    ["report", '{"event_id": "a b"}'],
    ["report", "[".repeat(20_000)],
  ] as const) {
    expect(idOf(kind, body), body.slice(0, 40)).toMatch(DIGEST);
    expect(idOf(kind, body, NOON + 1)).toBe(idOf(kind, body));
    expect(idOf(kind, `${body} `)).not.toBe(idOf(kind, body));
  }
});
