// What an explanation says beyond the plain case: proofs, doubts, stops, and what it leaves out.

import { describe, expect, it } from "vitest";

import type { Message, World } from "../testing/hear.ts";
import { hear } from "../testing/hear.ts";
import { address, buyer, createTeller, DAY, START, ticked } from "../testing/tell.ts";
import { explain } from "./explain.ts";
import type { ExplainOptions } from "./explain.ts";
import { ENGLISH } from "./texts.ts";

const A = "+14155552671";
const B = "+14155552672";
const { checkout, consent, form, noted, order, report, text } = createTeller(() => ({}));
const at = (days: number): number => START + days * DAY;
const day = (days: number): string => new Date(at(days)).toISOString().slice(0, 10);
const ada = {
  email: "ada@example.com",
  customer: buyer(1, { first_name: "Ada", last_name: "Byron" }),
};
const tick = checkout("c1", at(0), { ...ada, ...ticked(A) });
const { source, lost } = ENGLISH;

function explained(messages: Message[], world: Partial<World> = {}, options: ExplainOptions = {}) {
  const told = hear(messages, { asOf: at(300), ...world }).get("customer:1");
  if (!told) throw new Error("nobody is customer 1");
  return explain(told.decision, told.eligibility, options);
}

describe("the number", () => {
  it("is told with how and when it was proved", () => {
    const chosen = ENGLISH.chosen(A, source.checkout_consent, day(0));
    expect(explained([tick]).number).toBe(chosen);
    expect(explained([tick, text(A, at(2), "START")]).number).toBe(
      `${chosen} ${ENGLISH.verified.inbound_sms(day(2))}`,
    );
    const checked = noted("n1", at(3), { customer: "1", verifies: A });
    expect(explained([tick, checked]).number).toBe(`${chosen} ${ENGLISH.verified.support(day(3))}`);
  });

  it("is told as none chosen where some were heard, and as none heard where none was", () => {
    expect(explained([order(10, at(0), { ...ada, phone: "12" })]).number).toBe(ENGLISH.noneChosen);
    expect(explained([order(10, at(0), ada)]).number).toBe(ENGLISH.noneHeard);
  });
});

describe("the numbers that did not win", () => {
  it("are all told where none won", () => {
    const barred = noted("n1", at(1), { customer: "1", bars: A });
    expect(explained([order(10, at(0), { ...ada, phone: A }), barred]).others).toEqual([
      ENGLISH.loser(A, source.order, day(0), lost.barred(null)),
    ]);
  });

  it("are not the one that won, where another document has it or had it", () => {
    const told = [
      ...[A, B].map((phone, days) => checkout("c2", at(days), { ...ada, phone })),
      order(10, at(9), { ...ada, phone: A }),
    ];
    expect(explained(told).others).toEqual([
      ENGLISH.loser(B, source.checkout, day(1), lost.older(A)),
    ]);
  });

  it("are somebody else's first, also where they are in doubt", () => {
    const shipping_address = { ...address("Ben Byron", "14155552671"), country_code: "GB" };
    const told = order(10, at(0), { ...ada, shipping_address });
    const british = { asOf: at(9), settings: { default_country: "GB" } };
    const heard = hear([told], british).get("customer:1")?.decision.heard;
    expect(heard?.map(({ reading }) => reading.status)).toEqual(["review"]);
    expect(explained([told], british).others).toEqual([
      ENGLISH.loser(A, source.delivery_contact, day(0), lost.not_own(null)),
    ]);
  });

  it("are told with what is wrong with their text", () => {
    expect(explained([order(10, at(0), { ...ada, phone: "12" })]).others).toEqual([
      ENGLISH.unreadable("12", source.order, day(0), ENGLISH.reading.too_short),
    ]);
  });

  it("may still win, as the candidate", () => {
    const told = [tick, order(10, at(5), { ...ada, phone: B })];
    expect(explained(told, {}, { mask: (number) => number.slice(-2) }).others).toEqual([
      ENGLISH.loser("72", source.order, day(5), lost.lower_group("71")),
      ENGLISH.candidate("72"),
    ]);
  });
});

describe("the consent", () => {
  it("is told with its day and the door it came by", () => {
    const entry = form("f1", at(1), { customer: "1", phone: A, ticked: true });
    expect(explained([entry]).consent).toEqual([
      ENGLISH.consent.subscribed(day(1), ENGLISH.consentBy.form),
    ]);
  });

  it("has no day and no door where there is none", () => {
    const spelled = {
      ...ENGLISH.consent,
      not_subscribed: (said: string | null, by: string | null) => `none: ${said} ${by}`,
    };
    const texts = { ...ENGLISH, consent: spelled };
    expect(explained([order(10, at(0), ada)], {}, { texts }).consent).toEqual(["none: null null"]);
  });

  it("is told with a record that contradicts a stop", () => {
    const told = [tick, text(A, at(1), "STOP"), consent(1, at(5), "subscribed", A)];
    const { consent: sentences, eligibility } = explained(told);
    expect(sentences).toEqual([
      ENGLISH.consent.unsubscribed(day(1), ENGLISH.consentBy.text),
      ENGLISH.contradicted,
    ]);
    expect(eligibility.marketing).toEqual([
      ENGLISH.ineligible.marketing(ENGLISH.reason.opted_out),
      ENGLISH.ineligible.marketing(ENGLISH.reason.carrier_opted_out),
    ]);
  });

  it("is told as another's where somebody else got the number since", () => {
    expect(explained([tick, report(A, at(30), "reassigned")]).consent).toEqual([
      ENGLISH.consent.not_subscribed(null, null),
      ENGLISH.reassignedConsent,
    ]);
  });
});
