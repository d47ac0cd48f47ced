// Who is who does not depend on what was heard first, nor on doors that prove nothing.

import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { observationsOf } from "../testing/hear.ts";
import { buyer, createTeller, DAY, iso, MINUTE, START } from "../testing/tell.ts";
import { tellPeopleApart } from "./tell-apart.ts";

const { checkout, customer, delivery, form, imported, merge, noted, order, shipment, tell } =
  createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const peopleIn = (messages: Message[]) => tellPeopleApart(observationsOf(messages));

/** The same of the messages in both directions, else the two answers. */
function inAnyOrder<Answer>(messages: Message[], ask: (told: Message[]) => Answer): Answer {
  const answer = ask(messages);
  expect(ask(messages.toReversed())).toEqual(answer);
  return answer;
}

const ownerOf = (document: string, messages: Message[]) =>
  inAnyOrder(
    messages,
    (told) => peopleIn(told).find(({ documents }) => documents.has(document))?.anchor,
  );
const emailOf = (anchor: string, messages: Message[]) =>
  inAnyOrder(messages, (told) => peopleIn(told).find((one) => one.anchor === anchor)?.email);
const ownerOfEmail = (email: string, messages: Message[]) =>
  inAnyOrder(
    messages,
    (told) =>
      peopleIn(told).find(({ identities }) => identities.includes(`email:${email}`))?.anchor,
  );

const a = { email: "a@example.com" };
const moments = (message: Message, triggeredAt: number): Message => ({
  ...message,
  triggeredAt,
  receivedAt: at(20),
});

describe("an email belongs to the customer it was named with last", () => {
  it("by the times of the sources", () => {
    const told = [customer(1, at(0), a), customer(2, at(5), a)];
    expect(ownerOfEmail(a.email, told)).toBe("customer:2");
  });

  it("of two at once by the trigger, else by the smaller name", () => {
    const first = customer(1, at(0), a);
    const second = customer(2, at(0), a);
    const triggered = (one: number, other: number) => [
      moments(first, at(one)),
      moments(second, at(other)),
    ];
    expect(ownerOfEmail(a.email, triggered(1, 2))).toBe("customer:2");
    expect(ownerOfEmail(a.email, triggered(2, 1))).toBe("customer:1");
    expect(ownerOfEmail(a.email, triggered(1, 1))).toBe("customer:1");
  });

  it("by a checkout as by an account", () => {
    const told = [checkout("c1", at(0), { ...a, customer: buyer(1) }), order(10, at(5), a)];
    expect(ownerOf("order:10", told)).toBe("customer:1");
  });

  it("by an order as of when it was made, however late it is heard of", () => {
    const late = { ...a, customer: buyer(1), created_at: iso(at(0)), updated_at: iso(at(9)) };
    const told = [order(10, at(9), late), customer(2, at(5), a)];
    expect(ownerOfEmail(a.email, told)).toBe("customer:2");
  });

  it("by an order that says no time of its own as of its first telling", () => {
    const telling = (days: number) =>
      order(10, at(days), { ...a, customer: buyer(1), created_at: null });
    const told = [telling(0), customer(2, at(5), a), telling(9)];
    expect(ownerOfEmail(a.email, told)).toBe("customer:2");
  });

  it("and not by an entry, a list or a note, which anybody may have filled in", () => {
    const both = { ...a, customer: "1", phone: "+14155552671" };
    for (const entry of [
      form("f1", at(9), { ...both, ticked: false }),
      imported("1", at(9), both),
      noted("n1", at(9), both),
    ]) {
      const told = [order(10, at(0), a), entry];
      expect(ownerOf("order:10", told)).toBe("email:a@example.com");
      expect(emailOf("customer:1", told)).toBeNull();
    }
  });
});

