// The shoppers' stories of SEMANTICS §11, told by real webhook bodies: in order, in random order, and twice. Left to what brings their
// sources: 5, 6 (forms), 10 (a text answered), 16 (import), 18 (number reassigned), and of 14 the carrier's own block.

import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "./testing/hear.ts";
import { hear, outcomeOf, shuffle } from "./testing/hear.ts";
import {
  address,
  buyer,
  createTeller,
  DAY,
  HOUR,
  iso,
  MINUTE,
  START,
  ticked,
} from "./testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const BEN = "+14155552675";
const HOUSEHOLD = "+14155552676";

const { checkout, order, customer, consent, merge, refund, tell } = createTeller((topic) => {
  const name = `${topic.replaceAll("/", "_")}--1.json`;
  const file = new URL(`../../tests/fixtures/shopify/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
});

const ada = { email: "ada@example.com" };
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;

type Ending = (who: (identity: string) => Told) => void;

function story(name: string, told: Message[], ending: Ending, world: Partial<World> = {}): void {
  const known = { asOf: at(400), ...world };
  it(name, () => {
    const people = hear(told, known);
    ending((identity) => {
      const found = [...people.values()].filter(({ person }) =>
        person.identities.includes(identity),
      );
      expect(found, `who ${identity} is`).toHaveLength(1);
      const [one] = found;
      if (one === undefined) throw new Error(`nobody is ${identity}`);
      return one;
    });
  });
  it(`${name}; in any order and twice`, () => {
    const inOrder = outcomeOf(hear(told, known));
    for (let seed = 1; seed <= 12; seed += 1) {
      const again = told.map((message) => ({
        ...message,
        receivedAt: message.receivedAt + 3 * HOUR,
      }));
      expect(outcomeOf(hear(shuffle([...told, ...again], seed), known))).toEqual(inOrder);
    }
  });
}

const phoneOf = (told: Told) => told.attributes["phone"] ?? null;
const reasonOf = (told: Told) => told.attributes["sms_ineligible_reason"] ?? null;
const statusOf = (told: Told) => told.attributes["sms_consent_status"];

describe("the shoppers' stories", () => {
  story(
    "1: order with A, then the account is edited to B: B without consent",
    [
      customer(1, at(0), { ...ada, phone: null }),
      order(10, at(1), { ...ada, customer: buyer(1, ada), phone: A }),
      customer(1, at(5), { ...ada, phone: B, created_at: iso(at(0)) }),
    ],
    (who) => {
      const told = who("customer:1");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
    },
  );

  story(
    "2: order A, order B, the old order refunded: B, and nothing told of old orders",
    [
      order(10, at(0), { ...ada, phone: A }),
      order(11, at(9), { ...ada, phone: B }),
      refund(90, 10, at(30)),
      order(10, at(0), { ...ada, phone: A, updated_at: iso(at(30)) }, "orders/updated"),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(told.events.map(({ name, resource }) => `${name} ${resource}`).sort()).toEqual([
        "order_placed 10",
        "order_placed 11",
        "refund_initiated 90",
      ]);
    },
  );

  story(
    "3: tick for A, 20 days later an order with B and no tick: A with consent, B the candidate",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      order(10, at(20), { ...ada, phone: B }),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(A);
      expect(told.attributes["sms_eligible"]).toBe(true);
      expect(told.attributes["phone_candidate"]).toBe(B);
    },
  );

  story(
    "4: the same 150 days later: B without consent",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      order(10, at(150), { ...ada, phone: B }),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
      expect(told.decision.choice.losers.map(({ reason }) => reason)).toContain("superseded");
    },
  );

  const gift = {
    ...ada,
    billing_address: address("Ada Byron", null),
    shipping_address: address("Ben Byron", BEN),
  };

  story(
    "7: a gift with Ben's phone in shipping and an email-only contact: no phone",
    [checkout("c1", at(0), gift), order(10, at(0, 5), { ...gift, checkout_token: "c1" })],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBeNull();
      expect(reasonOf(told)).toBe("no_phone");
      expect(new Set(told.decision.choice.losers.map(({ reason }) => reason))).toEqual(
        new Set(["not_own"]),
      );
    },
  );

  story(
    "8: a gift, a tick, and Ben's number in the SMS field: pending on Ben's, whatever Shopify copies",
    [
      checkout("c1", at(0), { ...gift, customer: buyer(1, ada), ...ticked(BEN) }),
      consent(1, at(0, 1), "subscribed", BEN),
      customer(1, at(0, 1), { ...ada, phone: BEN, created_at: iso(at(-9)) }),
    ],
    (who) => {
      const told = who("customer:1");
      expect(phoneOf(told)).toBeNull();
      expect(statusOf(told)).toBe("pending");
      expect(told.attributes["sms_eligible"]).toBe(false);
    },
    { asOf: at(1) },
  );

  story(
    "9: draft orders with the shop's own number: never anybody's phone",
    Array.from({ length: 40 }, (_, index) =>
      order(100 + index, at(index), {
        email: `shopper${index}@example.com`,
        phone: A,
        source_name: "shopify_draft_order",
        user_id: 5,
      }),
    ),
    (who) => {
      for (const shopper of [0, 17, 39]) {
        expect(phoneOf(who(`email:shopper${shopper}@example.com`))).toBeNull();
      }
    },
    { settings: { own_numbers: [A] } },
  );

  story(
    "11: a guest with two emails and one phone, both ticked: the later is eligible, the other shares",
    [
      checkout("c1", at(0), { email: "guest@work.example", phone: A, ...ticked(A) }),
      checkout("c2", at(3), { email: "guest@home.example", phone: A, ...ticked(A) }),
    ],
    (who) => {
      expect(who("email:guest@home.example").attributes["sms_eligible"]).toBe(true);
      expect(reasonOf(who("email:guest@work.example"))).toBe("shared_number");
    },
  );

  story(
    "12: a couple with one number, one of them ticked: only that one has consent",
    [
      checkout("c1", at(0), { email: "she@example.com", phone: HOUSEHOLD, ...ticked(HOUSEHOLD) }),
      order(10, at(3), { email: "he@example.com", phone: HOUSEHOLD }),
    ],
    (who) => {
      expect(who("email:she@example.com").attributes["sms_eligible"]).toBe(true);
      expect(who("email:he@example.com").attributes["phone"]).toBe(HOUSEHOLD);
      expect(reasonOf(who("email:he@example.com"))).toBe("no_consent");
    },
  );

  const account = customer(1, at(-9), { ...ada, phone: A });
  const mine = { ...ada, customer: buyer(1, ada), phone: A };

  story(
    "13: tick, STOP, pays with the same tick told again: opted out",
    [
      account,
      checkout("c1", at(0), { ...mine, ...ticked(A) }),
      consent(1, at(0, 20), "unsubscribed", A),
      checkout("c1", at(0, 40), { ...mine, ...ticked(A), completed_at: iso(at(0, 40)) }),
      consent(1, at(0, 41), "subscribed", A),
    ],
    (who) => {
      const told = who("customer:1");
      expect(reasonOf(told)).toBe("opted_out");
      expect(phoneOf(told)).toBe(A);
      expect(told.attributes).not.toHaveProperty("sms_marketing_phone");
    },
  );

  story(
    "14: STOP, months later a fresh tick: consent",
    [
      account,
      checkout("c1", at(0), { ...mine, ...ticked(A) }),
      consent(1, at(1), "unsubscribed", A),
      checkout("c2", at(120), { ...mine, ...ticked(A) }),
    ],
    (who) => expect(statusOf(who("customer:1"))).toBe("subscribed"),
  );

  story(
    "15: staff edit the phone in Shopify to B, state still subscribed for A: no consent for B",
    [
      account,
      consent(1, at(0), "subscribed", A),
      customer(1, at(7), { ...ada, phone: B, created_at: iso(at(-9)) }),
      tell("customers_marketing_consent/update", at(7), {
        id: 1,
        phone: B,
        sms_marketing_consent: { state: "subscribed", consent_updated_at: iso(at(0)) },
      }),
    ],
    (who) => {
      const told = who("customer:1");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
    },
  );

  story(
    "17: the ticked number turns out a landline and a mobile is known: the mobile, without consent",
    [checkout("c1", at(0), { ...ada, ...ticked(A) }), order(10, at(-5), { ...ada, phone: B })],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
    },
    { facts: { "email:ada@example.com": { takesNoTexts: new Set([A]) } } },
  );

  story(
    "19: double opt-in never answered: lapsed after 72 hours",
    [checkout("c1", at(0), { ...ada, ...ticked(A) })],
    (who) => expect(reasonOf(who("email:ada@example.com"))).toBe("consent_expired"),
    { settings: { double_opt_in: true }, asOf: START + 72 * HOUR },
  );

  story(
    "20: two customers merge and one of them had said STOP: none is eligible",
    [
      customer(1, at(-9), { ...ada, phone: A }),
      checkout("c1", at(0), { ...mine, ...ticked(A) }),
      customer(2, at(-9), { email: "ada@old.example", phone: B }),
      consent(2, at(2), "unsubscribed", B),
      merge(1, 2, at(9)),
    ],
    (who) => {
      const told = who("customer:2");
      expect(told).toBe(who("customer:1"));
      expect(reasonOf(told)).toBe("opted_out");
      expect(told.address).toBe("email:ada@example.com");
    },
  );

  story(
    "21: redacted, orders again with the same number after an old STOP: the stop still holds",
    [order(10, at(30), { ...ada, phone: A })],
    (who) => expect(reasonOf(who("email:ada@example.com"))).toBe("opted_out"),
    { stops: { [A]: at(1) } },
  );

  story(
    "22: a phone-only checkout whose email never comes is held",
    [checkout("c1", at(0), { phone: A, ...ticked(A) })],
    (who) => expect(who("checkout:c1").address).toBeNull(),
  );

  story(
    "22: a phone-only checkout, email later: one profile",
    [
      checkout("c1", at(0), { phone: A, ...ticked(A), created_at: iso(at(0)) }),
      checkout("c1", at(0, 4), { ...ada, phone: A, ...ticked(A), created_at: iso(at(0)) }),
    ],
    (who) => {
      const told = who("checkout:c1");
      expect(told).toBe(who("email:ada@example.com"));
      expect(told.address).toBe("email:ada@example.com");
      expect(told.attributes["sms_eligible"]).toBe(true);
    },
  );

  story(
    "23: two emails in one checkout: two persons, and the token is the last one's",
    [
      checkout("c1", at(0), { email: "first@example.com", phone: A }),
      checkout("c1", at(0, 4), { email: "last@example.com", phone: A }),
    ],
    (who) => {
      expect(who("checkout:c1")).toBe(who("email:last@example.com"));
      expect(phoneOf(who("email:last@example.com"))).toBe(A);
      expect(phoneOf(who("email:first@example.com"))).toBeNull();
    },
  );

  story(
    "24: STOP at 10:02 heard after a 10:05 order: opted out",
    [
      account,
      checkout("c1", at(0), { ...mine, ...ticked(A) }),
      order(10, at(0, 5), { ...mine, checkout_token: "c1" }),
      { ...consent(1, at(0, 2), "unsubscribed", A), receivedAt: at(0, 30) },
    ],
    (who) => expect(reasonOf(who("customer:1"))).toBe("opted_out"),
  );

  story(
    "25: inside a journey the number changes to B: the number to text is gone",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A), created_at: iso(at(0)) }),
      checkout("c1", at(0, 9), {
        ...ada,
        phone: B,
        sms_marketing_phone: B,
        created_at: iso(at(0)),
      }),
    ],
    (who) => {
      const { attributes } = who("email:ada@example.com");
      expect(attributes["phone"]).toBe(B);
      expect(attributes).not.toHaveProperty("sms_marketing_phone");
    },
  );
});
