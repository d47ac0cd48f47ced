import { describe, expect, it } from "vitest";

import type { Understood } from "./reader.ts";
import { understand } from "./understand.ts";

const RECEIVED = Date.UTC(2026, 10, 21, 12);
const SIGNED = RECEIVED - 2_000;
const SECONDS = Date.UTC(2026, 10, 21, 9) / 1000;
const STATED = SECONDS * 1000;
const NUMBER = "+14155552671";
const EMAIL = "ada@example.com";

function hear(topic: "customerio/report" | "customerio/reply", body: object): Understood {
  const text = JSON.stringify(body);
  return understand({ topic, body: text, triggeredAt: SIGNED, receivedAt: RECEIVED });
}

function report(kind: string, data: object, changes: object = {}): Understood {
  const [object_type, metric] = kind.split(" ");
  const event = { metric, object_type, event_id: "01E4", timestamp: SECONDS, data };
  return hear("customerio/report", { ...event, ...changes });
}

const identifiers = { id: "42", email: "ADA@example.com", cio_id: "d9c1" };
const preference = (says: object, at = STATED) => ({
  kind: "told",
  told: [{ toldAt: at, says: { kind: "preference", ...says } }],
});
const text = (id: string, meaning: string, at = STATED) => ({
  kind: "told",
  told: [],
  ofNumbers: [{ number: NUMBER, at, says: { kind: "text", text: id, meaning } }],
});
const SENT = [{ reference: "D1", number: NUMBER }];

describe("a profile that unsubscribed or subscribed", () => {
  const ada = { customer: null, email: EMAIL, channel: "everything" };

  it("says so for everything, at the time of the report", () => {
    const off = preference({ ...ada, subscribed: false });
    const on = preference({ ...ada, subscribed: true });
    expect(report("customer unsubscribed", { identifiers })).toMatchObject(off);
    expect(report("customer subscribed", { identifiers })).toMatchObject(on);
  });

  it("is who the email says, or the customer of a numeric id", () => {
    const told = (data: object) => report("customer unsubscribed", data);
    const nobody = { id: null, email: null };
    expect(told({ identifiers: nobody, email_address: EMAIL })).toMatchObject(preference(ada));
    expect(told({ identifiers: { id: "7000000000001" } })).toMatchObject(
      preference({ customer: "7000000000001", email: null }),
    );
    for (const data of [{}, { identifiers: nobody }, { identifiers: { id: "user-7", email: "x" } }])
      expect(told(data)).toMatchObject({ kind: "refused", reason: "names_nothing" });
  });

  it("without a time of its own is off since it was sent, and on since it was heard", () => {
    const told = (kind: string) => report(kind, { identifiers }, { timestamp: undefined });
    expect(told("customer unsubscribed")).toMatchObject(preference({ subscribed: false }, SIGNED));
    expect(told("customer subscribed")).toMatchObject(preference({ subscribed: true }, RECEIVED));
  });

  it("is never later than its receipt", () => {
    const told = report("customer subscribed", { identifiers }, { timestamp: 9_999_999_999 });
    expect(told).toMatchObject(preference({ subscribed: true }, RECEIVED));
  });
});

describe("preferences that changed", () => {
  const KIND = "customer cio_subscription_preferences_changed";
  const choice = (content: unknown): unknown => {
    const understood = report(KIND, { identifiers, content });
    if (understood.kind === "nothing") return null;
    expect(understood).toMatchObject(preference({ channel: "sms", email: EMAIL }));
    const [told] = understood.kind === "told" ? understood.told : [];
    return told?.says.kind === "preference" ? told.says.subscribed : understood.kind;
  };

  it("are off when SMS is off anywhere in them, as JSON or as an object", () => {
    expect(choice('{"channels":{"sms":false,"email":true}}')).toBe(false);
    expect(choice({ channels: { sms: false, email: true } })).toBe(false);
    expect(choice({ topics: { sms_offers: false, sms_news: true } })).toBe(false);
    expect(choice({ topics: [{ name: "SMS offers", subscribed: false }] })).toBe(false);
    expect(choice({ topics: { topic_1: { channels: { sms: false } } } })).toBe(false);
  });

  it("are on only where nothing but SMS can have been changed", () => {
    expect(choice({ channels: { sms: true } })).toBe(true);
    expect(choice({ channels: { sms: true, email: false } })).toBeNull();
    expect(choice({ channels: { sms: true }, topics: { topic_1: true } })).toBeNull();
  });

  it("say nothing of SMS when they don't name it, or cannot be read", () => {
    for (const content of [
      undefined,
      null,
      "",
      "hello",
      '["sms"]',
      "{}",
      { channels: { email: false } },
      { topics: { mismsg: false, smsx: false } },
      { sms: "no" },
      { a: { b: { c: { d: { e: { f: { sms: false } } } } } } },
    ])
      expect(choice(content), JSON.stringify(content)).toBeNull();
  });

  it("may name their kind as the specification misspells it", () => {
    const misspelt = { object_type: undefined, object_type_type: "customer" };
    const data = { identifiers, content: { channels: { sms: false } } };
    expect(report(KIND, data, misspelt)).toMatchObject(preference({ subscribed: false }));
  });

  it("nested without end are read without harm", () => {
    const content = `${'{"sms":'.repeat(20_000)}false${"}".repeat(20_000)}`;
    expect(choice(content)).toBeNull();
  });
});

