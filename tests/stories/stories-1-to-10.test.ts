// The shoppers' stories of SEMANTICS §11, one to ten: which number is theirs.

import { describe, expect } from "vitest";

import { address, buyer, iso, ticked } from "#app/core/testing/tell.ts";
import {
  A,
  ada,
  at,
  B,
  BEN,
  checkout,
  confirmationsOf,
  consent,
  customer,
  order,
  own,
  phoneOf,
  reasonOf,
  refund,
  statusOf,
  story,
} from "./story.ts";

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

  const popup = { ...ada, phone: B, ticked: true };
  const typedThenPopup = [order(10, at(0), { ...ada, phone: A }), own.form("f1", at(400), popup)];

  story(
    "5: order with A, 400 days later the pop-up with B and a tick: asked to confirm B, A stays",
    typedThenPopup,
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(A);
      expect(told.attributes["phone_candidate"]).toBe(B);
      expect(told.attributes["sms_eligible"]).toBe(false);
      expect(confirmationsOf(told)).toEqual([B]);
    },
    { asOf: at(401) },
  );

  story(
    "5: what was never confirmed lapses after 72 hours",
    typedThenPopup,
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(A);
      expect(told.attributes["sms_eligible"]).toBe(false);
      expect(confirmationsOf(told)).toEqual([]);
    },
    { asOf: at(403) },
  );

  story(
    "5: a YES after that proves the number, and confirms nothing",
    [...typedThenPopup, own.text(B, at(404), "YES")],
    (who) => {
      const told = who("email:ada@example.com");
      expect(told.attributes).toMatchObject({ phone: B, phone_verified_by: "inbound_sms" });
      expect(reasonOf(told)).toBe("consent_expired");
    },
    { asOf: at(405) },
  );

  story(
    "5: confirmed in time, the number of the pop-up wins, with consent and proved",
    [...typedThenPopup, own.text(B, at(401), "Yes!")],
    (who) => {
      const { attributes } = who("email:ada@example.com");
      expect(attributes).toMatchObject({
        phone: B,
        phone_source: "form:popup",
        phone_verified: true,
        phone_verified_by: "confirmation",
        sms_consent_level: "confirmed_opt_in",
        sms_eligible: true,
      });
    },
    { asOf: at(500) },
  );

  story(
    "6: the pop-up with B and a tick, nothing else: B with consent",
    [own.form("f1", at(0), popup)],
    (who) => {
      const { attributes } = who("email:ada@example.com");
      expect(attributes).toMatchObject({ phone: B, sms_eligible: true });
      expect(attributes["sms_consent_source"]).toBe("form:popup");
    },
  );

  story(
    "6: the same where confirmation is asked: pending, and asked once",
    [own.form("f1", at(0), popup)],
    (who) => {
      const told = who("email:ada@example.com");
      expect(told.attributes).toMatchObject({ phone: B, sms_consent_status: "pending" });
      expect(confirmationsOf(told)).toEqual([B]);
    },
    { settings: { double_opt_in: true }, asOf: at(1) },
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

  const mine10 = [
    checkout("c1", at(0), { ...ada, phone: B, ...ticked(A) }),
    own.text(A, at(1), "Wrong number, stop"),
  ];

  story(
    "10: the spouse's number ticked, and a text from it says wrong number: barred, and stopped",
    mine10,
    (who) => {
      const told = who("email:ada@example.com");
      expect(phoneOf(told)).toBe(B);
      expect(told.decision.choice.losers.map(({ reason }) => reason)).toContain("barred");
      expect(reasonOf(told)).toBe("no_consent");
    },
  );

  story(
    "10: its real owner, who comes later, may tick for it",
    [...mine10, checkout("c2", at(9), { email: "ben@example.com", phone: A, ...ticked(A) })],
    (who) => {
      const { attributes } = who("email:ben@example.com");
      expect(attributes).toMatchObject({ phone: A, sms_eligible: true });
    },
  );
});
