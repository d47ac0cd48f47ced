import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { observationsOf } from "../testing/hear.ts";
import { buyer, createTeller, DAY, MINUTE, START } from "../testing/tell.ts";
import { tellPeopleApart } from "./tell-apart.ts";

const { checkout, checkoutGone, order, customer, consent, merge, shipment, refund } = createTeller(
  () => ({}),
);
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;

/** Who is who: the identities of each person, documents that are nobody's own left out. */
function people(messages: Message[]): string[] {
  return tellPeopleApart(observationsOf(messages)).map(({ identities }) =>
    [...identities].sort().join(" "),
  );
}

function ownerOf(document: string, messages: Message[]): string | undefined {
  return tellPeopleApart(observationsOf(messages)).find(({ documents }) => documents.has(document))
    ?.anchor;
}

function emailOf(anchor: string, messages: Message[]): string | null | undefined {
  return tellPeopleApart(observationsOf(messages)).find((person) => person.anchor === anchor)
    ?.email;
}

describe("who is who", () => {
  it("a guest becomes a customer when one id is named with both, with all the guest did", () => {
    const guest = order(10, at(0), { email: "Ada@Example.com" });
    expect(ownerOf("order:10", [guest])).toBe("email:ada@example.com");
    const named = customer(1, at(1), { email: "ada@example.com" });
    expect(ownerOf("order:10", [guest, named])).toBe("customer:1");
  });

  it("an email that moves belongs to the customer it was named with last", () => {
    const told = [
      customer(1, at(0), { email: "a@example.com" }),
      customer(2, at(5), { email: "a@example.com" }),
    ];
    const guest = order(10, at(2), { email: "a@example.com" });
    expect(ownerOf("order:10", [...told, guest])).toBe("customer:2");
    expect(emailOf("customer:1", [...told, guest])).toBeNull();
    expect(emailOf("customer:2", [...told, guest])).toBe("a@example.com");
  });

  it("an old order told again does not take an email back", () => {
    const old = { email: "a@example.com", customer: buyer(1) };
    const told = [
      order(10, at(0), old),
      customer(2, at(5), { email: "a@example.com" }),
      order(10, at(0), { ...old, updated_at: new Date(at(9)).toISOString() }, "orders/updated"),
    ];
    expect(emailOf("customer:2", told)).toBe("a@example.com");
  });

  it("a phone joins nobody", () => {
    const phone = "+14155552671";
    const told = [
      order(10, at(0), { email: "a@example.com", phone }),
      order(11, at(0), { email: "b@example.com", phone }),
    ];
    expect(people(told)).toHaveLength(2);
  });

  it("a checkout joins neither emails nor customers, and is the last one's", () => {
    const told = [
      checkout("c1", at(0), { email: "a@example.com" }),
      checkout("c1", at(0, 1), { customer: buyer(1) }),
      checkout("c1", at(0, 2), { customer: buyer(2) }),
    ];
    expect(ownerOf("checkout:c1", told)).toBe("customer:2");
    expect(people(told)).toHaveLength(3);
  });

  it("what names nobody is whose checkout, else whose cart it is", () => {
    const named = checkout("c1", at(0), { email: "a@example.com", cart_token: "k1" });
    expect(ownerOf("order:10", [named, order(10, at(1), { checkout_token: "c1" })])).toBe(
      "email:a@example.com",
    );
    expect(ownerOf("checkout:c2", [named, checkout("c2", at(1), { cart_token: "k1" })])).toBe(
      "email:a@example.com",
    );
    expect(ownerOf("gone:cart:k1", [named, checkoutGone("k1", at(2))])).toBe("email:a@example.com");
    expect(ownerOf("checkout:c3", [named, checkout("c3", at(1), {})])).toBe("checkout:c3");
  });

  it("shipments and refunds are their order's", () => {
    const told = [
      order(10, at(0), { customer: buyer(1) }),
      shipment(5, 10, at(1), {}),
      refund(6, 10, at(2)),
    ];
    expect(ownerOf("fulfillment:5", told)).toBe("customer:1");
    expect(ownerOf("refund:6", told)).toBe("customer:1");
  });

  it("a test order's naming gives way to any other", () => {
    const test = order(10, at(9), { email: "a@example.com", customer: buyer(2), test: true });
    expect(emailOf("customer:2", [test])).toBe("a@example.com");
    expect(
      emailOf("customer:2", [test, customer(1, at(0), { email: "a@example.com" })]),
    ).toBeNull();
  });
});

describe("customers that Shopify merges", () => {
  const both = [
    customer(1, at(0), { email: "a@example.com" }),
    customer(2, at(5), { email: "b@example.com" }),
  ];

  it("are one, addressed by the email of the one that was kept", () => {
    expect(people([...both, merge(1, 2, at(6))])).toHaveLength(1);
    expect(emailOf("customer:1", [...both, merge(1, 2, at(6))])).toBe("a@example.com");
  });

  it("stay two where the merge failed", () => {
    expect(people([...both, merge(1, 2, at(6), "failed")])).toHaveLength(2);
  });

  it("follow a chain, whatever its order", () => {
    const chain = [merge(2, 3, at(7)), merge(1, 2, at(6))];
    expect(ownerOf("consent:3", [...chain, consent(3, at(1), "unsubscribed", null)])).toBe(
      "customer:1",
    );
  });

  it("are one also where merges go round in a circle", () => {
    const circle = [merge(2, 1, at(1)), merge(3, 2, at(2)), merge(1, 3, at(3))];
    expect(people([...circle, ...both])).toHaveLength(1);
  });
});
