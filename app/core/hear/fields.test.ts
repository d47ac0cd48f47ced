import { describe, expect, it } from "vitest";
import type { z } from "zod";

import * as fields from "./fields.ts";

function read(field: z.ZodType, value: unknown): unknown {
  const parsed = field.safeParse(value);
  return parsed.success ? parsed.data : parsed.error.issues[0]?.message;
}

describe("a text", () => {
  it("is nothing where it is absent, null, empty or blank", () => {
    for (const value of [undefined, null, "", " \n", "\0"])
      expect(read(fields.text, value)).toBeNull();
    for (const value of [undefined, null, "", "\0"]) expect(read(fields.prose, value)).toBeNull();
  });

  it("is trimmed, may be a number, and is refused for anything else", () => {
    expect(read(fields.text, " Ada \n")).toBe("Ada");
    expect(read(fields.text, 42)).toBe("42");
    for (const value of [true, {}, []]) expect(fields.text.safeParse(value).success).toBe(false);
  });

  it("has lost what no database takes", () => {
    expect(read(fields.text, "A\0d\ud800a")).toBe("Ad\ufffda");
    expect(read(fields.prose, "A\0d\udc00a")).toBe("Ad\ufffda");
  });

  it("is refused beyond 8,000 characters; of prose the first 500 are enough", () => {
    expect(read(fields.text, "x".repeat(8000))).toHaveLength(8000);
    expect(read(fields.text, "x".repeat(8001))).toBe("is longer than 8000 characters");
    expect(read(fields.prose, "x".repeat(501))).toBe("x".repeat(500));
  });
});

describe("an id", () => {
  it("is one to 120 signs that ids are made of, all of it", () => {
    for (const value of ["42", "gid://shopify/Customer/42", "a_b.c-D", "x".repeat(120)])
      expect(read(fields.id, value)).toBe(value);
    for (const value of ["4 2", "42;", "ä", "x".repeat(121), "#42"])
      expect(read(fields.id, value), value).toBe("is no id");
    expect(read(fields.id, null)).toBeNull();
    expect(read(fields.id, 42)).toBe("42");
  });

  it("of Shopify's is what stands behind the last stroke", () => {
    expect(read(fields.gid, "gid://shopify/Customer/42")).toBe("42");
    expect(read(fields.gid, 42)).toBe("42");
    expect(read(fields.gid, null)).toBeNull();
  });
});

describe("an instant", () => {
  const NOON = Date.UTC(2026, 10, 21, 12);

  it("is read with its zone, and as UTC without one", () => {
    const same = ["2026-11-21T12:00:00Z", "2026-11-21T07:00:00-05:00", "2026-11-21T12:00:00.000z"];
    for (const value of [...same, "2026-11-21 12:00:00 UTC".slice(0, 19), "2026-11-21T12:00"])
      expect(read(fields.instant, value), value).toBe(NOON);
    expect(read(fields.instant, "2026-11-21T13:00:00+0100")).toBe(NOON);
    expect(read(fields.instant, "2026-11-21 12:00:00 Z")).toBe(NOON);
    expect(read(fields.instant, "2026-11-21T12:00:00.123456789Z")).toBe(NOON + 123);
    expect(read(fields.instant, "2026-11-21")).toBe(Date.UTC(2026, 10, 21));
    expect(read(fields.instant, null)).toBeNull();
  });

  it("lies from 1970 to 9999", () => {
    expect(read(fields.instant, "1970-01-01T00:00:00Z")).toBe(0);
    expect(read(fields.instant, "9999-12-31T23:59:59Z")).toBe(253_402_300_799_000);
    for (const value of ["1969-12-31T23:59:59Z", "9999-12-31T23:59:59.001Z"])
      expect(read(fields.instant, value)).toBe("is no time this side of the year 10000");
  });

  it("is refused in any other form, also in one that some engine would understand", () => {
    const forms = [
      "21.11.2026",
      "Nov 21, 2026",
      "1795262400",
      "2026-11",
      "2026-11-21T",
      "26-11-21",
    ];
    const wrong = ["2026-13-01", "2026-11-21T25:00:00Z", "x2026-11-21", "2026-11-21x"];
    const worded = ["on 2026-11-21 12:00", "2026-11-21 12:00:00 (noon)"];
    const odd = ["2026-11-21T12Z", "2026-11-21T12:00:00.Z", "2026-11-21T12:00:00.1234567890Z"];
    for (const value of [
      ...forms,
      ...wrong,
      ...worded,
      ...odd,
      "2026-11-21T12:00:00+1",
      "2026-11-21Z1",
    ])
      expect(read(fields.instant, value), value).toBe("is no time this side of the year 10000");
  });
});

describe("an amount", () => {
  it("is a number, as text or not, nothing being none", () => {
    expect(read(fields.money, "19.90")).toBe(19.9);
    expect(read(fields.money, 19.9)).toBe(19.9);
    expect(read(fields.money, -3)).toBe(-3);
    expect(read(fields.money, null)).toBe(0);
    for (const value of ["19,90", "NaN", "Infinity", "1e999"])
      expect(read(fields.money, value)).toBe("is no amount");
  });
});

describe("a flag and a country", () => {
  it("are set only by what says so", () => {
    expect([true, false, null, undefined].map((value) => read(fields.flag, value))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(fields.flag.safeParse("true").success).toBe(false);
  });

  it("are two letters, upper case, or nothing", () => {
    expect(read(fields.country, "us")).toBe("US");
    for (const value of ["USA", "U", "U1", "", null, "XUS", " U S "])
      expect(read(fields.country, value)).toBeNull();
  });
});

describe("an object or a list", () => {
  const object = fields.object({ name: fields.text });
  const list = fields.list({ name: fields.text });

  it("is nothing where nothing, an empty text or an empty list stands", () => {
    for (const value of [undefined, null, "", []]) {
      expect(read(object, value)).toBeNull();
      expect(read(list, value)).toEqual([]);
    }
  });

  it("is read by its shape, and refused for anything else", () => {
    expect(read(object, { name: " Ada ", other: 1 })).toEqual({ name: "Ada" });
    expect(read(list, [{ name: "Ada" }, {}])).toEqual([{ name: "Ada" }, { name: null }]);
    for (const value of ["Ada", 1, true, [{}]]) expect(object.safeParse(value).success).toBe(false);
    for (const value of ["Ada", 1, {}, [null], ["Ada"]])
      expect(list.safeParse(value).success).toBe(false);
  });
});
