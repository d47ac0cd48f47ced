import { describe, expect, it } from "vitest";

import { transitionsOf } from "#app/pipeline/deliver/transitions.ts";
import type { PersonToTell, ToldSummary } from "#app/db/tellings.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import type { Told } from "../../testing/hear.ts";
import { hear, policyOf } from "../../testing/hear.ts";
import { buyer, createTeller, DAY, iso, START, ticked } from "../../testing/tell.ts";
import type { EventField, FieldType } from "./entry.ts";
import { EVENTS } from "./events.ts";
import { COMMON_FIELDS, ITEM_FIELDS } from "./fields.ts";

const [A, B] = ["+14155552671", "+14155552672"];
const { checkout, order, customer, consent, shipment, delivery, refund } = createTeller(() => ({}));
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
const at = (days: number): number => START + days * DAY;
const ITEM = { title: "Red kite", quantity: 1, price: "29.50", product_id: 5 };

/** Full bodies and bare ones. */
const HISTORY = [
  order(10, at(0), {
    ...ada,
    name: "#1042",
    line_items: [ITEM],
    total_price: "29.50",
    currency: "USD",
    checkout_token: "c1",
    order_status_url: "https://shop.example/orders/10",
  }),
  shipment(5, 10, at(1), {
    tracking_company: "UPS",
    tracking_number: "1Z",
    tracking_url: "https://carrier.example/1Z",
    line_items: [ITEM],
  }),
  delivery(5, 10, at(2)),
  refund(6, 10, at(3)),
  order(11, at(4), ada),
  order(
    11,
    at(4),
    { ...ada, cancelled_at: iso(at(5)), updated_at: iso(at(5)) },
    "orders/cancelled",
  ),
  shipment(7, 11, at(5), {}),
  checkout("c2", at(6), { ...ada, abandoned_checkout_url: "https://shop.example/recover" }),
];

/** In an event's data these change whom and how a message is sent. */
const RESERVED_BY_CUSTOMERIO = ["recipient", "from_address", "reply_to"];

type TestedEvent = { name: string; body: Record<string, unknown> };

function adaAfter(messages: typeof HISTORY, settings: object = {}, asOf = at(9)): Told {
  const told = hear(messages, { asOf, settings: { ...settings } }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

function transitions({ decision }: Told, told: ToldSummary): TestedEvent[] {
  const person: PersonToTell = {
    id: 1,
    version: 2,
    address: "email:ada@example.com",
    mergedInto: null,
    attributes: {},
    decision: decision.profile,
    told,
    stamp: 0,
    changedAt: new Date(at(9)),
  };
  const { phone, candidate, consent } = decision.profile;
  const summary: ToldSummary = {
    ...told,
    phone: phone?.e164 ?? null,
    candidate: candidate?.e164 ?? null,
    consent: consent.status,
  };
  return transitionsOf(person, summary, SHOP).map(({ name, body }) => ({ name, body }));
}

const SHOP: WorkingShop = {
  id: 1,
  domain: "northwind-toys.myshopify.com",
  mode: "live",
  settings: policyOf({}).settings,
  settingsVersion: 1,
  credentials: null,
  salt: Buffer.alloc(16),
  installedAt: new Date(START),
  uninstalledAt: null,
  liveSince: new Date(START),
  stopsRead: { at: null, upto: null, of: null },
};

const BEFORE: ToldSummary = {
  phone: A,
  source: "order",
  consent: "not_subscribed",
  candidate: null,
  customerId: "1",
  settingsVersion: 1,
};

function personEvents(): TestedEvent[] {
  const ticking = [order(10, at(0), ada), checkout("c1", at(1), { ...ada, ...ticked(A) })];
  const candidate = order(11, at(2), { ...ada, phone: B });
  const stopped = consent(1, at(3), "unsubscribed", A);
  const moved = [order(10, at(0), ada), customer(1, at(4), { email: ada.email, phone: B })];
  return [
    ...transitions(adaAfter([...ticking, candidate]), BEFORE),
    ...transitions(adaAfter([...ticking, stopped]), { ...BEFORE, consent: "subscribed" }),
    ...transitions(adaAfter(moved), BEFORE),
  ];
}

function isOfType(value: unknown, type: FieldType): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return Number.isFinite(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "iso_time":
      return typeof value === "string" && iso(Date.parse(value)) === value;
    case "strings":
      return Array.isArray(value) && value.every((one) => typeof one === "string");
    case "items":
      return Array.isArray(value);
  }
}

function expectFields(body: object, fields: readonly EventField[], where: string): void {
  expect(Object.keys(body).sort(), where).toEqual(fields.map(({ name }) => name).sort());
  const values = new Map<string, unknown>(Object.entries(body));
  for (const { name, type, optional } of fields) {
    const value = values.get(name);
    const isRight = isOfType(value, type) || (value === null && optional === true);
    expect(isRight, `${where}.${name}: ${value}`).toBe(true);
  }
}

describe("the catalogue of events", () => {
  const asked = adaAfter(
    [checkout("c1", at(0), { ...ada, ...ticked(A) })],
    { double_opt_in: true, brand: "Northwind Toys" },
    at(1),
  );
  const told: TestedEvent[] = [...adaAfter(HISTORY).events, ...personEvents(), ...asked.events];

  it("declares exactly the fields each event is told with, of the types they have", () => {
    for (const { name, body } of told) {
      const declared = EVENTS.find((event) => event.name === name);
      expectFields(body, declared?.fields ?? [], name);
      const items = body["items"];
      for (const item of Array.isArray(items) ? items : []) {
        expectFields(item, ITEM_FIELDS, `${name}.items`);
      }
    }
  });

  it("holds every event that is told, and calls planned what is not told yet", () => {
    const names = new Set(told.map(({ name }) => name));
    const declared = EVENTS.filter(({ planned }) => !planned).map(({ name }) => name);
    expect([...names].sort()).toEqual([...declared].sort());
  });

  it("gives every field an example of its type, and no name that means something else already", () => {
    const common: string[] = COMMON_FIELDS.map(({ name }) => name);
    const fields = [...COMMON_FIELDS, ...ITEM_FIELDS, ...EVENTS.flatMap((event) => event.fields)];
    for (const { name, type, example } of fields) {
      if (type !== "items") expect(isOfType(example, type), name).toBe(true);
    }
    for (const { name } of EVENTS.flatMap((event) => event.fields)) {
      expect([...common, ...RESERVED_BY_CUSTOMERIO]).not.toContain(name);
    }
  });
});
