import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { createTeller, iso, START } from "../testing/tell.ts";

const { checkoutGone, consent, customer } = createTeller(() => ({}));
const SECOND = 1_000;
const told = consent(1, START, "subscribed", "+14155552671");
const heardAt = told.receivedAt;

function oneAfter(messages: Message[], asOf: number, who = "customer:1") {
  const one = hear(messages, { asOf }).get(who);
  if (!one) throw new Error(`nobody is ${who}`);
  const { waitsForName, nextChangeAt } = one.decision.profile;
  return { waitsForName, nextChangeAt, address: one.address };
}

describe("who is known by a bare customer id", () => {
  it("is told to nobody for ten seconds, and then under that id", () => {
    const until = heardAt + 10 * SECOND;
    for (const asOf of [heardAt, until - 1]) {
      expect(oneAfter([told], asOf)).toMatchObject({ waitsForName: true, address: null });
    }
    expect(oneAfter([told], until - 1).nextChangeAt).toBe(until);
    expect(oneAfter([told], until)).toMatchObject({ waitsForName: false, address: "id:1" });
  });

  it("waits from the first receipt, whatever else is heard meanwhile", () => {
    const again = consent(1, START + 8 * SECOND, "subscribed", "+14155552671");
    for (const messages of [
      [told, again],
      [again, told],
    ]) {
      expect(oneAfter(messages, heardAt + 9 * SECOND).waitsForName).toBe(true);
      expect(oneAfter(messages, heardAt + 10 * SECOND).waitsForName).toBe(false);
    }
  });

  it("waits no longer once the account has been told, with an email or without", () => {
    const account = (email: string | null) =>
      customer(1, START, { email, created_at: iso(START), first_name: null });
    expect(oneAfter([told, account(null)], heardAt)).toMatchObject({
      waitsForName: false,
      address: "id:1",
    });
    expect(oneAfter([told, account("ada@example.com")], heardAt)).toMatchObject({
      waitsForName: false,
      address: "email:ada@example.com",
    });
  });
});

it("what names nobody at all waits for no name", () => {
  const gone = oneAfter([checkoutGone("k1", START)], START, "gone:cart:k1");
  expect(gone).toMatchObject({ waitsForName: false, nextChangeAt: null, address: null });
});
