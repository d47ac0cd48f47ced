import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, HOUR, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const teller = createTeller(() => ({}));
const { checkout, customer, consent, form, imported, merge, preference, report, text } = teller;

const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1), phone: A };
/** An account that has shown both numbers, A last. */
const account = [
  customer(1, at(-90), { email: "ada@example.com", phone: B }),
  customer(1, at(-80), { email: "ada@example.com", phone: A }),
];
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });
const confirmed = { opt_in_level: "confirmed_opt_in" };
const ASKS = { settings: { double_opt_in: true } };

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear([...account, ...messages], { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const consentAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).decision.profile.consent;
const statusAfter = (messages: Message[], world: Partial<World> = {}) =>
  consentAfter(messages, world).status;

describe("a stop", () => {
  it("wins over a START or a preference of the same moment", () => {
    const said = { customer: "1", channel: "sms" };
    for (const [stop, start] of [
      [consent(1, at(1), "unsubscribed", A), text(A, at(1), "START")],
      [consent(1, at(1), "unsubscribed", null), preference(at(1), { ...said, subscribed: true })],
    ] as const) {
      expect(statusAfter([tick, stop, start])).toBe("unsubscribed");
      expect(statusAfter([tick, start, stop])).toBe("unsubscribed");
    }
  });

  it("is dated, and tells who said it", () => {
    const preferred = preference(at(1), { customer: "1", channel: "sms", subscribed: false });
    const stops = [
      [text(A, at(1), "STOP"), "text"],
      [preferred, "customerio"],
      [consent(1, at(1), "unsubscribed", A), "shopify"],
    ] as const;
    for (const [stop, source] of stops) {
      const stopped = { status: "unsubscribed", at: at(1), givenAt: null, source, stopped: true };
      expect(consentAfter([tick, stop])).toMatchObject(stopped);
    }
  });

  it("tells who said it last, of several", () => {
    const told = [tick, text(A, at(1), "STOP"), consent(1, at(2), "unsubscribed", A)];
    expect(consentAfter(told)).toMatchObject({ at: at(2), source: "shopify" });
    const texted = [tick, consent(1, at(1), "unsubscribed", A), text(A, at(2), "STOP")];
    expect(consentAfter(texted)).toMatchObject({ at: at(2), source: "text" });
    const answered = [tick, consent(1, at(1), "unsubscribed", A), text(A, at(1), "YES")];
    expect(consentAfter(answered)).toMatchObject({ at: at(1), source: "shopify" });
  });

  it("of somebody else counts from its own time, and the later of theirs and ours is told", () => {
    expect(consentAfter([tick], { stops: { [A]: at(1) } })).toMatchObject({
      status: "unsubscribed",
      at: at(1),
      source: "shopify",
    });
    const mine = text(A, at(2), "STOP");
    expect(consentAfter([tick, mine], { stops: { [A]: at(1) } }).at).toBe(at(2));
    expect(consentAfter([tick, mine], { stops: { [A]: at(3) } }).at).toBe(at(3));
    expect(statusAfter([tick], { stops: { [B]: at(1) } })).toBe("subscribed");
  });

  it("that a later tick has lifted stops nothing, and dates nothing", () => {
    const told = [text(A, at(-1), "STOP"), text(A, at(-1, 1), "START"), tick];
    expect(consentAfter(told)).toMatchObject({ status: "subscribed", at: at(0), stopped: false });
    const unlifted = [consent(1, at(-1), "unsubscribed", A), tick];
    expect(consentAfter(unlifted)).toMatchObject({
      status: "subscribed",
      at: at(0),
      stopped: false,
    });
  });

  it("outlives a tick that lapsed unconfirmed", () => {
    const told = [consent(1, at(-1), "unsubscribed", A), tick];
    expect(consentAfter(told, ASKS)).toMatchObject({ status: "expired", stopped: true });
  });
});

describe("a START", () => {
  it("dates the yes of the very moment of the stop, which the stop had ended", () => {
    const told = [tick, text(A, at(0), "STOP"), text(A, at(2), "START")];
    expect(consentAfter(told)).toMatchObject({
      status: "subscribed",
      at: at(2),
      givenAt: at(0),
    });
  });

  it("restores no other number's consent, and the stop goes on for that one", () => {
    const other = checkout("c2", at(0), { ...ada, phone: B, ...ticked(B) });
    const told = [tick, other, text(B, at(1), "STOP"), text(B, at(2), "START")];
    expect(adaAfter(told).decision.numbersHad).toMatchObject([
      { e164: A, consentAt: null },
      { e164: B, consentAt: at(0) },
    ]);
  });

  it("counts by its last time: what came after an earlier one is stopped still", () => {
    const told = [tick, text(A, at(1), "STOP"), text(A, at(2), "START"), text(A, at(3), "STOP")];
    expect(statusAfter(told)).toBe("unsubscribed");
    expect(consentAfter([...told, text(A, at(4), "START")])).toMatchObject({
      status: "subscribed",
      at: at(4),
      givenAt: at(0),
    });
  });

  it("where nothing was agreed to dates nothing", () => {
    const told = [text(A, at(1), "STOP"), text(A, at(2), "START")];
    expect(consentAfter(told)).toMatchObject({ status: "not_subscribed", at: null });
  });

  it("without a stop before it dates nothing anew", () => {
    expect(consentAfter([tick, text(A, at(2), "START")]).at).toBe(at(0));
  });

  it("dates no yes that was given after the stop", () => {
    const told = [text(A, at(-2), "STOP"), text(A, at(5), "START"), tick];
    expect(consentAfter(told).at).toBe(at(0));
  });
});

describe("what was said before a stop", () => {
  it("confirms nothing that is ticked after it", () => {
    const before = consent(1, at(-5), "subscribed", A, confirmed);
    const stop = consent(1, at(-1), "unsubscribed", A);
    expect(statusAfter([before, tick], ASKS)).toBe("subscribed");
    expect(statusAfter([before, stop, tick], ASKS)).toBe("expired");
    const atOnce = consent(1, at(-1), "subscribed", A, confirmed);
    expect(statusAfter([atOnce, stop, tick], ASKS)).toBe("expired");
  });

  it("is not contradicted by itself; what a record says afterwards is, until a tick agrees", () => {
    const stop = consent(1, at(1), "unsubscribed", A);
    expect(consentAfter([tick, stop]).contradicted).toBe(false);
    const record = consent(1, at(2), "subscribed", A);
    expect(consentAfter([tick, stop, record]).contradicted).toBe(true);
    const again = checkout("c2", at(3), { ...ada, ...ticked(A) });
    expect(consentAfter([tick, stop, record, again]).contradicted).toBe(false);
    expect(consentAfter([tick, record]).contradicted).toBe(false);
  });
});

describe("a confirmation at Shopify", () => {
  it("by whoever had the number before it was reassigned confirms nothing", () => {
    const told = [
      consent(1, at(-20), "subscribed", A, confirmed),
      report(A, at(-10), "reassigned"),
      tick,
    ];
    expect(consentAfter(told, ASKS)).toMatchObject({ status: "expired", level: "single_opt_in" });
  });

  it("is one that says so: any other recorded level confirms nothing", () => {
    for (const opt_in_level of ["single_opt_in", "unknown", null]) {
      const echo = consent(1, at(0, 3), "subscribed", A, { opt_in_level });
      expect(consentAfter([tick, echo], ASKS)).toMatchObject({
        status: "expired",
        level: "single_opt_in",
      });
    }
    const echo = consent(1, at(0, 3), "subscribed", A, confirmed);
    expect(consentAfter([tick, echo], ASKS)).toMatchObject({
      status: "subscribed",
      level: "confirmed_opt_in",
    });
  });

  it("of one number confirms no other", () => {
    const other = consent(1, at(-85), "subscribed", B, confirmed);
    const told = adaAfter([other, tick], ASKS).decision;
    expect(told.profile.consent).toMatchObject({ status: "expired", level: "single_opt_in" });
    expect(told.acts.map(({ kind, number }) => [kind, number])).toEqual([
      ["record", B],
      ["grant", A],
    ]);
  });

  it("that Shopify took back confirms nothing any more", () => {
    const told = [consent(1, at(-5), "subscribed", A, confirmed), tick];
    const ended = consent(1, at(2), "not_subscribed", A);
    expect(statusAfter([...told, ended], ASKS)).toBe("expired");
  });

  it("that is asked for is awaited only by a tick that is no younger", () => {
    const asked = (minutes: number) => consent(1, at(0, minutes), "pending", A);
    expect(statusAfter([tick, asked(-1)])).toBe("subscribed");
    expect(statusAfter([tick, asked(0)])).toBe("expired");
    expect(statusAfter([tick, asked(1)])).toBe("expired");
    expect(statusAfter([tick, consent(1, at(-85, 1), "pending", B)])).toBe("subscribed");
  });

  it("is awaited no longer once it is answered, and again when asked anew", () => {
    const answer = consent(1, at(0, 5), "subscribed", A);
    const asked = (minutes: number) => consent(1, at(0, minutes), "pending", A);
    expect(statusAfter([tick, asked(1), answer])).toBe("subscribed");
    expect(statusAfter([tick, asked(5), answer])).toBe("subscribed");
    expect(statusAfter([tick, asked(1), answer, asked(9)])).toBe("expired");
  });

  it("for another number is no answer", () => {
    const asked = consent(1, at(0, 1), "pending", A);
    const elsewhere = consent(1, at(0, 5), "subscribed", B, confirmed);
    expect(statusAfter([tick, asked, elsewhere])).toBe("expired");
  });
});

describe("a consent that waits", () => {
  it("does so for 72 hours and not a moment longer", () => {
    const lapsesAt = at(0) + 72 * HOUR;
    expect(consentAfter([tick], { ...ASKS, asOf: lapsesAt - 1 })).toMatchObject({
      status: "pending",
      nextChangeAt: lapsesAt,
    });
    expect(consentAfter([tick], { ...ASKS, asOf: lapsesAt })).toMatchObject({
      status: "expired",
      nextChangeAt: null,
    });
  });

  it("at Shopify alone is told with its time, and for its number only", () => {
    const asked = consent(1, at(0), "pending", A);
    expect(consentAfter([asked])).toMatchObject({
      status: "pending",
      at: at(0),
      source: "shopify",
    });
    expect(statusAfter([consent(1, at(0), "pending", B)])).toBe("not_subscribed");
    const ended = consent(1, at(1), "not_subscribed", A);
    expect(statusAfter([asked, ended])).toBe("not_subscribed");
  });
});

describe("of several yeses for one number", () => {
  const settings = {
    disclosures: { "w-1": ["marketing", "cart_reminders"], "w-2": ["transactional"] },
  };
  const entry = (id: string, days: number, disclosure: string) =>
    form(id, at(days), { customer: "1", phone: A, ticked: true, disclosure });
  const list = imported("1", at(700), {
    ...{ customer: "1", phone: A, consent_source: "old shop", wording: "w-1" },
    consented_at: new Date(at(30)).toISOString(),
  });
  const gift = {
    ...{ email: "ada@example.com", customer: buyer(1) },
    billing_address: address("Ada Byron", null),
    shipping_address: address("Ben Byron", A),
  };

  it("the latest dates the consent and names its source", () => {
    const told = [tick, entry("f1", 3, "w-1")];
    expect(consentAfter(told)).toMatchObject({
      ...{ at: at(3), givenAt: at(3), source: "form:popup", disclosure: "w-1" },
    });
    const later = checkout("c2", at(9), { ...ada, ...ticked(A) });
    expect(consentAfter([...told, later])).toMatchObject({ at: at(9), source: "checkout" });
  });

  it("one without a doubt stands before a later one in doubt", () => {
    const world = { asOf: at(710), settings };
    const stands = { status: "subscribed", at: at(0), source: "checkout" };
    expect(consentAfter([tick, list], world)).toMatchObject(stands);
    expect(statusAfter([list], world)).toBe("expired");
    const giftTold = checkout("c2", at(5), { ...gift, ...ticked(A) });
    expect(consentAfter([tick, giftTold], world)).toMatchObject(stands);
    const atOnce = checkout("c0", at(0), { ...gift, ...ticked(A) });
    expect(consentAfter([tick, atOnce], world)).toMatchObject(stands);
  });

  it("the purposes add up, in one fixed order", () => {
    const told = [entry("f1", 3, "w-2"), entry("f2", 4, "w-1")];
    expect(consentAfter(told, { settings }).purposes).toEqual([
      ...["marketing", "cart_reminders", "transactional"],
    ]);
    expect(consentAfter([entry("f1", 3, "w-2")], { settings }).purposes).toEqual(["transactional"]);
  });

  it("those in doubt add no purpose to those that are not", () => {
    const world = { asOf: at(701), settings };
    expect(consentAfter([tick, list], world).purposes).toEqual(["marketing"]);
    expect(consentAfter([list], world).purposes).toEqual(["marketing", "cart_reminders"]);
  });
});

describe("Shopify's not_subscribed", () => {
  const record = consent(1, at(2), "subscribed", A);
  const ended = (id: number, days: number) => consent(id, at(days), "not_subscribed", A);

  it("ends what was recorded before, or at the same time, and nothing later", () => {
    expect(statusAfter([record, ended(1, 3)])).toBe("not_subscribed");
    expect(statusAfter([record, ended(1, 2)])).toBe("not_subscribed");
    expect(statusAfter([record, ended(1, 1)])).toBe("subscribed");
  });

  it("of one customer leaves the record of another, of whom they were merged", () => {
    const other = customer(2, at(-80), { email: "ada@old.example", phone: A });
    const told = [other, record, ended(2, 3), merge(1, 2, at(9))];
    expect(statusAfter(told)).toBe("subscribed");
    expect(statusAfter([...told, ended(1, 3)])).toBe("not_subscribed");
  });
});

describe("a reassigned number", () => {
  it("voids a yes of that very moment and of before, and none of later", () => {
    const reassigned = (days: number) => report(A, at(days), "reassigned");
    expect(consentAfter([tick, reassigned(0)])).toMatchObject({
      status: "not_subscribed",
      reassigned: true,
    });
    expect(consentAfter([tick, reassigned(-1)])).toMatchObject({
      status: "subscribed",
      reassigned: false,
    });
  });

  it("for which nobody ever agreed voids nothing", () => {
    expect(consentAfter([report(A, at(0), "reassigned")]).reassigned).toBe(false);
  });
});

describe("what Shopify redacts", () => {
  const redacted = (days: number) => consent(1, at(days), "redacted", null);

  it("takes every yes before it, and of that moment, with it, and none after", () => {
    expect(consentAfter([tick, redacted(0)])).toMatchObject({
      ...{ status: "redacted", source: "shopify", at: null, reassigned: false },
    });
    expect(statusAfter([tick, redacted(-1)])).toBe("subscribed");
  });

  it("is told unless a stop was said since, or in the same moment", () => {
    const stop = (days: number) => consent(1, at(days), "unsubscribed", A);
    expect(statusAfter([tick, redacted(1), stop(3)])).toBe("unsubscribed");
    expect(statusAfter([tick, redacted(1), stop(1)])).toBe("unsubscribed");
    expect(consentAfter([tick, stop(1), redacted(3)])).toMatchObject({
      status: "redacted",
      stopped: true,
    });
  });
});
