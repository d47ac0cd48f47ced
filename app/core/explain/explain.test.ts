import { expect, test } from "vitest";
import type { Observation, OrderSaid } from "../heard.ts";
import { tellPeopleApart } from "../people/tell-apart.ts";
import { createPolicy } from "../policy.ts";
import { readNumber } from "../phone/read-number.ts";
import { judge, NO_HOLDERS } from "../profile/eligibility.ts";
import { NOTHING_KNOWN } from "../numbers/known.ts";
import { decide, numbersOf } from "../profile/profile.ts";
import { readSettings } from "../settings/schema.ts";
import { explain, sentencesOf } from "./explain.ts";

const MONDAY = Date.parse("2026-11-16T10:00:00Z");
const DAY = 86_400_000;

function order(id: string, phone: string, day: number): Observation {
  const at = MONDAY + day * DAY;
  const says: OrderSaid = {
    kind: "order",
    order: id,
    name: null,
    checkout: null,
    channelName: null,
    test: false,
    cancelledAt: null,
    cancelReason: null,
    created: true,
    cart: null,
    customer: null,
    customerName: null,
    customerCountry: "US",
    email: "ada@example.com",
    phone,
    billing: null,
    shipping: null,
    forSomebodyElse: false,
    locale: null,
    channel: "online",
    createdAt: at,
    items: [],
    value: 0,
    currency: null,
    url: null,
  };
  return { document: `order:${id}`, id, toldAt: at, triggeredAt: at, receivedAt: at, says };
}

function explainOrders(orders: Observation[], mask?: (number: string) => string) {
  const reading = readSettings({});
  if (!reading.ok) throw new Error("the defaults are settings");
  const policy = createPolicy(reading.settings, readNumber);
  const [person] = tellPeopleApart(orders);
  if (!person) throw new Error("somebody ordered");
  const decision = decide(person, numbersOf(person, policy), NOTHING_KNOWN, policy, MONDAY);
  const eligibility = judge(decision.profile, NO_HOLDERS, reading.settings, false);
  return explain(decision, eligibility, mask ? { mask } : {});
}

test("says why this number, why not each of the others, and why no texts", () => {
  const explanation = explainOrders([
    order("1", "(415) 555-2671", 0),
    order("2", "415-555-2672", 1),
    order("3", "12", 2),
  ]);
  expect(explanation).toMatchObject({
    number: "The number is +14155552672: it was typed as the contact of an order on 2026-11-17.",
    others: expect.arrayContaining([
      "+14155552671, typed as the contact of an order on 2026-11-16, was given earlier than +14155552672.",
      '"12", typed as the contact of an order on 2026-11-18, is not used. The number has too few digits.',
    ]),
    consent: ["No consent to texts is known."],
    eligibility: {
      marketing: ["May not be sent marketing texts, because there is no consent for this number."],
    },
  });
});

test("a number told many times by its documents is explained once", () => {
  const [first, second, third] = [
    order("1", "(415) 555-2671", 0),
    order("2", "415-555-2671", 0),
    order("3", "+1 415 555 2672", 1),
  ];
  expect(explainOrders([first, second, third]).others).toHaveLength(1);
});

test("masked, no sentence holds a number", () => {
  const sentences = sentencesOf(
    explainOrders(
      [order("1", "(415) 555-2671", 0), order("2", "415-555-2672", 1), order("3", "12", 2)],
      () => "***",
    ),
  );
  expect(sentences.join("\n")).not.toMatch(/555|"12"/);
});

test("somebody of whom no number was heard is told so", () => {
  expect(explainOrders([order("1", "", 0)]).number).toBe(
    "There is no number: none was ever heard.",
  );
});
