import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";

import {
  isCustomerioSignature,
  isTwilioSignature,
  readCustomerioSigned,
} from "./hook-signatures.ts";

describe("a signature of Twilio's", () => {
  // The example of Twilio's own documentation.
  const token = "12345";
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const form =
    "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212";
  const signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";
  const holds = (changes: { token?: string; signature?: string; url?: string; form?: string }) => {
    const signed = { token, signature, url, form, ...changes };
    return isTwilioSignature(signed.token, signed.signature, signed.url, Buffer.from(signed.form));
  };

  test("holds for the documented example, in whatever order the fields come", () => {
    expect(holds({})).toBe(true);
    expect(holds({ form: form.split("&").toReversed().join("&") })).toBe(true);
  });

  test("holds for nothing that was changed", () => {
    for (const changes of [
      { token: "12346" },
      { token: "" },
      { url: url.replace("foo=1", "foo=2") },
      { url: url.replace("https", "http") },
      { url: url.replace("mycompany", "yourcompany") },
      { form: form.replace("Digits=1234", "Digits=1235") },
      { form: `${form}&More=` },
      { form: "" },
      { signature: "" },
      { signature: signature.slice(0, -1) },
      { signature: `${signature} ` },
      { signature: signature.toLowerCase() },
    ])
      expect(holds(changes), JSON.stringify(changes)).toBe(false);
  });

  const over = (text: string) => createHmac("sha1", token).update(text).digest("base64");

  test("may cover the address with its port or without", () => {
    const plain = "https://shop.example/hooks/twilio/one.myshopify.com";
    const withPort = plain.replace("example", "example:443");
    expect(holds({ url: plain, form: "A=1", signature: over(`${withPort}A1`) })).toBe(true);
    expect(holds({ url: withPort, form: "A=1", signature: over(`${plain}A1`) })).toBe(true);
    const http = "http://localhost/x";
    expect(holds({ url: http, form: "", signature: over("http://localhost:80/x") })).toBe(true);
    expect(holds({ url: http, form: "", signature: over("http://localhost:443/x") })).toBe(false);
    const odd = "http://localhost:3000/x";
    expect(holds({ url: odd, form: "", signature: over(odd) })).toBe(true);
    expect(holds({ url: odd, form: "", signature: over("http://localhost/x") })).toBe(true);
    expect(holds({ url: odd, form: "", signature: over("http://localhost:80/x") })).toBe(false);
  });

  test("covers a repeated field with its different values, sorted", () => {
    const repeated = "b=2&a=9&a=1&a=9";
    expect(holds({ url, form: repeated, signature: over(`${url}a1a9b2`) })).toBe(true);
  });

  test("covers the values as they read, not as they are encoded", () => {
    const form = "Body=Stop%2C+d%C3%A9j%C3%A0+%26+%F0%9F%91%8B";
    expect(holds({ url, form, signature: over(`${url}BodyStop, déjà & 👋`) })).toBe(true);
  });
});

describe("a signature of Customer.io's", () => {
  const key = "a-signing-key";
  const body =
    '{"metric":"unsubscribed","event_id":"01E4C4CT6YDC7Y5M7FE1GWWPQJ","object_type":"customer","timestamp":1613063089}';
  // Computed with openssl over `v0:1613063089:` and the body.
  const signature = "718e891703666df88e0488eafdfc05d2d4b31eb3c38a5c18c00823966023763f";
  const timestamp = "1613063089";
  const signedAt = 1_613_063_089_000;
  const MINUTES = 60_000;

  test("holds for the time and the body it was made over, and for no other", () => {
    const holds = (changes: object, text = body, by = key) =>
      isCustomerioSignature(by, { signature, timestamp, signedAt, ...changes }, Buffer.from(text));
    expect(holds({})).toBe(true);
    expect(holds({ timestamp: "1613063090" })).toBe(false);
    expect(holds({ signature: signature.toUpperCase() })).toBe(false);
    expect(holds({ signature: "" })).toBe(false);
    expect(holds({}, `${body}\n`)).toBe(false);
    expect(holds({}, body, "another-key")).toBe(false);
  });

  test("is read with its time, up to five minutes from now on either side", () => {
    const headers = { "x-cio-signature": signature, "x-cio-timestamp": timestamp };
    const signed = { signature, timestamp, signedAt };
    for (const now of [signedAt - 5 * MINUTES, signedAt, signedAt + 5 * MINUTES])
      expect(readCustomerioSigned(headers, now)).toEqual(signed);
    for (const now of [signedAt - 5 * MINUTES - 1, signedAt + 5 * MINUTES + 1])
      expect(readCustomerioSigned(headers, now)).toBeNull();
  });

  test.each([
    {},
    { "x-cio-signature": signature },
    { "x-cio-timestamp": timestamp },
    { "x-cio-signature": signature, "x-cio-timestamp": "" },
    { "x-cio-signature": signature, "x-cio-timestamp": `${timestamp}.5` },
    { "x-cio-signature": signature, "x-cio-timestamp": ` ${timestamp}` },
    { "x-cio-signature": signature, "x-cio-timestamp": `-${timestamp}` },
    { "x-cio-signature": signature, "x-cio-timestamp": "9".repeat(13) },
  ])("is none without both headers in their form: %j", (headers) => {
    expect(readCustomerioSigned(headers, signedAt)).toBeNull();
  });
});