describe("a checkout", () => {
  it("that names nobody is of whom its order named", () => {
    const told = [
      checkout("c1", at(0), { phone: "+14155552671" }),
      order(10, at(1), { ...a, checkout_token: "c1" }),
    ];
    expect(ownerOf("checkout:c1", told)).toBe("email:a@example.com");
  });

  it("that names two at the same moment is one's, whichever was heard first", () => {
    const named = [1, 2, 3].map((id) =>
      moments(checkout("c1", at(0), { customer: buyer(id) }), at(0)),
    );
    expect(ownerOf("checkout:c1", named)).toMatch(/^customer:[123]$/);
  });

  it("leaves who it named before a person with an email", () => {
    const told = [checkout("c1", at(0), a), checkout("c1", at(1), { customer: buyer(1) })];
    expect(ownerOf("checkout:c1", told)).toBe("customer:1");
    expect(emailOf("email:a@example.com", told)).toBe(a.email);
  });
});

describe("the email somebody is addressed by", () => {
  it("is the account's that was merged before any an order named", () => {
    const told = [
      customer(1, at(0), {}),
      customer(2, at(5), { email: "b@example.com" }),
      merge(1, 2, at(6)),
      order(10, at(9), { email: "c@example.com", customer: buyer(1) }),
    ];
    expect(emailOf("customer:1", told)).toBe("b@example.com");
  });

  it("is the one named last where the account has none", () => {
    const told = [
      order(10, at(9), { email: "c@example.com", customer: buyer(1) }),
      order(11, at(5), { email: "d@example.com", customer: buyer(1) }),
    ];
    expect(emailOf("customer:1", told)).toBe("c@example.com");
  });
});

describe("customers that Shopify merges", () => {
  it("are known by both their ids from the merge alone", () => {
    const [one, ...others] = peopleIn([merge(1, 2, at(0))]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ anchor: "customer:1", customerId: "1" });
    expect(one?.identities).toEqual(expect.arrayContaining(["customer:1", "customer:2"]));
  });

  it("are one also where one of them was merged into a circle of others", () => {
    const circle = [merge(2, 1, at(1)), merge(3, 2, at(2)), merge(2, 3, at(3))];
    expect(inAnyOrder(circle, (told) => peopleIn(told).map(({ anchor }) => anchor))).toEqual([
      "customer:2",
    ]);
  });
});

describe("a parcel", () => {
  const unnamed = tell("fulfillment_events/create", at(1), {
    ...{ id: 50, fulfillment_id: 5, order_id: null, status: "in_transit" },
    ...{ happened_at: iso(at(1)), created_at: iso(at(1)), updated_at: iso(at(1)) },
  });

  it("is its order's by whatever names the order, also when that was told later", () => {
    const told = [order(10, at(0), { customer: buyer(1) }), unnamed, delivery(5, 10, at(3))];
    expect(ownerOf("fulfillment:5", told)).toBe("customer:1");
    expect(ownerOf("fulfillment:5", [...told, shipment(5, 10, at(2), {})])).toBe("customer:1");
  });

  it("of an order that nobody told, or that is not named, is nobody's", () => {
    expect(ownerOf("fulfillment:5", [unnamed])).toBe("fulfillment:5");
    expect(ownerOf("fulfillment:5", [delivery(5, 10, at(3))])).toBe("fulfillment:5");
  });
});

it("everybody is listed once, in the order of their names, each with every identity once", () => {
  const told = [
    order(11, at(0), { email: "b@example.com" }),
    order(10, at(0), a),
    customer(1, at(1), a),
    checkout("c1", at(2), { ...a, customer: buyer(1) }),
  ];
  const people = inAnyOrder(told, (messages) =>
    peopleIn(messages).map(({ anchor, identities }) => [anchor, [...identities].sort()]),
  );
  expect(people).toEqual([
    ["customer:1", ["checkout:c1", "customer:1", "email:a@example.com", "order:10"]],
    ["email:b@example.com", ["email:b@example.com", "order:11"]],
  ]);
});
