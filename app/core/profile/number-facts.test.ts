import { describe, expect, it } from "vitest";

import type { Message, Told, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { buyer, createTeller, DAY, iso, MINUTE, START, ticked } from "../testing/tell.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, consent, customer, noted, order, report, text } = createTeller(() => ({}));
const at = (days: number, minutes = 0): number => START + days * DAY + minutes * MINUTE;
const ada = { email: "ada@example.com", customer: buyer(1) };
const tick = checkout("c1", at(0), { ...ada, phone: A, ...ticked(A) });

function adaAfter(messages: Message[], world: Partial<World> = {}): Told {
  const told = hear(messages, { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return told;
}

const reasonsAfter = (messages: Message[], world: Partial<World> = {}) =>
  adaAfter(messages, world).eligibility.marketing;

describe("a landline", () => {
  const landline = report(A, at(5), "landline", "30006");

  it("takes no texts, and stays the number where no other is known", () => {
    const told = adaAfter([tick, landline]);
    expect(told.attributes).toMatchObject({ phone: A, phone_type: "fixed_line" });
    expect(told.eligibility.marketing).toEqual(["not_sms_capable"]);
  });

  it("is none any more when the shopper gives the number again, or writes from it", () => {
    expect(reasonsAfter([tick, landline, order(9, at(9), { ...ada, phone: A })])).toEqual([]);
    expect(reasonsAfter([tick, landline, text(A, at(9), "hello")])).toEqual([]);
    expect(reasonsAfter([tick, report(A, at(-5), "landline")])).toEqual([]);
  });
});

describe("a dead number", () => {
  it("is undeliverable at once when it is out of service", () => {
    expect(reasonsAfter([tick, report(A, at(5), "dead", "30005")])).toEqual(["undeliverable"]);
  });

  it("is one that was not reached on three days within thirty, and not on two, nor in fifty", () => {
    const unreached = (days: number[]) => days.map((day) => report(A, at(day), "unreached"));
    expect(reasonsAfter([tick, ...unreached([5, 12, 33])])).toEqual(["undeliverable"]);
    expect(reasonsAfter([tick, ...unreached([5, 5.2, 12])])).toEqual([]);
    expect(reasonsAfter([tick, ...unreached([5, 30, 55])])).toEqual([]);
  });
});

describe("a reassigned number", () => {
  const reassigned = report(A, at(30), "reassigned");

  it("voids what was agreed to before, for order updates too", () => {
    const told = adaAfter([tick, reassigned], { settings: { transactional_sms: true } });
    expect(told.eligibility.marketing).toEqual(["number_reassigned", "no_consent"]);
    expect(told.eligibility.transactional).toEqual(["number_reassigned"]);
  });

  it("given again is theirs again, and needs a new yes", () => {
    const again = order(9, at(40), { ...ada, phone: A });
    const told = adaAfter([tick, reassigned, again], { settings: { transactional_sms: true } });
    expect(told.eligibility.transactional).toEqual([]);
    expect(told.attributes["sms_consent"]).toBe(false);
    const ticks = checkout("c2", at(50), { ...ada, phone: A, ...ticked(A) });
    expect(reasonsAfter([tick, reassigned, ticks])).toEqual([]);
  });
});

describe("a number is proved", () => {
  it("by an affirmative text while nobody else has it, and then wins over what is typed later", () => {
    const told = adaAfter([tick, text(A, at(1), "START"), order(9, at(20), { ...ada, phone: B })]);
    expect(told.attributes).toMatchObject({
      phone: A,
      phone_verified: true,
      phone_verified_by: "inbound_sms",
      phone_candidate: B,
    });
  });

  it("not by a text from a number that somebody else had by then", () => {
    const other = customer(2, at(-9), {
      email: "ben@example.com",
      phone: A,
      created_at: iso(at(-9)),
    });
    expect(adaAfter([tick, other, text(A, at(1), "START")]).attributes["phone_verified"]).toBe(
      false,
    );
    const later = customer(2, at(9), {
      email: "ben@example.com",
      phone: A,
      created_at: iso(at(9)),
    });
    expect(adaAfter([tick, later, text(A, at(1), "START")]).attributes["phone_verified"]).toBe(
      true,
    );
  });

  it("not by STOP, HELP, or what cannot be understood", () => {
    for (const words of ["STOP", "HELP", "when does it come?"]) {
      expect(adaAfter([tick, text(A, at(1), words)]).attributes["phone_verified"]).toBe(false);
    }
  });

  it("by a note of support, of a number the shopper gave and of no other", () => {
    const verified = (raw: string) => noted("n1", at(2), { customer: "1", verifies: raw });
    expect(adaAfter([tick, verified("(415) 555-2671")]).attributes).toMatchObject({
      phone: A,
      phone_verified_by: "support",
    });
    expect(adaAfter([tick, verified(B)]).attributes["phone_verified"]).toBe(false);
  });

  it("only until somebody else gets it", () => {
    const told = [tick, text(A, at(1), "START"), report(A, at(30), "reassigned")];
    expect(adaAfter(told).attributes["phone_verified"]).toBe(false);
  });
});

describe("a number in review", () => {
  const doubtful = "442071838750";
  const typed = checkout("c1", at(0), {
    ...ada,
    ...ticked(doubtful),
    billing_address: { country_code: "US" },
  });

  it("grants nothing, and once a person reads it the grant counts from its own time", () => {
    expect(reasonsAfter([typed])).toContain("invalid_phone");
    const resolves = { raw: doubtful, e164: "+447911123456" };
    const told = adaAfter([typed, noted("n1", at(7), { customer: "1", resolves })]);
    expect(told.decision.profile.consent).toMatchObject({ status: "subscribed", at: at(0) });
    expect(told.attributes["phone"]).toBe("+447911123456");
  });

  it("is read for that shopper alone", () => {
    const other = checkout("c2", at(0), { customer: buyer(2), phone: doubtful });
    const resolves = { raw: doubtful, e164: "+447911123456" };
    const people = hear([typed, other, noted("n1", at(7), { customer: "1", resolves })], {
      asOf: at(9),
    });
    expect(people.get("customer:2")?.attributes).not.toHaveProperty("phone");
  });
});

it("what support enters is the shopper's number as if typed", () => {
  const told = adaAfter([
    order(9, at(0), { ...ada, phone: A }),
    noted("n1", at(5), { customer: "1", phone: B }),
  ]);
  expect(told.attributes).toMatchObject({ phone: B, phone_source: "support" });
});

it("a wrong number is barred for who had it then, and for nobody who comes later", () => {
  const wrong = text(A, at(1), "wrong number");
  const told = [tick, wrong, consent(1, at(2), "subscribed", A)];
  expect(adaAfter(told).attributes).not.toHaveProperty("phone");
  const later = checkout("c9", at(9), { customer: buyer(1), phone: A, ...ticked(A) });
  expect(adaAfter([wrong, later]).attributes).toMatchObject({ phone: A, sms_eligible: true });
});
