import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear, numbersSaidIn, policyOf } from "../testing/hear.ts";
import { createTeller, DAY, iso, START, ticked } from "../testing/tell.ts";
import { NOTHING_KNOWN } from "../numbers/known.ts";
import { isToBeOptedOut, revocationsOf } from "./revoked.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, consent, customer, order, preference, report, text } = createTeller(() => ({}));

const at = (days: number): number => START + days * DAY;
const ada = { customer: { id: 7 }, email: "ada@example.com", phone: A };
const account = customer(7, at(0), { email: "ada@example.com", phone: A });
const agreed = checkout("c1", at(0), { ...ada, ...ticked(A) });
const off = preference(at(1), { customer: "7", channel: "sms", subscribed: false, at: iso(at(1)) });
const on = preference(at(2), { customer: "7", channel: "sms", subscribed: true, at: iso(at(2)) });
const unsubscribed = (days: number): Message => consent(7, at(days), "unsubscribed", A);

function afterAll(messages: Message[], settings: Record<string, unknown> = {}) {
  const told = hear(messages, { asOf: at(300), settings }).get("customer:7");
  if (!told) throw new Error("nobody is Ada");
  const said = Map.groupBy(numbersSaidIn(messages), ({ number }) => number);
  const known = { ...NOTHING_KNOWN, said };
  const policy = policyOf({ settings }).settings;
  return {
    ...revocationsOf(told.decision, known, policy, at(300)),
    profile: told.decision.profile,
  };
}

const known = [account, agreed];

describe("Shopify is told", () => {
  it("nothing while nobody said stop", () => {
    expect(afterAll(known)).toMatchObject({ numbers: [], optOuts: null });
  });

  it("of the latest stop for each number of the customer's", () => {
    const another = order(1, at(0), { ...ada, phone: B });
    const told = afterAll([...known, another, text(A, at(1), "STOP"), text(A, at(3), "STOP")]);
    expect(told.numbers).toEqual([
      { number: A, at: at(3) },
      { number: B, at: at(3) },
    ]);
  });

  it("nothing that it told itself of this customer, and again of what was said later", () => {
    expect(afterAll([...known, unsubscribed(1)]).numbers).toEqual([]);
    const later = text(A, at(2), "STOP");
    expect(afterAll([...known, unsubscribed(1), later]).numbers).toEqual([
      { number: A, at: at(2) },
    ]);
  });

  it("nothing of a stop that the shopper lifted", () => {
    expect(afterAll([...known, off, on]).numbers).toEqual([]);
    const start = text(A, at(2), "START");
    expect(afterAll([...known, text(A, at(1), "STOP"), start]).numbers).toEqual([]);
  });
});

describe("the senders' lists", () => {
  it.each([
    ["a preference", off],
    ["a record of Shopify's", unsubscribed(1)],
    ["words that no carrier knows", text(A, at(1), "please no more texts")],
  ])("are to hold who said stop by %s", (_, stop) => {
    const { optOuts } = afterAll([...known, stop]);
    expect(optOuts).toEqual({ stoppedAt: at(1), liftedAt: null, wrongNumber: null });
  });

  it("are left to the carrier where it heard a keyword or blocks already", () => {
    expect(afterAll([...known, text(A, at(1), "STOP")]).optOuts).toBeNull();
    expect(afterAll([...known, report(A, at(1), "carrier_stop")]).optOuts).toBeNull();
  });

  it("take a record at the very second of another stop for our own writing, told back", () => {
    const stop = text(A, at(1) + 400, "STOP");
    expect(afterAll([...known, stop, unsubscribed(1)]).optOuts).toBeNull();
    const early = text(A, at(1) - 1, "STOP");
    expect(afterAll([...known, early, unsubscribed(1)]).optOuts?.stoppedAt).toBe(at(1));
  });

  it("open again by the shopper's act, which names when", () => {
    expect(afterAll([...known, off, on]).optOuts).toEqual({
      ...{ stoppedAt: at(1), liftedAt: at(2), wrongNumber: null },
    });
    const again = checkout("c2", at(3), { ...ada, ...ticked(A) });
    expect(afterAll([...known, off, again]).optOuts?.liftedAt).toBe(at(3));
  });

  it("stay as they are while the carrier blocks, whatever was agreed to since", () => {
    const again = checkout("c2", at(3), { ...ada, ...ticked(A) });
    const stop = text(A, at(2), "STOP");
    expect(afterAll([...known, off, stop, again]).optOuts).toBeNull();
    const start = text(A, at(4), "START");
    expect(afterAll([...known, off, stop, again, start]).optOuts?.liftedAt).toBe(at(4));
  });

  it("hold who turned out to have somebody else's number, until they may be texted on their own", () => {
    const wrong = text(A, at(1), "wrong number");
    const told = afterAll([...known, wrong]);
    expect(told.optOuts).toEqual({ stoppedAt: at(1), liftedAt: null, wrongNumber: A });
    const own = checkout("c2", at(2), { ...ada, phone: B, ...ticked(B) });
    const freed = afterAll([...known, wrong, own]);
    expect(freed.profile.phone?.e164).toBe(B);
    expect(freed.optOuts).toMatchObject({ liftedAt: at(2), wrongNumber: A });
  });

  it("do not keep order updates from the number that is theirs", () => {
    const other = order(1, at(2), { ...ada, phone: B });
    const heard = [account, text(A, at(1), "wrong number"), other];
    const { profile } = afterAll(heard);
    expect(profile).toMatchObject({ phone: { e164: B }, consent: { stopped: false } });
    const opted = (transactional_sms: boolean): boolean =>
      isToBeOptedOut(profile, A, policyOf({ settings: { transactional_sms } }).settings);
    expect([opted(false), opted(true)]).toEqual([true, false]);
  });
});
