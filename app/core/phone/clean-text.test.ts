import { describe, expect, it } from "vitest";

import { cleanText } from "./clean-text.ts";

describe("a phone field made plain", () => {
  it("is trimmed, and otherwise left as it was typed", () => {
    expect(cleanText("  (415) 555-2671 x5\t")).toBe("(415) 555-2671 x5");
    expect(cleanText("")).toBe("");
  });

  it("has lost every invisible mark, within as well as around", () => {
    expect(cleanText("\u202a4\u00ad1\u200b5\u034f5\ufe0f\u20e3\u202c")).toBe("4155");
  });

  it("has the ten digits of every script, also where scripts follow each other without a gap", () => {
    for (const zero of [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7d8]) {
      const script = Array.from({ length: 10 }, (_, value) => String.fromCodePoint(zero + value));
      expect(cleanText(script.join("")), zero.toString(16)).toBe("0123456789");
    }
    expect(cleanText("\u{1e950}\u{1e959}")).toBe("09");
  });

  it("has one kind of dash, dot, plus, blank and line break", () => {
    expect(cleanText("1\u2010\u20112\u2212\u30fc3")).toBe("1--2--3");
    expect(cleanText("1\u00b7\u20222\u2027\u2219\u22c5\u30fb3")).toBe("1..2....3");
    expect(cleanText("\u27951")).toBe("+1");
    expect(cleanText("1\u00a0\t \u20092")).toBe("1 2");
    expect(cleanText("1\r\n\u0085\u2028\u2029\n2\u00a0")).toBe("1\n2");
  });

  it("has its line breaks on their own, so that two numbers stay two", () => {
    expect(cleanText("4155552671\u00a0\n4155552672")).toBe("4155552671 \n4155552672");
  });

  it("is too much beyond 200 characters, however these are stored, and beyond 4,000 units unread", () => {
    expect(cleanText("1".repeat(200))).toBe("1".repeat(200));
    expect(cleanText("1".repeat(201))).toBeNull();
    expect(cleanText(` ${"1".repeat(200)} `)).toBe("1".repeat(200));
    expect(cleanText("📞".repeat(200))).toBe("📞".repeat(200));
    expect(cleanText("📞".repeat(201))).toBeNull();
    expect(cleanText("1".padEnd(4000))).toBe("1");
    expect(cleanText("1".padEnd(4001))).toBeNull();
  });
});

describe("what is not part of a number", () => {
  it("is quotes around it, one pair, closed or not, with the blanks in them", () => {
    for (const quoted of ['"1"', "'1'", "`1`", "'1", "' 1 '", '"1 '])
      expect(cleanText(quoted), quoted).toBe("1");
    expect(cleanText("'1\n2'")).toBe("1\n2");
    expect(cleanText("\"1'")).toBe("1'");
    expect(cleanText("1'2")).toBe("1'2");
  });

  it("is a link's scheme before it", () => {
    for (const scheme of ["tel:", "sms:", "smsto:", "callto:", "whatsapp:", "callto://", "TEL: "])
      expect(cleanText(`${scheme}+1`), scheme).toBe("+1");
    expect(cleanText("mailto:+1")).toBe("mailto:+1");
  });

  it("is a label before it that ends with a dot or colon", () => {
    for (const label of ["Tel.: ", "phone:", "Ph.", "MOBILE: ", "mob. ", "Cell:"])
      expect(cleanText(`${label}1`), label).toBe("1");
    expect(cleanText("tel 1")).toBe("tel 1");
    expect(cleanText("my tel: 1")).toBe("my tel: 1");
    expect(cleanText("phone://1")).toBe("//1");
  });

  it("is the escapes of an address bar", () => {
    expect(cleanText("%2B1%20415%2b%20")).toBe("+1 415+");
    expect(cleanText("%2D1")).toBe("%2D1");
  });

  it("is the .0 that a spreadsheet adds to seven to fifteen digits", () => {
    for (const digits of ["1234567", "123456789012345", "+14155552671"])
      expect(cleanText(`${digits}.0`)).toBe(digits);
    for (const other of [
      "123456.0",
      "1234567890123456.0",
      "1 4155552671.0",
      "4155552671.00",
      "4155552671.0.0",
    ])
      expect(cleanText(other)).toBe(other);
    expect(cleanText("4155552671 0")).toBe("4155552671 0");
  });
});
