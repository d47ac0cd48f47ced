import { createHmac } from "node:crypto";
import { expect, test } from "vitest";

import {
  heldBytes,
  joinBody,
  KEPT_BYTES_MAX,
  newBody,
  STREAMED_BYTES_MAX,
  STUB_BYTES,
  takeChunk,
} from "./body.ts";
import { createVerifier } from "./signature.ts";

const verifier = createVerifier({ current: "secret", previous: null });
const MEGABYTE = Buffer.alloc(1024 * 1024, "a");

test("a body is joined as it came", () => {
  const body = newBody();
  for (const part of ["ab", "", "c"])
    expect(takeChunk(body, Buffer.from(part), verifier)).toBe(true);
  expect(joinBody(body).toString()).toBe("abc");
  expect(joinBody(newBody()).length).toBe(0);
});

test("up to 5 MiB all of it is kept, and one byte more leaves the beginning", () => {
  const body = newBody();
  for (let i = 0; i < 5; i += 1) takeChunk(body, MEGABYTE, verifier);
  expect([body.running, heldBytes(body)]).toEqual([null, KEPT_BYTES_MAX]);
  takeChunk(body, Buffer.from("b"), verifier);
  const signature = createHmac("sha256", "secret")
    .update(Buffer.alloc(KEPT_BYTES_MAX, "a"))
    .update("b");
  expect(body.running?.matches(signature.digest("base64"))).toBe(true);
  expect([joinBody(body).length, heldBytes(body), body.size]).toEqual([
    STUB_BYTES,
    STUB_BYTES,
    KEPT_BYTES_MAX + 1,
  ]);
});

test("beyond 32 MiB nobody listens", () => {
  const body = newBody();
  for (let size = 0; size < STREAMED_BYTES_MAX; size += MEGABYTE.length) {
    expect(takeChunk(body, MEGABYTE, verifier)).toBe(true);
  }
  expect(takeChunk(body, Buffer.from("b"), verifier)).toBe(false);
});
