import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSealer, SealError } from "./crypto.ts";

const key = randomBytes(32);
const sealer = createSealer({ key, previous: null });

describe("sealing", () => {
  test.each(["", "shpat_0123456789", "ünïcödé 🔒", "x".repeat(100_000)])(
    "what was sealed opens to the same text (%#)",
    (text) => {
      expect(sealer.open(sealer.seal(text))).toBe(text);
    },
  );

  test("the same text is sealed differently each time, and never shows", () => {
    const [first, second] = [sealer.seal("secret"), sealer.seal("secret")];
    expect(first).not.toBe(second);
    expect(first).not.toContain("secret");
  });

  test("what the previous key sealed still opens, and is sealed anew by the key", () => {
    const rotated = createSealer({ key: randomBytes(32), previous: key });
    expect(rotated.open(sealer.seal("text"))).toBe("text");
    expect(() => sealer.open(rotated.seal("text"))).toThrow(SealError);
  });

  test("a key that is not at hand is named as the reason", () => {
    const other = createSealer({ key: randomBytes(32), previous: null });
    expect(() => other.open(sealer.seal("text"))).toThrow(/ENCRYPTION_KEY_PREVIOUS/);
  });

  test("a text altered anywhere does not open", () => {
    const sealed = sealer.seal("text");
    const altered = Array.from(sealed).map((letter, at) => {
      const other = letter === "A" ? "B" : "A";
      return sealed.slice(0, at) + other + sealed.slice(at + 1);
    });
    // The last letter of base64 may carry unused bits only: altering those alters nothing.
    for (const text of altered.slice(0, -1)) expect(() => sealer.open(text)).toThrow(SealError);
  });

  test.each(["", "plain token", "v1.abc", "v2.aaaaaaaa.AAAA"])(
    "what was never sealed is refused (%s)",
    (text) => {
      expect(() => sealer.open(text)).toThrow(SealError);
    },
  );
});
