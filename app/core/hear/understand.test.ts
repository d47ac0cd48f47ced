import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { allTopics, isTopic } from "../topics.ts";
import type { Topic } from "../topics.ts";
import { understand } from "./understand.ts";
import type { Told, Understood } from "./reader.ts";

const FIXTURES = new URL("../../../tests/fixtures/shopify/", import.meta.url);
const RECEIVED = Date.UTC(2026, 10, 21, 12);
const TRIGGERED = RECEIVED - 5_000;

const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .sort();

function bodyOf(file: string): string {
  return readFileSync(new URL(file, FIXTURES), "utf8");
}

/** `synthetic/checkouts_update--sms-true.json` → `checkouts/update`; null for a topic nobody hears. */
function topicOf(file: string): Topic | null {
  const name = file.replace(/^.*\//, "").replace(/--.*$/, "");
  return allTopics().find((topic) => topic.replaceAll("/", "_") === name) ?? null;
}

function hear(topic: Topic, body: unknown): Understood {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return understand({ topic, body: text, triggeredAt: TRIGGERED, receivedAt: RECEIVED });
}

function toldBy(understood: Understood): Told[] {
  if (understood.kind !== "told") throw new Error(`understood as ${understood.kind}`);
  return understood.told;
}

function sampleOf(topic: Topic): Record<string, unknown> {
  return JSON.parse(bodyOf(`${topic.replaceAll("/", "_")}--1.json`));
}

const EXPECTED: Partial<Record<Topic, Understood["kind"]>> = {
  "customers/merge": "nothing",
  "customers_marketing_consent/update": "nothing",
  "customers_email_marketing_consent/update": "nothing",
  "app/uninstalled": "uninstalled",
  "app/scopes_update": "nothing",
  "customers/data_request": "privacy",
  "customers/redact": "privacy",
  "shop/redact": "privacy",
};

describe("understanding Shopify's bodies", () => {
  it.each(files.filter((file) => topicOf(file) !== null))("understands %s", (file) => {
    const topic = topicOf(file);
    if (topic === null) throw new Error("the filter let it through");
    const expected = file.startsWith("synthetic") ? "told" : (EXPECTED[topic] ?? "told");
    expect(hear(topic, bodyOf(file))).toMatchObject({ kind: expected });
  });

  it("has a sample of every topic", () => {
    expect(new Set(files.map(topicOf).filter((topic) => topic !== null))).toEqual(
      new Set(allTopics()),
    );
  });

  it("reads a ticked checkout with the number of the tick, not the contact's", () => {
    const [told] = toldBy(
      hear("checkouts/update", bodyOf("synthetic/checkouts_update--sms-true-different-phone.json")),
    );
    expect(told?.says).toMatchObject({
      kind: "checkout",
      phone: "+15005550006",
      ticked: true,
      smsPhone: "+447700900123",
    });
  });

  it("reads empty lists where addresses belong as nothing said", () => {
    const [told] = toldBy(
      hear("checkouts/update", bodyOf("synthetic/checkouts_update--empty-addresses.json")),
    );
    expect(told?.says).toMatchObject({ billing: null, shipping: null });
  });

  it("keeps all digits of ids beyond 2^53", () => {
    const body = '{"id":9007199254740993,"updated_at":"2026-01-01T00:00:00Z"}';
    expect(toldBy(hear("customers/update", body))[0]?.document).toBe("customer:9007199254740993");
    const gid = '{"admin_graphql_api_id":"gid://shopify/Customer/9007199254740993"}';
    expect(toldBy(hear("customers/update", gid))[0]?.document).toBe("customer:9007199254740993");
  });

  it("changes nothing on a merge that failed, is under way, or names one customer twice", () => {
    const body = { ...sampleOf("customers/merge"), errors: [] };
    expect(hear("customers/merge", { ...body, status: "failed" }).kind).toBe("nothing");
    expect(hear("customers/merge", { ...body, status: "in_progress" }).kind).toBe("nothing");
    expect(hear("customers/merge", { ...body, status: "SUCCESS" }).kind).toBe("told");
    const twice = { ...body, admin_graphql_api_customer_deleted_id: "gid://shopify/Customer/1" };
    expect(hear("customers/merge", { ...twice, status: "success" }).kind).toBe("nothing");
  });

  it("tells of an order's customer only with the customer's own time, and never from a test", () => {
    const customer = { id: 7, email: "ada@example.com", phone: "+14155552671" };
    const timed = { ...customer, updated_at: "2026-01-01T00:00:00Z" };
    const order = { ...sampleOf("orders/create"), test: false };
    const documents = (body: unknown) =>
      toldBy(hear("orders/create", body)).map(({ document }) => document);
    expect(documents({ ...order, customer })).toHaveLength(1);
    expect(documents({ ...order, customer: timed })).toContain("customer:7");
    expect(documents({ ...order, customer: timed, test: true })).not.toContain("customer:7");
  });

  it("reads tills, drafts, staff and companies as other hands than the shopper's", () => {
    const order = { ...sampleOf("orders/create"), user_id: null };
    const channelOf = (changes: object) =>
      toldBy(hear("orders/create", { ...order, ...changes }))[0]?.says;
    expect(channelOf({})).toMatchObject({ channel: "online" });
    expect(channelOf({ source_name: "pos", user_id: 5 })).toMatchObject({ channel: "pos" });
    expect(channelOf({ source_name: "shopify_draft_order" })).toMatchObject({ channel: "staff" });
    expect(channelOf({ user_id: 5 })).toMatchObject({ channel: "staff" });
    expect(channelOf({ company: { id: 3 } })).toMatchObject({ channel: "staff" });
  });

  it("reads a gift mark or a pickup point as somebody else's delivery", () => {
    const order = sampleOf("orders/create");
    const saysOf = (changes: object) =>
      toldBy(hear("orders/create", { ...order, ...changes }))[0]?.says;
    expect(saysOf({})).toMatchObject({ forSomebodyElse: false });
    for (const mark of [
      { note_attributes: [{ name: "Gift message", value: "Happy birthday" }] },
      { line_items: [{ title: "Ring", properties: [{ name: "_gift_wrap", value: "yes" }] }] },
      { shipping_lines: [{ delivery_category: "pickup" }] },
      { shipping_lines: [{ code: "Store Pick-up" }] },
    ]) {
      expect(saysOf(mark)).toMatchObject({ forSomebodyElse: true });
    }
  });
});

describe("the time a body tells", () => {
  const consent = (state: string, at: string | null) => ({
    id: 1,
    phone: "+14155552671",
    sms_marketing_consent: { state, consent_updated_at: at },
  });
  const topic = "customers_marketing_consent/update";

  it("is the body's own", () => {
    const [told] = toldBy(hear(topic, consent("subscribed", "2026-11-19T10:15:30-05:00")));
    expect(told).toMatchObject({ toldAt: Date.UTC(2026, 10, 19, 15, 15, 30), occasion: null });
  });

  it("is never later than the receipt", () => {
    const [told] = toldBy(hear(topic, consent("subscribed", "2031-01-01T00:00:00Z")));
    expect(told).toMatchObject({ toldAt: RECEIVED, statedAt: Date.UTC(2031, 0, 1) });
  });

  it("is the receipt for a yes without a time, so that replaying it never makes it newer", () => {
    const [yes] = toldBy(hear(topic, consent("subscribed", null)));
    expect(yes).toMatchObject({ toldAt: RECEIVED, occasion: null });
    const tick = {
      token: "c1",
      buyer_accepts_sms_marketing: true,
      sms_marketing_phone: "+14155552671",
    };
    expect(toldBy(hear("checkouts/update", tick))[0]).toMatchObject({
      toldAt: RECEIVED,
      occasion: null,
    });
  });

  it("is the trigger for a no without a time", () => {
    const [no] = toldBy(hear(topic, consent("unsubscribed", null)));
    expect(no).toMatchObject({ toldAt: TRIGGERED, occasion: TRIGGERED });
    expect(toldBy(hear("checkouts/update", { token: "c1" }))[0]).toMatchObject({
      toldAt: TRIGGERED,
    });
  });

  it("does not believe a trigger that lies beyond the receipt", () => {
    const body = JSON.stringify(consent("unsubscribed", null));
    const envelope = { topic, body, receivedAt: RECEIVED } as const;
    for (const triggeredAt of [RECEIVED + 60_000, null]) {
      expect(toldBy(understand({ ...envelope, triggeredAt }))[0]?.toldAt).toBe(RECEIVED);
    }
  });

  it("without a zone is read as UTC, not as the machine's", () => {
    const [told] = toldBy(hear(topic, consent("subscribed", "2026-11-19T10:15:30")));
    expect(told?.toldAt).toBe(Date.UTC(2026, 10, 19, 10, 15, 30));
  });
});

describe("bodies that make no sense", () => {
  const NOT_OBJECTS = [
    '""',
    "null",
    "[]",
    "12",
    "true",
    "",
    "{",
    '{"id":1',
    '{"id":1}}',
    "\uFEFF",
    "NaN",
  ];
  const ODD: unknown[] = [
    "",
    null,
    [],
    {},
    0,
    -1,
    1e308,
    true,
    "x",
    "\ud800",
    "\u0000",
    [[]],
    [null],
    { a: 1 },
  ];
  const KINDS = ["told", "nothing", "refused", "uninstalled", "privacy"];

  it.each(allTopics())("%s: is refused where it is no object", (topic) => {
    for (const body of NOT_OBJECTS) {
      expect(hear(topic, body)).toMatchObject({ kind: "refused", reason: "not_json" });
    }
  });

  it.each(allTopics())("%s: is answered whatever stands in any one of its fields", (topic) => {
    const sample = sampleOf(topic);
    for (const field of Object.keys(sample)) {
      for (const odd of ODD) {
        const understood = hear(topic, { ...sample, [field]: odd });
        expect(KINDS).toContain(understood.kind);
      }
    }
  });

  it.each(allTopics())("%s: is answered wherever it is cut off", (topic) => {
    const text = JSON.stringify(sampleOf(topic));
    for (let end = 0; end < text.length; end += Math.ceil(text.length / 40)) {
      expect(hear(topic, text.slice(0, end)).kind).toBe("refused");
    }
  });

  it("is answered however deeply it is nested", () => {
    const deep = `${'{"customer":'.repeat(200_000)}null${"}".repeat(200_000)}`;
    expect(hear("orders/create", deep).kind).toBe("refused");
    const within = `{"id":1,"note_attributes":${"[".repeat(90_000)}${"]".repeat(90_000)}}`;
    expect(KINDS).toContain(hear("orders/create", within).kind);
  });

  it("names the field it stumbled over, and nothing that stands in it", () => {
    const secret = { phone: "+14155552671" };
    const understood = hear("customers/update", { id: 1, email: secret });
    expect(understood).toMatchObject({ kind: "refused", reason: "wrong_shape" });
    expect(JSON.stringify(understood)).toContain("email");
    expect(JSON.stringify(understood)).not.toContain("4155552671");
  });

  it("keeps lone surrogates out of identities", () => {
    const body = '{"id":1,"email":"ada\\ud800@example.com","updated_at":"2026-01-01T00:00:00Z"}';
    expect(toldBy(hear("customers/update", body))[0]?.says).toMatchObject({ email: null });
  });

  it("refuses what names nobody", () => {
    for (const topic of [
      "customers/update",
      "checkouts/update",
      "orders/create",
      "customers/delete",
    ] as const) {
      expect(hear(topic, {})).toMatchObject({ kind: "refused", reason: "names_nothing" });
    }
  });

  it("knows its own topics only", () => {
    expect(isTopic("orders/edited")).toBe(false);
  });
});