describe("a reply that is reported", () => {
  const data = { recipient: NUMBER, to: "+15005550006", inbound_event_id: "in-1" };

  it("is a text where its words are there, whatever they are called", () => {
    for (const field of ["body", "content", "text", "message"])
      expect(report("sms replied", { ...data, [field]: "STOP" })).toMatchObject(
        text("in-1", "stop"),
      );
  });

  it("is from whom it names as its sender before all others", () => {
    const named = { ...data, recipient: "+14155552672", from: NUMBER, body: "STOP" };
    expect(report("sms replied", named)).toMatchObject(text("in-1", "stop"));
  });

  it("is named by its event where nothing else names it", () => {
    const unnamed = { recipient: NUMBER, body: "start" };
    expect(report("sms replied", unnamed)).toMatchObject(text("01E4", "start"));
  });

  it("says nothing without words or a number", () => {
    expect(report("sms replied", data).kind).toBe("nothing");
    expect(report("sms replied", { body: "STOP" }).kind).toBe("nothing");
    expect(report("sms replied", { ...data, body: "STOP", recipient: "x" }).kind).toBe("nothing");
  });
});

describe("a failure that is reported", () => {
  const says = (failure_message: string, kind = "sms bounced", changes = {}) => {
    const understood = report(kind, { recipient: NUMBER, failure_message, ...changes });
    if (understood.kind !== "told") return understood.kind;
    expect(understood.ofNumbers).toMatchObject([{ number: NUMBER, at: STATED, statedAt: STATED }]);
    return understood.ofNumbers?.[0]?.says;
  };

  it.each([
    ["21610", { kind: "carrier_stop", sender: null }],
    ["21614", { kind: "landline", code: "21614" }],
    ["21635", { kind: "landline", code: "21635" }],
    ["30006", { kind: "landline", code: "30006" }],
    ["21211", { kind: "dead", code: "21211" }],
    ["30005", { kind: "dead", code: "30005" }],
    ["30003", { kind: "unreached", code: "30003" }],
  ])("says of its recipient what %s in it means", (code, meaning) => {
    for (const kind of ["bounced", "failed", "undeliverable", "attempted", "dropped"])
      expect(says(`Twilio error ${code}: no`, `sms ${kind}`)).toEqual({ ...meaning, text: "01E4" });
  });

  it("says what the first code with a meaning means", () => {
    const dead = { kind: "dead", code: "30005", text: "01E4" };
    expect(says("30007, then 30005", "sms undeliverable")).toEqual(dead);
  });

  it("says nothing with another code, with digits of a number, or of no number", () => {
    for (const message of [
      ...["Error 30007", "30032", "30034", "blocked", "", "to +21610", "130006", "300061"],
    ])
      expect(says(message), message).toBe("nothing");
    expect(says("30006", "sms bounced", { recipient: null })).toBe("nothing");
    expect(says("30006", "sms bounced", { recipient: "x" })).toBe("nothing");
    expect(says("30006", "email bounced")).toBe("nothing");
  });

  it("is of the text it names where it names one", () => {
    const data = { recipient: NUMBER, failure_message: "30006", delivery_id: "D1" };
    expect(report("sms bounced", data)).toMatchObject({
      ofNumbers: [{ number: NUMBER, says: { kind: "landline", text: "D1" } }],
      sent: SENT,
    });
  });

  it("without a recipient is of whoever the text went to, and of nobody as yet", () => {
    for (const metric of ["attempted", "failed", "undeliverable"]) {
      const data = { failure_message: "Error 30005", delivery_id: "D1", identifiers };
      expect(report(`sms ${metric}`, data)).toEqual({
        kind: "told",
        told: [],
        ofTexts: [
          {
            ...{ reference: "D1", at: STATED, statedAt: STATED },
            says: { kind: "dead", code: "30005", text: "D1" },
          },
        ],
      });
    }
  });

  it("without a name and a time is of its receipt, so that another day's is another", () => {
    const data = { recipient: NUMBER, failure_message: "30003" };
    expect(report("sms bounced", data, { timestamp: null, event_id: null })).toMatchObject({
      ofNumbers: [{ at: RECEIVED, statedAt: RECEIVED, says: { kind: "unreached" } }],
    });
    expect(report("sms bounced", data, { timestamp: null })).toMatchObject({
      ofNumbers: [{ at: SIGNED, statedAt: null, says: { kind: "unreached", text: "01E4" } }],
    });
  });
});

