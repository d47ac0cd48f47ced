// The simulator signs as the vendors do: checked against vectors that Twilio publishes with its library,
// and against customerio-node's own verification.
import { verifyRequestSignature } from "customerio-node";
import { expect, test } from "vitest";
import { signCustomerio } from "../customerio/reporting/sign.ts";
import { signTwilio } from "../twilio/sign.ts";

const CALL = { CallSid: "CA1234567890ABCDE", Digits: "1234", To: "+18005551212" };
const ADDRESS = "https://mycompany.com/myapp.php?foo=1&bar=2";

test.each([
  ["+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ["+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="],
])("Twilio's published signature of a call from %s", (from, signature) => {
  const fields = { From: from, Caller: from, ...CALL };
  expect(signTwilio("12345", ADDRESS, fields)).toBe(signature);
});

test("Twilio's covers the address, every field and the token, whatever the fields' order", () => {
  const signed = signTwilio("token", ADDRESS, { a: "1", b: "é" });
  expect(signTwilio("token", ADDRESS, { b: "é", a: "1" })).toBe(signed);
  expect(signTwilio("other", ADDRESS, { a: "1", b: "é" })).not.toBe(signed);
  expect(signTwilio("token", `${ADDRESS}&`, { a: "1", b: "é" })).not.toBe(signed);
  expect(signTwilio("token", ADDRESS, { a: "1", b: "e" })).not.toBe(signed);
});

test.each(["", '{"metric":"sent"}', '{"content":"¡BAJA! 🛑"}'])(
  "customerio-node takes Customer.io's signature of %j, and of no other body, key or time",
  (body) => {
    const { "X-CIO-Timestamp": time, "X-CIO-Signature": signature } = signCustomerio(
      "key",
      1_700_000_000,
      body,
    );
    const takes = (signingSecret: string, timestamp: string, text: string) =>
      verifyRequestSignature({ signingSecret, timestamp, body: text, signature });
    expect(takes("key", time, body)).toBe(true);
    expect([
      takes("other", time, body),
      takes("key", "1700000001", body),
      takes("key", time, `${body} `),
    ]).toEqual([false, false, false]);
  },
);
