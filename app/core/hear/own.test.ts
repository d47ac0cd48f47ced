import { describe, expect, it } from "vitest";

import type { OwnTopic } from "../topics.ts";
import type { Understood } from "./reader.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const TRIGGERED = RECEIVED - 5_000;
const STATED = Date.UTC(2026, 10, 20, 9);
const NUMBER = "+14155552671";
const at = "2026-11-20T09:00:00Z";

function hear(topic: OwnTopic, body: object, triggeredAt: number | null = TRIGGERED): Understood {
  return understand({ topic, body: JSON.stringify(body), triggeredAt, receivedAt: RECEIVED });
}

/** Every refusal has to say why. */
function refusalOf(topic: OwnTopic, body: object): string {
  const understood = hear(topic, body);
  if (understood.kind === "refused") expect(understood.detail).toMatch(/\w/);
  return understood.kind === "refused" ? understood.reason : understood.kind;
}

const ENTRY = {
  id: "e1",
  form: "popup",
  at,
  email: "ADA@example.com",
  phone: "(415) 555-2671",
  country: "us",
  ticked: true,
  disclosure: "v3",
  page: "https://shop.example/",
  ip: "192.0.2.1",
  user_agent: "Firefox",
  locale: "en-US",
};
const ROW = {
  id: "r1",
  at,
  email: "ada@example.com",
  phone: "(415) 555-2671",
  country: "US",
  consented_at: "2024-01-01T00:00:00Z",
  consent_source: "footer",
  wording: "v1",
};
const NOTE = {
  id: "n1",
  at,
  customer: 7,
  text: "Called back.",
  phone: NUMBER,
  verifies: NUMBER,
  bars: "+14155552672",
  resolves: { raw: "0171", e164: "+491711234567" },
};

describe("every word of our own doors arrives where it belongs", () => {
  const toldAs = (document: string, says: object) => ({
    kind: "told",
    told: [
      {
        document,
        says,
        statedAt: STATED,
        toldAt: STATED,
        triggeredAt: TRIGGERED,
        receivedAt: RECEIVED,
        occasion: null,
      },
    ],
  });

  it("for an entry in a form", () => {
    const evidence = {
      page: "https://shop.example/",
      ip: "192.0.2.1",
      userAgent: "Firefox",
      locale: "en-US",
    };
    const said = { kind: "form", entry: "popup:e1", form: "popup", phone: "(415) 555-2671" };
    const who = { customer: null, email: "ada@example.com" };
    const answer = { country: "US", ticked: true, disclosure: "v3", evidence };
    expect(hear("form/entry", ENTRY)).toEqual(
      toldAs("form:popup:e1", { ...said, ...who, ...answer }),
    );
  });

  it("for a row of a list", () => {
    expect(hear("import/row", ROW)).toEqual(
      toldAs("import:r1", {
        kind: "import",
        row: "r1",
        customer: null,
        email: "ada@example.com",
        phone: "(415) 555-2671",
        country: "US",
        consentedAt: Date.UTC(2024, 0, 1),
        consentSource: "footer",
        wording: "v1",
      }),
    );
  });

  it("for a note of support's", () => {
    const { text, phone, verifies, bars, resolves } = NOTE;
    const who = { customer: "7", email: null };
    expect(hear("support/note", NOTE)).toEqual(
      toldAs("support:n1", {
        ...{ kind: "support", note: "n1", ...who, text, phone, verifies, bars, resolves },
      }),
    );
    expect(hear("support/note", { ...NOTE, resolves: undefined })).toMatchObject({
      told: [{ says: { resolves: null } }],
    });
  });

  it("for a preference", () => {
    const body = { at, email: "ada@example.com", channel: "everything", subscribed: false };
    expect(hear("preference/change", body)).toEqual(
      toldAs("preference:email:ada@example.com", {
        kind: "preference",
        customer: null,
        email: "ada@example.com",
        channel: "everything",
        subscribed: false,
      }),
    );
  });
});

describe("who is named at our own doors", () => {
  it("is the customer where there is one, and an email typed beside it names nobody", () => {
    for (const [topic, body] of [
      ["form/entry", ENTRY],
      ["import/row", ROW],
      ["support/note", NOTE],
      ["preference/change", { channel: "sms", subscribed: true }],
    ] as const)
      expect(hear(topic, { ...body, customer: 7, email: "eve@example.com" }), topic).toMatchObject({
        told: [{ says: { customer: "7", email: null } }],
      });
  });

  it("may be nobody in a form that has a number, and nowhere else", () => {
    const nobody = { customer: null, email: null };
    expect(refusalOf("form/entry", { ...ENTRY, ...nobody })).toBe("told");
    expect(refusalOf("form/entry", { ...ENTRY, ...nobody, phone: "" })).toBe("names_nothing");
    expect(refusalOf("form/entry", { ...ENTRY, phone: "" })).toBe("told");
    expect(refusalOf("import/row", { ...ROW, ...nobody })).toBe("names_nothing");
    expect(refusalOf("support/note", { ...NOTE, ...nobody })).toBe("names_nothing");
    const preference = { channel: "sms", subscribed: true };
    expect(refusalOf("preference/change", preference)).toBe("names_nothing");
  });

  it("is refused without the id by which a repetition is known", () => {
    for (const [topic, body] of [
      ["form/entry", ENTRY],
      ["import/row", ROW],
      ["support/note", NOTE],
      ["text/inbound", { number: NUMBER, text: "STOP" }],
    ] as const)
      expect(refusalOf(topic, { ...body, id: null }), topic).toBe("names_nothing");
  });
});

