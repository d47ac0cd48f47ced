import { describe, expect, it } from "vitest";

import type { NumberTold, Understood } from "./reader.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const NUMBER = "+14155552671";
const SENDER = "+15005550006";

function hear(fields: Record<string, string> | string): Understood {
  const body = new URLSearchParams(fields).toString();
  return understand({ topic: "twilio/message", body, triggeredAt: null, receivedAt: RECEIVED });
}

function numbersOf(fields: Record<string, string>): NumberTold[] {
  const understood = hear(fields);
  if (understood.kind !== "told") throw new Error(`understood as ${understood.kind}`);
  expect(understood.told).toEqual([]);
  return understood.ofNumbers ?? [];
}

const TEXT = { MessageSid: "SM1", SmsStatus: "received", From: NUMBER, To: SENDER, Body: "Stop" };
const STATUS = { MessageSid: "SM2", MessageStatus: "failed", From: SENDER, To: NUMBER };

const meaning = (changes: Record<string, string>): string =>
  numbersOf({ ...TEXT, ...changes })
    .map(({ says }) => (says.kind === "text" ? says.meaning : says.kind))
    .join();

describe("a text that came in", () => {
  it("says whether Twilio blocked for it, or nobody did who only knows keywords", () => {
    const noted = (changes: Record<string, string>): unknown =>
      numbersOf({ ...TEXT, ...changes }).map(({ says }) => "inOtherWords" in says);
    expect(noted({})).toEqual([false]);
    expect(noted({ Body: "please stop texting me" })).toEqual([true]);
    expect(noted({ Body: "please stop texting me", OptOutType: "STOP" })).toEqual([false]);
  });

  it("is what its sender says, at its receipt", () => {
    const says = { kind: "text", text: "SM1", meaning: "stop", way: "twilio" };
    expect(numbersOf(TEXT)).toEqual([{ number: NUMBER, statedAt: null, at: RECEIVED, says }]);
  });

  it("is known as one by its status, or by having words and no status", () => {
    const { SmsStatus: _, ...bare } = TEXT;
    expect(numbersOf(bare)).toHaveLength(1);
    expect(numbersOf({ ...bare, MessageStatus: "receiving" })).toHaveLength(1);
    expect(hear({ MessageSid: "SM1", From: NUMBER }).kind).toBe("nothing");
    expect(hear({ ...bare, MessageStatus: "sent" }).kind).toBe("nothing");
  });

  it("may have no words, as a picture has none", () => {
    expect(meaning({ Body: "" })).toBe("other");
    const { Body: _, ...wordless } = TEXT;
    expect(numbersOf(wordless)).toHaveLength(1);
  });

  it.each([
    ["Basta!", "STOP", "stop"],
    ["hush", "STOP", "stop"],
    ["hush", "stop", "stop"],
    ["yes", "STOP", "stop"],
    ["wrong number", "STOP", "wrong_number"],
    ["go on", "START", "start"],
    ["start", "START", "start"],
    ["YES", "START", "yes"],
    ["stop", "START", "stop"],
    ["wrong number", "START", "wrong_number"],
    ["what is this", "HELP", "help"],
    ["yes", "HELP", "help"],
    ["stop", "HELP", "stop"],
    ["wrong number", "HELP", "wrong_number"],
    ["start", "", "start"],
    ["start", "OTHER", "start"],
  ])("%j that Twilio took for %j means %s", (Body, OptOutType, means) => {
    expect(meaning({ Body, OptOutType })).toBe(means);
  });

  it("says nothing of SMS when it came by WhatsApp or from a short code", () => {
    for (const From of [`whatsapp:${NUMBER}`, "12345", "SHOP"])
      expect(hear({ ...TEXT, From }).kind, From).toBe("nothing");
  });
});

describe("what became of a text that went out", () => {
  it.each([
    ["21610", { kind: "carrier_stop", sender: SENDER }],
    ["21614", { kind: "landline", code: "21614" }],
    ["21635", { kind: "landline", code: "21635" }],
    ["30006", { kind: "landline", code: "30006" }],
    ["21211", { kind: "dead", code: "21211" }],
    ["30005", { kind: "dead", code: "30005" }],
    ["30003", { kind: "unreached", code: "30003" }],
  ])("says of its recipient what %s means, by the text's own name", (ErrorCode, says) => {
    expect(numbersOf({ ...STATUS, ErrorCode })).toEqual([
      { number: NUMBER, statedAt: null, at: RECEIVED, says: { ...says, text: "SM2" } },
    ]);
  });

  it("is the same however often and late it is told, and another's is another", () => {
    const told = (fields: Record<string, string>, receivedAt: number) => {
      const body = new URLSearchParams({ ...STATUS, ErrorCode: "30003", ...fields }).toString();
      return understand({ topic: "twilio/status", body, triggeredAt: null, receivedAt });
    };
    const saying = (understood: Understood) =>
      understood.kind === "told" && understood.ofNumbers?.map((one) => ({ ...one, at: null }));
    const first = saying(told({}, RECEIVED));
    expect(saying(told({ MessageStatus: "undelivered" }, RECEIVED + 86_400_000))).toEqual(first);
    expect(saying(told({ MessageSid: "SM3" }, RECEIVED))).not.toEqual(first);
  });

  it("names the messaging service as the sender where there is one", () => {
    const told = numbersOf({ ...STATUS, ErrorCode: "21610", MessagingServiceSid: "MG1" });
    expect(told[0]?.says).toEqual({ kind: "carrier_stop", sender: "MG1", text: "SM2" });
  });

  it("says nothing of the shopper with any other code, or none", () => {
    for (const ErrorCode of ["30007", "30032", "30034", "30008", "0", "", "2161", "constructor"])
      expect(hear({ ...STATUS, ErrorCode }).kind, ErrorCode).toBe("nothing");
    expect(hear({ ...STATUS, MessageStatus: "delivered" }).kind).toBe("nothing");
    expect(hear({ ...STATUS, ErrorCode: "21610", To: `whatsapp:${NUMBER}` }).kind).toBe("nothing");
  });
});

it("what names no message, no sender or no recipient is refused with its reason", () => {
  const { MessageSid: _, ...unnamed } = TEXT;
  const { From: __, ...unsigned } = TEXT;
  const { To: ___, ...aimless } = { ...STATUS, ErrorCode: "21610" };
  const reasons = [unnamed, unsigned, aimless, "", '{"Body":"STOP"}'].map(hear);
  expect(reasons).toEqual([
    { kind: "refused", reason: "names_nothing", detail: "no MessageSid" },
    { kind: "refused", reason: "names_nothing", detail: "no From" },
    { kind: "refused", reason: "names_nothing", detail: "no To" },
    { kind: "refused", reason: "names_nothing", detail: "no MessageSid" },
    { kind: "refused", reason: "names_nothing", detail: "no MessageSid" },
  ]);
  expect(hear({ ...TEXT, Body: "x".repeat(8_001) })).toMatchObject({ reason: "wrong_shape" });
});

it("of a field that is there twice the first counts, and no name is special", () => {
  expect(hear(`MessageSid=SM1&From=%2B14155552671&From=%2B14155552672&Body=STOP`)).toMatchObject({
    ofNumbers: [{ number: NUMBER }],
  });
  expect(hear("__proto__=1&constructor=2&MessageSid=SM1").kind).toBe("nothing");
});
