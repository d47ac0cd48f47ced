import { describe, expect, test } from "vitest";
import { createLog, type Log } from "./log.ts";
import { maskEmail, maskPhone, maskText } from "./mask.ts";

function captured(use: (log: Log) => void, format: "json" | "pretty" = "json"): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  use(createLog({ level: "info", format }, destination));
  return lines.join("");
}

const PHONE = "+14155552671";
const EMAIL = "joan@example.com";

describe("the log", () => {
  test("known names of private fields are redacted down to the third level", () => {
    const text = captured((log) =>
      log.info({ phone: PHONE, person: { email: EMAIL, deep: { accessToken: "shpat_1" } } }, "m"),
    );
    for (const secret of [PHONE, EMAIL, "shpat_1"]) expect(text).not.toContain(secret);
  });

  test("an error is told without what drivers put beside its message", () => {
    const error = Object.assign(new Error(`no such person: ${EMAIL}, ${PHONE}`), {
      code: "23505",
      detail: `Key (email)=(${EMAIL}) already exists.`,
      parameters: [PHONE],
    });
    const text = captured((log) => log.error({ err: new Error("outer", { cause: error }) }, "m"));
    expect(text).toContain("23505");
    expect(text).toContain("outer");
    for (const secret of [PHONE, PHONE.slice(1), EMAIL]) expect(text).not.toContain(secret);
  });

  test("ids and counts pass", () => {
    const line: unknown = JSON.parse(
      captured((log) => log.info({ shopId: 7, rows: 250 }, "merged")),
    );
    expect(line).toMatchObject({ level: "info", shopId: 7, rows: 250, msg: "merged" });
  });

  test("the pretty form tells the same in one line, and an error's stack below it", () => {
    const text = captured(
      (log) => log.warn({ shopId: 7, err: new Error("broke") }, "odd"),
      "pretty",
    );
    expect(text).toMatch(/^\d\d:\d\d:\d\d warn {2}odd shopId=7\nError: broke\n {4}at /);
  });
});

describe("masking", () => {
  test("a number keeps where it is from and its last two digits", () => {
    expect(maskPhone(PHONE)).toBe("+141*****71");
    expect(maskPhone("+123")).toBe("*****23");
  });

  test("an address keeps its first letters", () => {
    expect(maskEmail(EMAIL)).toBe("j***@e***.com");
    expect(maskEmail("nobody")).toBe("***");
  });

  test.each([
    ["call +1 (415) 555-2671 now", "call ##### now"],
    ["0170/1234567", "#####"],
    ["to <joan@example.com>", "to <***@***>"],
    ["connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 127.0.0.1:5432"],
    ["took 1200 ms at file.ts:120:45", "took 1200 ms at file.ts:120:45"],
  ])("in others' words, %s becomes %s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });
});
