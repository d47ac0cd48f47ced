import { expect, test } from "vitest";
import { understand } from "./understand.ts";

const AT = "2026-11-21T10:00:00.000Z";
const RECEIVED = Date.parse(AT) + 1_000;
const ENTRY = { customer: null, email: "Ann@x.com", numbers: [], sender: "+18885550123", at: AT };

function hear(fields: Record<string, unknown>): ReturnType<typeof understand> {
  const body = JSON.stringify({ ...ENTRY, channel: "sms", ...fields });
  return understand({ topic: "customerio/opt-out", body, triggeredAt: null, receivedAt: RECEIVED });
}

test("an entry is the person's stop and a block of each number they may have written from", () => {
  const numbers = ["+14155552671", "+14155552672"];
  const says = { kind: "preference", customer: null, email: "ann@x.com" };
  const blocked = { at: Date.parse(AT), says: { kind: "carrier_stop", sender: "+18885550123" } };
  expect(hear({ numbers })).toMatchObject({
    told: [{ toldAt: Date.parse(AT), says: { ...says, channel: "sms", subscribed: false } }],
    ofNumbers: numbers.map((number) => ({ number, ...blocked })),
  });
});

test("an entry of nobody who can be named still blocks its numbers; one of nothing is refused", () => {
  const numbers = ["+14155552671"];
  expect(hear({ email: null, numbers })).toMatchObject({
    kind: "told",
    told: [],
    ofNumbers: [{ number: "+14155552671" }],
  });
  expect(hear({ email: null })).toMatchObject({ kind: "refused", reason: "names_nothing" });
});

test("an opt-out of another channel says nothing", () => {
  expect(hear({ channel: "whatsapp" })).toMatchObject({ kind: "nothing" });
});