describe("the shape at our own doors", () => {
  it("has a form's name of up to 40 small letters, digits and dashes", () => {
    expect(refusalOf("form/entry", { ...ENTRY, form: `a_b-9${"x".repeat(35)}` })).toBe("told");
    for (const form of ["", "x".repeat(41), "Popup", "a b", "pop.up"])
      expect(refusalOf("form/entry", { ...ENTRY, form }), form).toBe("wrong_shape");
  });

  it("has numbers in E.164 wherever they are settled", () => {
    for (const number of [
      "4155552671",
      "+0415555267",
      "+123456",
      "+1234567890123456",
      "x+1415555267",
    ]) {
      expect(refusalOf("number/report", { number, what: "dead" }), number).toBe("wrong_shape");
      const resolves = { raw: "0171", e164: number };
      expect(refusalOf("support/note", { ...NOTE, resolves }), number).toBe("wrong_shape");
    }
    expect(hear("number/report", { number: "4155552671", what: "dead" })).toMatchObject({
      detail: "number: is no E.164 number",
    });
    for (const number of ["+1234567", "+123456789012345"])
      expect(refusalOf("number/report", { number, what: "dead" }), number).toBe("told");
  });

  it("has what a resolved number was written as, of at most 4,000 signs", () => {
    const resolved = (raw: string) =>
      refusalOf("support/note", { ...NOTE, resolves: { raw, e164: NUMBER } });
    expect([resolved(""), resolved("x".repeat(4001))]).toEqual(["wrong_shape", "wrong_shape"]);
    expect([resolved("x"), resolved("x".repeat(4000))]).toEqual(["told", "told"]);
  });

  it("knows two channels of preference, and asks for a plain yes or no", () => {
    const preference = { customer: 7, channel: "sms", subscribed: true };
    expect(refusalOf("preference/change", preference)).toBe("told");
    expect(refusalOf("preference/change", { ...preference, channel: "email" })).toBe("wrong_shape");
    expect(refusalOf("preference/change", { ...preference, subscribed: null })).toBe("wrong_shape");
  });

  it("has a note that says something", () => {
    expect(refusalOf("support/note", { ...NOTE, text: "" })).toBe("names_nothing");
  });
});

describe("the time at our own doors", () => {
  it("is the receipt for what gives, so that repeating it makes nothing newer", () => {
    for (const [topic, body] of [
      ["form/entry", ENTRY],
      ["import/row", ROW],
      ["support/note", NOTE],
      ["preference/change", { customer: 7, channel: "sms", subscribed: true }],
    ] as const)
      expect(hear(topic, { ...body, at: null }), topic).toMatchObject({
        told: [{ toldAt: RECEIVED, occasion: null, statedAt: null }],
      });
  });

  it("is the trigger for a preference that takes away", () => {
    const body = { customer: 7, channel: "sms", subscribed: false };
    expect(hear("preference/change", body)).toMatchObject({
      told: [{ toldAt: TRIGGERED, occasion: TRIGGERED }],
    });
    expect(hear("preference/change", body, null)).toMatchObject({
      told: [{ toldAt: RECEIVED, occasion: RECEIVED }],
    });
  });
});

describe("what is said of a number", () => {
  const ofNumber = (topic: OwnTopic, body: object, triggeredAt: number | null = TRIGGERED) => {
    const understood = hear(topic, { number: NUMBER, ...body }, triggeredAt);
    if (understood.kind !== "told") throw new Error(`understood as ${understood.kind}`);
    expect(understood.told).toEqual([]);
    return understood.ofNumbers;
  };

  it("is a text and what it means", () => {
    const says = { kind: "text", text: "t1", meaning: "stop" };
    expect(ofNumber("text/inbound", { id: "t1", at, text: "Stop" })).toEqual([
      { number: NUMBER, statedAt: STATED, at: STATED, says },
    ]);
  });

  it("is a report, with the code, the sender or who says so", () => {
    const says = (what: string, by?: string) => ofNumber("number/report", { what, by })?.[0]?.says;
    expect(says("landline", "30006")).toEqual({ kind: "landline", code: "30006" });
    expect(says("dead")).toEqual({ kind: "dead", code: null });
    expect(says("unreached", "30003")).toEqual({ kind: "unreached", code: "30003" });
    expect(says("reassigned", "a lookup")).toEqual({ kind: "reassigned", by: "a lookup" });
    expect(says("reassigned")).toEqual({ kind: "reassigned", by: "unknown" });
    expect(says("carrier_stop", "MG1")).toEqual({ kind: "carrier_stop", sender: "MG1" });
    expect(refusalOf("number/report", { number: NUMBER, what: "moved" })).toBe("wrong_shape");
  });

  it("was so when it says, else when it was sent, and never after it was heard", () => {
    const times = (body: object, triggeredAt: number | null) =>
      ofNumber("number/report", { what: "dead", ...body }, triggeredAt)?.map((told) => told.at);
    expect(times({ at }, null)).toEqual([STATED]);
    expect(times({}, TRIGGERED)).toEqual([TRIGGERED]);
    expect(times({}, null)).toEqual([RECEIVED]);
    expect(times({}, RECEIVED + 1)).toEqual([RECEIVED]);
    expect(times({ at: "2031-01-01" }, TRIGGERED)).toEqual([RECEIVED]);
  });
});
