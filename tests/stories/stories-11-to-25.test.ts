// The shoppers' stories of SEMANTICS §11, eleven to twenty-five: who may be texted.

import { describe, expect } from "vitest";

import { buyer, HOUR, iso, START, ticked } from "#app/core/testing/tell.ts";
import {
  A,
  ada,
  at,
  B,
  checkout,
  consent,
  customer,
  HOUSEHOLD,
  merge,
  order,
  own,
  phoneOf,
  reasonOf,
  statusOf,
  story,
  tell,
} from "./story.ts";

describe("the shoppers' stories", () => {
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

  const stoppedByText = [
    account,
    checkout("c1", at(0), { ...mine, ...ticked(A) }),
    own.text(A, at(1), "STOP"),
    checkout("c2", at(120), { ...mine, ...ticked(A) }),
  ];

  story(
    "14: a STOP from the handset, months later a fresh tick: consent, and the carrier still blocks",
    stoppedByText,
    (who) => {
      const told = who("customer:1");
      expect(statusOf(told)).toBe("subscribed");
      expect(reasonOf(told)).toBe("carrier_opted_out");
    },
  );

  story("14: until START comes from it", [...stoppedByText, own.text(A, at(121), "START")], (who) =>
    expect(who("customer:1").attributes["sms_eligible"]).toBe(true),
  );

  story(
    "16: an old list with a yes and nothing more: its number at the bottom, no consent",
    [own.imported("1", at(0), { ...ada, phone: A }), order(10, at(-50), { ...ada, phone: B })],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(statusOf(told)).toBe("not_subscribed");
    },
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
    [
      checkout("c1", at(0), { ...ada, ...ticked(A) }),
      order(10, at(-5), { ...ada, phone: B }),
      own.report(A, at(1), "landline", "21614"),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(reasonOf(told)).toBe("no_consent");
    },
  );

  story(
    "18: the number was reassigned: what was agreed to before is void",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      own.report(A, at(30), "reassigned", "carrier"),
    ],
    (who) => {
      const told = who("email:ada@example.com");
      expect(told.attributes["sms_consent"]).toBe(false);
      expect(reasonOf(told)).toBe("number_reassigned");
    },
  );

  story(
    "18: and its new owner's own act counts",
    [
      checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) }),
      own.report(A, at(30), "reassigned", "carrier"),
      checkout("c2", at(40), { email: "ben@example.com", phone: A, ...ticked(A) }),
    ],
    (who) => {
      expect(who("email:ben@example.com").attributes["sms_eligible"]).toBe(true);
      expect(who("email:ada@example.com").attributes["sms_eligible"]).toBe(false);
    },
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
