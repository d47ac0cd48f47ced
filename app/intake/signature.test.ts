import { createHmac } from "node:crypto";
import { expect, test } from "vitest";

import { createVerifier } from "./signature.ts";

const body = Buffer.from('{"phone":"+14155552671"}');

function sign(secret: string, bytes: Buffer = body): string {
  return createHmac("sha256", secret).update(bytes).digest("base64");
}

test("the current and the previous secret count, and no other", () => {
  const verifier = createVerifier({ current: "new", previous: "old" });
  expect(verifier.verify(body, sign("new"))).toBe(true);
  expect(verifier.verify(body, sign("old"))).toBe(true);
  expect(verifier.verify(body, sign("older"))).toBe(false);
});

test("a single changed byte makes a signature wrong", () => {
  const verifier = createVerifier({ current: "new", previous: null });
  const changed = Buffer.from(body);
  changed[3] = 0;
  expect(verifier.verify(changed, sign("new"))).toBe(false);
});

test("what is no signature at all is wrong, not a fault", () => {
  const verifier = createVerifier({ current: "new", previous: null });
  for (const given of [
    "",
    "x",
    "=====",
    sign("new").slice(0, 20),
    `${sign("new")}AAAA`,
    "\u00ff\u00fe",
  ]) {
    expect(verifier.verify(body, given)).toBe(false);
  }
});

test("a body that streams by is verified like one that is kept", () => {
  const verifier = createVerifier({ current: "new", previous: "old" });
  for (const [secret, matches] of [
    ["new", true],
    ["old", true],
    ["older", false],
  ] as const) {
    const running = verifier.start();
    running.update(body.subarray(0, 5));
    running.update(body.subarray(5));
    expect(running.matches(sign(secret))).toBe(matches);
  }
});
