import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, HOUR, START, ticked } from "../testing/tell.ts";

const BEN = "+14155552675";
const { checkout, customer, consent, noted, preference, text } = createTeller(() => ({}));

const at = (days: number): number => START + days * DAY;
const account = customer(1, at(-30), { email: "ada@example.com" });
/** A tick for the number of whom the parcel goes to. */
const gift = {
  ...{ email: "ada@example.com", customer: buyer(1) },
  billing_address: address("Ada Byron", null),
  shipping_address: address("Ben Byron", BEN),
};
const tickForBen = (day: number) => checkout(`c${day}`, at(day), { ...gift, ...ticked(BEN) });
const untickForBen = (day: number, later: number) => checkout(`c${day}`, at(later), gift);
const stop = (day: number) => consent(1, at(day), "unsubscribed", null);
const redacted = (day: number) => consent(1, at(day), "redacted", null);
const preferred = (day: number, subscribed: boolean) =>
  preference(at(day), { customer: "1", channel: "sms", subscribed });

function consentAfter(messages: Message[], asOf = at(300)) {
  const told = hear([account, ...messages], { asOf }).get("customer:1");
  expect(told?.decision.profile.phone).toBeNull();
  return told?.decision.profile.consent;
}

const statusAfter = (messages: Message[]) => consentAfter(messages)?.status;

describe("who has no number", () => {
  it("is stopped still when a redaction comes after the no", () => {
    expect(consentAfter([stop(1), redacted(2)])).toMatchObject({
      status: "redacted",
      stopped: true,
    });
  });

  it("has said nothing until they do", () => {
    expect(consentAfter([])).toMatchObject({
      ...{ status: "not_subscribed", at: null, givenAt: null, source: null, level: null },
      ...{ disclosure: null, purposes: [], nextChangeAt: null },
      ...{ contradicted: false, stopped: false, reassigned: false },
    });
  });

  it("may have said no, which is told with its time and by whom it was told", () => {
    expect(consentAfter([stop(1)])).toMatchObject({
      ...{ status: "unsubscribed", at: at(1), source: "shopify", stopped: true },
    });
    expect(consentAfter([stop(1), preferred(2, false)])).toMatchObject({
      ...{ status: "unsubscribed", at: at(2), source: "customerio", stopped: true },
    });
  });

  it("lifts it by a preference that is later, and by none of the same moment", () => {
    expect(statusAfter([stop(1), preferred(2, true)])).toBe("not_subscribed");
    expect(statusAfter([stop(1), preferred(1, true)])).toBe("unsubscribed");
    expect(statusAfter([stop(2), preferred(1, true)])).toBe("unsubscribed");
  });

  it("lifts it by nothing else: no record of Shopify's, and no START from a number barred for them", () => {
    expect(statusAfter([stop(1), consent(1, at(2), "not_subscribed", null)])).toBe("unsubscribed");
    const barred = [
      customer(1, at(-20), { email: "ada@example.com", phone: BEN }),
      noted("n1", at(-10), { customer: "1", bars: BEN }),
    ];
    expect(statusAfter([...barred, stop(1), text(BEN, at(2), "START")])).toBe("unsubscribed");
  });

  it("is told as redacted unless they said no since, or in the same moment", () => {
    expect(consentAfter([redacted(1)])).toMatchObject({ status: "redacted", source: "shopify" });
    expect(statusAfter([redacted(2), stop(1)])).toBe("redacted");
    expect(statusAfter([redacted(1), stop(1)])).toBe("unsubscribed");
    expect(statusAfter([redacted(1), stop(2)])).toBe("unsubscribed");
  });
});

describe("a yes for another's number", () => {
  it("is not stopped by a no that was lifted before", () => {
    const told = [preferred(-3, false), preferred(-2, true), tickForBen(0)];
    expect(consentAfter(told)?.stopped).toBe(false);
  });

  it("waits for three days, and has then lapsed", () => {
    const told = [tickForBen(0)];
    expect(consentAfter(told, at(0) + 72 * HOUR - 1)).toMatchObject({
      ...{ status: "pending", at: at(0), givenAt: null, source: "checkout" },
      ...{ level: "single_opt_in", purposes: ["marketing"], stopped: false },
      nextChangeAt: at(3),
    });
    expect(consentAfter(told, at(3))).toMatchObject({ status: "expired", nextChangeAt: null });
  });

  it("is the last that stands", () => {
    expect(consentAfter([tickForBen(0), tickForBen(5)])?.at).toBe(at(5));
    expect(consentAfter([tickForBen(0), tickForBen(5), untickForBen(5, 6)])?.at).toBe(at(0));
    expect(statusAfter([tickForBen(0), untickForBen(0, 1)])).toBe("not_subscribed");
  });

  it("is none against a no, whichever came first", () => {
    expect(statusAfter([tickForBen(0), stop(1)])).toBe("unsubscribed");
    expect(statusAfter([stop(-1), tickForBen(0)])).toBe("unsubscribed");
  });

  it("is forgotten with everything before a redaction, and of its moment", () => {
    expect(statusAfter([tickForBen(0), redacted(1)])).toBe("redacted");
    expect(statusAfter([tickForBen(0), redacted(0)])).toBe("redacted");
    expect(statusAfter([tickForBen(0), redacted(-1)])).toBe("expired");
  });
});
