import { describe, expect, it } from "vitest";

import type { Message } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, createTeller, DAY, HOUR, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const { checkout, form, imported, order, preference, text } = createTeller(() => ({}));

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", phone: A };
const known = order(1, at(-9), ada);
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });
const yes = (minutes: number) => text(A, at(0, minutes), "YES");
const LAPSES = 72 * 60;

function consentAfter(messages: Message[], settings: Record<string, unknown> = {}) {
  const asked = { double_opt_in: true, ...settings };
  const told = hear([known, ...messages], { asOf: at(300), settings: asked });
  return told.get("email:ada@example.com")?.decision.profile.consent;
}

const statusAfter = (...messages: Message[]) => consentAfter(messages)?.status;

describe("an answer to a confirmation", () => {
  it("counts from the moment it is asked, and not before", () => {
    expect(statusAfter(tick, yes(0))).toBe("subscribed");
    expect(statusAfter(tick, yes(-1))).toBe("expired");
  });

  it("counts for 72 hours, and no moment longer", () => {
    expect(statusAfter(tick, text(A, at(0) + 72 * HOUR - 1, "YES"))).toBe("subscribed");
    expect(statusAfter(tick, yes(LAPSES))).toBe("expired");
  });

  it("dates the consent, whose yes was given with the tick", () => {
    expect(consentAfter([tick, yes(30)])).toMatchObject({
      ...{ status: "subscribed", at: at(0, 30), givenAt: at(0) },
      ...{ level: "confirmed_opt_in", nextChangeAt: null },
    });
    expect(consentAfter([tick, yes(30), yes(50)])?.at).toBe(at(0, 30));
  });

  it("too late for one tick may be in time for the next", () => {
    const next = checkout("c2", at(2), { ...ada, ...ticked(A) });
    expect(statusAfter(tick, next, yes(LAPSES + 60))).toBe("subscribed");
  });

  it("is YES: a START or another text is none", () => {
    expect(statusAfter(tick, text(A, at(1), "START"))).toBe("expired");
    expect(statusAfter(tick, text(A, at(1), "hello"))).toBe("expired");
  });

  it("to a list's old yes counts from when the list was told", () => {
    const row = { ...ada, consent_source: "old shop", wording: "w-1" };
    const list = imported("1", at(0), { ...row, consented_at: new Date(at(-600)).toISOString() });
    expect(statusAfter(list, yes(0))).toBe("subscribed");
    expect(statusAfter(list, yes(-1))).toBe("expired");
    expect(statusAfter(list, yes(LAPSES))).toBe("expired");
  });
});

describe("a stop while a confirmation is open", () => {
  const stopped = (minutes: number) => [
    text(A, at(0, minutes), "STOP"),
    text(A, at(0, minutes + 1), "START"),
  ];

  it("closes it: what is answered later confirms nothing, also when the stop was lifted", () => {
    expect(statusAfter(tick, ...stopped(10), yes(30))).toBe("expired");
    const said = { email: "ada@example.com", channel: "sms" };
    const off = preference(at(0, 10), { ...said, subscribed: false });
    const on = preference(at(0, 20), { ...said, subscribed: true });
    expect(statusAfter(tick, off, on, yes(30))).toBe("expired");
  });

  it("of the very moment of the answer closes it too", () => {
    expect(statusAfter(tick, ...stopped(30), yes(30))).toBe("expired");
  });

  it("undoes no answer that came before it, once it is lifted", () => {
    expect(statusAfter(tick, yes(5), ...stopped(10))).toBe("subscribed");
  });

  it("is none that was said and lifted before it was asked", () => {
    expect(statusAfter(...stopped(-10), tick, yes(30))).toBe("subscribed");
  });
});

describe("who must confirm", () => {
  const settled = { double_opt_in: false };
  const GERMAN = "+4915123456789";
  const german = checkout("c2", at(0), { ...ada, phone: GERMAN, ...ticked(GERMAN) });

  it("is whoever the shop asks, or the number's country", () => {
    expect(consentAfter([tick], settled)?.status).toBe("subscribed");
    expect(consentAfter([tick], { ...settled, confirm_in: ["US"] })?.status).toBe("expired");
    expect(consentAfter([german], settled)?.status).toBe("expired");
    expect(consentAfter([german], { ...settled, confirm_in: [] })?.status).toBe("subscribed");
    expect(consentAfter([tick])?.status).toBe("expired");
  });

  it("is nobody by a country, where the number has none", () => {
    const nowhere = "+80012345678";
    const consents = hear(
      [form("f1", at(0), { email: "ben@example.com", phone: nowhere, ticked: true })],
      { asOf: at(9), settings: { confirm_in: ["US", "DE"] } },
    ).get("email:ben@example.com")?.decision.profile;
    expect(consents).toMatchObject({ phone: { e164: nowhere }, consent: { status: "subscribed" } });
  });

  it("for a number that is the recipient's can't: whoever answers there is somebody else", () => {
    const gift = checkout("c2", at(0), {
      ...{ email: "ada@example.com", ...ticked(A) },
      billing_address: address("Ada Byron", null),
      shipping_address: address("Ben Byron", A),
    });
    expect(consentAfter([gift, yes(5)], settled)).toMatchObject({
      ...{ status: "expired", level: "single_opt_in" },
    });
  });
});
