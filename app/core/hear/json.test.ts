import { describe, expect, it } from "vitest";

import { readBody } from "./json.ts";

describe("reading a body", () => {
  it("keeps the digits of long integers, at any depth, and leaves other numbers alone", () => {
    const read = readBody(
      '{"a":[{"id":9007199254740993}],"b":9007199254740991,"c":0.5,"d":-9007199254740995}',
    );
    expect(read).toEqual({
      ok: true,
      body: {
        a: [{ id: "9007199254740993" }],
        b: 9_007_199_254_740_991,
        c: 0.5,
        d: "-9007199254740995",
      },
    });
  });

  it("refuses what is nested too deeply for anybody to get to its end", () => {
    const deep = `{"id":9007199254740993,"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(readBody(deep)).toEqual({ ok: false, detail: "is nested too deeply" });
  });

  it("takes nothing but an object", () => {
    for (const text of ["[]", "null", '"{}"', "1", ""]) expect(readBody(text).ok).toBe(false);
  });
});