describe("a report that names a text and its recipient", () => {
  it("tells to which number the text went, whatever else it says", () => {
    const data = { recipient: NUMBER, delivery_id: "D1", failure_message: "30007" };
    for (const metric of ["sent", "delivered", "clicked", "converted", "bounced", "replied"])
      expect(report(`sms ${metric}`, data)).toMatchObject({ kind: "told", sent: SENT });
    expect(report("sms replied", { ...data, body: "STOP" })).toMatchObject({ sent: SENT });
  });

  it("tells nothing where one of the two is missing, or is none", () => {
    for (const data of [
      { recipient: NUMBER },
      { delivery_id: "D1" },
      { recipient: "ada@example.com", delivery_id: "D1" },
    ])
      expect(report("sms sent", data).kind).toBe("nothing");
  });
});

it("every other report says nothing, whatever its shape", () => {
  for (const body of [
    {},
    { metric: 7 },
    { metric: "opened", object_type: "email", data: "none" },
    { metric: "unsubscribed", object_type: "email", data: { identifiers } },
    { metric: "sent", object_type: "sms", data: { recipient: NUMBER } },
    { metric: "delivered" },
    { metric: "constructor", object_type: "customer" },
    { metric: "unsubscribed", object_type: { a: 1 } },
  ])
    expect(hear("customerio/report", body).kind, JSON.stringify(body)).toBe("nothing");
});

it("a known report in a shape that cannot be read is a dead letter", () => {
  const understood = report("customer unsubscribed", { identifiers: "ada" });
  expect(understood).toMatchObject({ kind: "refused", reason: "wrong_shape" });
});

describe("a reply that a campaign hands on", () => {
  const reply = (body: object) => hear("customerio/reply", body);

  it("is a text in any of the names that a template gives", () => {
    for (const from of [{ from: NUMBER }, { phone: NUMBER }, { from: "null", phone: NUMBER }])
      for (const words of [{ body: "STOP" }, { text: "STOP" }, { message: "STOP" }])
        expect(reply({ id: "r-1", ...from, ...words })).toMatchObject(text("r-1", "stop", SIGNED));
  });

  it("was so when the template says, else when it was sent", () => {
    const said = { id: 7, from: NUMBER, body: "start" };
    expect(reply({ ...said, timestamp: SECONDS })).toMatchObject(text("7", "start"));
    for (const timestamp of ["", "null", -1, 1e15, "soon"])
      expect(reply({ ...said, timestamp })).toMatchObject(text("7", "start", SIGNED));
  });

  it("without an id is named by when it was sent", () => {
    for (const id of [undefined, null, "", "null"])
      expect(reply({ id, from: NUMBER, body: "stop" })).toMatchObject(
        text(`sent:${SIGNED}`, "stop", SIGNED),
      );
  });

  it("without a number or words is refused with what it lacks", () => {
    const detailOf = (body: object) => {
      const understood = reply(body);
      return understood.kind === "refused" ? understood.detail : understood.kind;
    };
    expect(detailOf({ body: "STOP" })).toBe("no phone number in from or phone");
    expect(detailOf({ from: "415 555 2671", body: "STOP" })).toBe(
      "no phone number in from or phone",
    );
    expect(detailOf({ from: NUMBER, body: "" })).toBe("no words in body, text or message");
  });
});
