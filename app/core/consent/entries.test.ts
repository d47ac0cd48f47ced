import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import type { Body } from "../testing/tell.ts";
import { createTeller, DAY, iso, MINUTE, START } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, form, imported, preference } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", phone: A };

const actsAfter = (messages: Message[], settings: Record<string, unknown> = {}) =>
  hear(messages, { asOf: at(900), settings }).get("email:ada@example.com")?.decision.acts ?? [];

describe("a tick in a form", () => {
  const entry = (more: Body = {}) => form("f1", at(0), { ...ada, ticked: true, ...more });

  it("is one act for the number beside it, with form, wording and level", () => {
    const settings = { disclosures: { "w-1": ["marketing", "cart_reminders"] } };
    expect(actsAfter([entry({ form: "footer", disclosure: "w-1" })], settings)).toEqual([
      {
        ...{ kind: "grant", number: A, at: at(0), stands: true, doubt: null, askedFrom: at(0) },
        ...{ level: "single_opt_in", source: "form", sourceName: "form:footer", evidence: {} },
        ...{ purposes: ["marketing", "cart_reminders"], disclosure: "w-1" },
        document: "form:footer:f1",
      },
    ]);
  });

  it("keeps as evidence what its door could see, and nothing for what it could not", () => {
    const evidenceOf = (more: Body) => actsAfter([entry(more)])[0]?.evidence;
    const seen = { page: "https://shop.example/", ip: "192.0.2.1", locale: "en-US" };
    expect(evidenceOf({ ...seen, user_agent: "Firefox" })).toEqual({
      ...seen,
      user_agent: "Firefox",
    });
    expect(evidenceOf({ ip: "192.0.2.1" })).toEqual({ ip: "192.0.2.1" });
    expect(evidenceOf({})).toEqual({});
  });

  it("without a tick, or a number that can be read with certainty, is none", () => {
    expect(actsAfter([entry({ ticked: false })])).toEqual([]);
    for (const phone of [null, "12", "442071838750"]) {
      expect(actsAfter([entry({ phone, country: "US" })]), String(phone)).toEqual([]);
    }
  });

  it("is for the number that the country chosen beside it makes of what was typed", () => {
    const french = entry({ phone: "06 12 34 56 78", country: "FR" });
    expect(actsAfter([french]).map(({ number }) => number)).toEqual(["+33612345678"]);
  });

  it("is in doubt where the shopper typed another number, and only then", () => {
    const doubtAfter = (...typed: Message[]) =>
      actsAfter([...typed, entry()]).map(({ doubt }) => doubt);
    expect(doubtAfter()).toEqual([null]);
    expect(doubtAfter(checkout("c1", at(-9), { ...ada, phone: B }))).toEqual(["contradicts"]);
    expect(doubtAfter(checkout("c1", at(-9), ada))).toEqual([null]);
    expect(doubtAfter(form("f0", at(-9), { ...ada, phone: B }))).toEqual([null]);
  });
});

describe("a list's yes", () => {
  const row = (consentedAt: number, more: Body = {}) =>
    imported("1", at(600), {
      ...{ ...ada, consent_source: "old shop", wording: "w-1" },
      consented_at: iso(consentedAt),
      ...more,
    });

  it("is a record with its own time and wording, asked about from when it is told", () => {
    expect(actsAfter([row(at(500))])).toEqual([
      {
        ...{ kind: "record", number: A, at: at(500), stands: true, doubt: null },
        ...{ askedFrom: at(600), level: "unknown", source: "import", sourceName: "import" },
        ...{ purposes: ["marketing"], disclosure: "w-1", evidence: {}, document: "import:1" },
      },
    ]);
  });

  it("is in doubt when it is older than eighteen months, to the moment", () => {
    const doubtOf = (consentedAt: number) => actsAfter([row(consentedAt)])[0]?.doubt;
    expect(doubtOf(at(600 - 548))).toBeNull();
    expect(doubtOf(at(600 - 548) - 1)).toBe("old_import");
  });

  it("from the future counts from when it is told", () => {
    expect(actsAfter([row(at(700))])).toMatchObject([{ at: at(600), doubt: null }]);
  });

  it("without a number that can be read with certainty is none", () => {
    for (const phone of [null, "12", "442071838750"]) {
      expect(actsAfter([row(at(500), { phone, country: "US" })]), String(phone)).toEqual([]);
    }
  });
});

describe("a preference", () => {
  const preferred = (channel: string, subscribed: boolean) =>
    actsAfter([preference(at(1), { email: "ada@example.com", channel, subscribed })]);

  it("about SMS is an act for all the person's numbers", () => {
    const act = { number: null, at: at(1), source: "customerio", sourceName: "customerio" };
    expect(preferred("sms", false)).toMatchObject([{ kind: "stop", ...act }]);
    expect(preferred("sms", true)).toMatchObject([{ kind: "restored", ...act }]);
  });

  it("about everything is no act of consent", () => {
    expect(preferred("everything", false)).toEqual([]);
    expect(preferred("everything", true)).toEqual([]);
  });
});
